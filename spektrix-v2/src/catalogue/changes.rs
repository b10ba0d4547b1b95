//! The differences between two catalogues.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::order::{Listed, find};
use super::{Catalogue, Lists};
use crate::generated::types::{Band, Event, Instance, InstancePlanStatus, Plan, PriceList, TicketType};

/// The differences between two catalogues, by kind of object.
///
/// With serde it can be written to a queue or an audit log. Its `Display` is one line of counts, for logs:
/// `events: 1 added; statuses: 12 changed, 3 removed`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names say it")]
pub struct Changes {
    pub events: Changed<Event>,
    pub instances: Changed<Instance>,
    /// The availability of a plan at an instance.
    pub statuses: Changed<InstancePlanStatus>,
    pub plans: Changed<Plan>,
    pub price_lists: Changed<PriceList>,
    pub bands: Changed<Band>,
    pub ticket_types: Changed<TicketType>,
}

/// The objects of one kind that differ, sorted by identifier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Changed<T> {
    /// Objects that only the later catalogue has.
    pub added: Vec<T>,
    /// Objects that differ in any field.
    pub changed: Vec<Change<T>>,
    /// Objects that only the earlier catalogue has.
    ///
    /// An object that is gone is not necessarily deleted: the service lists what can be booked online *(documented)*, so an
    /// event may come back.
    pub removed: Vec<T>,
}

/// An object that has changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Change<T> {
    /// The object in the earlier catalogue.
    pub before: T,
    /// The object in the later catalogue.
    pub after: T,
}

impl Changes {
    /// Returns whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.counts().iter().all(|(_, counts)| *counts == [0; 3])
    }

    /// Compares sorted lists.
    pub(super) fn between(earlier: &Lists, later: &Lists) -> Self {
        Self {
            events: compare(&earlier.events, &later.events),
            instances: compare(&earlier.instances, &later.instances),
            statuses: compare(&earlier.statuses, &later.statuses),
            plans: compare(&earlier.plans, &later.plans),
            price_lists: compare(&earlier.price_lists, &later.price_lists),
            bands: compare(&earlier.bands, &later.bands),
            ticket_types: compare(&earlier.ticket_types, &later.ticket_types),
        }
    }

    /// How many objects of each kind were added, changed and removed.
    fn counts(&self) -> [(&'static str, [usize; 3]); 7] {
        [
            ("events", self.events.counts()),
            ("instances", self.instances.counts()),
            ("statuses", self.statuses.counts()),
            ("plans", self.plans.counts()),
            ("price lists", self.price_lists.counts()),
            ("bands", self.bands.counts()),
            ("ticket types", self.ticket_types.counts()),
        ]
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.counts().into_iter().filter(|(_, counts)| *counts != [0; 3]);
        let kinds = counts.map(|(kind, counts)| {
            let words = ["added", "changed", "removed"].into_iter().zip(counts);
            let words = words
                .filter(|(_, count)| *count > 0)
                .map(|(word, count)| format!("{count} {word}"));
            format!("{kind}: {}", words.collect::<Vec<_>>().join(", "))
        });
        let kinds: Vec<String> = kinds.collect();
        f.write_str(if kinds.is_empty() { "no changes" } else { "" })?;
        f.write_str(&kinds.join("; "))
    }
}

impl<T> Changed<T> {
    /// Returns whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.counts() == [0; 3]
    }

    /// Returns the objects to insert or update elsewhere: those that were added, and those that changed, as they are now.
    pub fn current(&self) -> impl Iterator<Item = &T> {
        let changed = self.changed.iter().map(|change| &change.after);
        self.added.iter().chain(changed)
    }

    fn counts(&self) -> [usize; 3] {
        [self.added.len(), self.changed.len(), self.removed.len()]
    }
}

impl Catalogue {
    /// Compares this catalogue with an earlier one: returns what was added, changed and removed.
    pub fn changes_since(&self, earlier: &Self) -> Changes {
        Changes::between(&earlier.lists, &self.lists)
    }
}

// Derived, it would require `T: Default`.
impl<T> Default for Changed<T> {
    fn default() -> Self {
        Self {
            added: Vec::new(),
            changed: Vec::new(),
            removed: Vec::new(),
        }
    }
}

/// Compares two sorted lists.
fn compare<T: Listed + PartialEq + Clone>(earlier: &[T], later: &[T]) -> Changed<T> {
    let mut changes = Changed::default();
    for after in later {
        match find(earlier, after.id()) {
            None => changes.added.push(after.clone()),
            Some(before) if before != after => changes.changed.push(Change {
                before: before.clone(),
                after: after.clone(),
            }),
            Some(_) => {}
        }
    }
    let removed = earlier.iter().filter(|item| find(later, item.id()).is_none());
    changes.removed.extend(removed.cloned());
    changes
}
