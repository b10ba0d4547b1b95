//! Edits of a running venue: what follows from changed lists, and what is refused.

use std::collections::{HashMap, HashSet};

use spektrix_v2::{Event, EventId, Instance, InstanceId};

use super::edit_error::EditError;
use super::lists::{VenueData, follow_references};
use super::repair::add_missing_statuses;
use crate::venue::Venue;

impl VenueData {
    /// Returns an event.
    pub fn event_mut(&mut self, id: impl Into<EventId>) -> Option<&mut Event> {
        let id = id.into();
        self.events.iter_mut().find(|event| event.id == id)
    }

    /// Returns an instance.
    pub fn instance_mut(&mut self, id: impl Into<InstanceId>) -> Option<&mut Instance> {
        let id = id.into();
        self.instances.iter_mut().find(|instance| instance.id == id)
    }

    /// Returns a venue with these lists. Everything else is as it was before.
    ///
    /// References to objects that were removed are removed, and so are objects that cannot exist without them, such as
    /// the instances of a removed event. All other references must be to objects that exist, and so must those of new
    /// objects.
    pub(crate) fn apply_to(self, before: &Venue) -> Result<Venue, EditError> {
        let mut venue = before.clone();
        let has_new_statuses = self.instance_status != before.statuses;
        self.move_into(&mut venue);
        if !has_new_statuses {
            remove_statuses_of_moved_instances(before, &mut venue);
        }
        follow_references(before, &mut venue, |_| true).map_err(EditError::not_edited)?;
        add_missing_statuses(&mut venue);
        archive_removed(before, &mut venue);
        Ok(venue)
    }
}

/// Returns venues with the lists before and after an edit of recorded lists. Only some lists were recorded, and others are
/// empty.
pub(crate) fn edited_recording(
    before: VenueData,
    now: VenueData,
    is_recorded: impl Fn(&str) -> bool,
) -> Result<(Venue, Venue), EditError> {
    let (mut venue_before, mut venue) = (Venue::empty(), Venue::empty());
    before.move_into(&mut venue_before);
    now.move_into(&mut venue);
    follow_references(&venue_before, &mut venue, is_recorded).map_err(EditError::not_edited)?;
    Ok((venue_before, venue))
}

/// Removes the statuses of instances that now have another plan, so that statuses of the new plan are added.
fn remove_statuses_of_moved_instances(before: &Venue, venue: &mut Venue) {
    let plans: HashMap<_, _> = before
        .instances
        .iter()
        .map(|instance| (instance.id, instance.plan))
        .collect();
    let moved = venue
        .instances
        .iter()
        .filter(|instance| plans.get(&instance.id).is_some_and(|plan| *plan != instance.plan));
    let moved: HashSet<_> = moved.map(|instance| instance.id).collect();
    venue.statuses.retain(|status| !moved.contains(&status.instance));
}

/// Keeps removed events and instances for the related data of orders, which includes what no list contains.
fn archive_removed(before: &Venue, venue: &mut Venue) {
    let events: HashSet<_> = venue.events.iter().map(|event| event.id).collect();
    let instances: HashSet<_> = venue.instances.iter().map(|instance| instance.id).collect();
    let archive = &mut venue.archive;
    archive.events.extend(before.events.iter().cloned());
    archive.events.retain(|event| !events.contains(&event.id));
    archive.instances.extend(before.instances.iter().cloned());
    archive.instances.retain(|instance| !instances.contains(&instance.id));
}
