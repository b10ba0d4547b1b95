//! The data of a catalogue: sorted lists, an index of instances, and the range that it was loaded for.

use std::ops::RangeBounds;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize, Serializer};

use super::order::{compare_start, positions_by_event, positions_by_start, sorted_by_id};
use crate::generated::types::{Band, Event, Instance, InstancePlanStatus, Plan, PriceList, TicketType};
use crate::operation::QueryDate;
use crate::venue_time::LONDON;

/// The events of a venue and everything that they refer to.
///
/// A catalogue is a snapshot: it sends requests only in [`load`](Self::load), [`load_starting`](Self::load_starting) and
/// [`refresh`](Self::refresh). To keep one over a restart, serialize it with serde, which writes its [`Lists`]. The range
/// that it was loaded for and the time zone are not written.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(from = "Lists")]
pub struct Catalogue {
    pub(super) range: StartRange,
    pub(super) time_zone: TimeZone,
    /// Sorted by identifier, with one object per identifier.
    pub(super) lists: Lists,
    /// Positions in the list of instances, sorted by event and start time.
    pub(super) by_event: Vec<usize>,
    /// Positions in the list of instances, sorted by start time.
    pub(super) by_start: Vec<usize>,
}

/// The lists of a catalogue, as the service sends them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
// JSON of an older version may lack a list.
#[serde(default)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Lists {
    pub events: Vec<Event>,
    pub instances: Vec<Instance>,
    pub statuses: Vec<InstancePlanStatus>,
    pub plans: Vec<Plan>,
    pub price_lists: Vec<PriceList>,
    pub bands: Vec<Band>,
    pub ticket_types: Vec<TicketType>,
}

/// The start dates of the instances that a catalogue covers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct StartRange {
    pub(super) from: Option<QueryDate>,
    pub(super) to: Option<QueryDate>,
}

impl StartRange {
    pub(super) fn new<D: Into<QueryDate> + Clone>(range: &impl RangeBounds<D>) -> Self {
        let (from, to) = QueryDate::ends_of(range);
        Self { from, to }
    }

    /// Whether an instance starts within the range, which does not contain its end.
    pub(super) fn contains(self, instance: &Instance) -> bool {
        let begins = self.from.is_none_or(|from| compare_start(instance, from).is_ge());
        begins && self.to.is_none_or(|to| compare_start(instance, to).is_lt())
    }
}

/// A catalogue without objects.
impl Default for Catalogue {
    fn default() -> Self {
        Lists::default().into()
    }
}

/// Sorts the lists. Of several objects with one identifier, the last one is kept. The time zone is
/// [`LONDON`](crate::LONDON).
impl From<Lists> for Catalogue {
    fn from(lists: Lists) -> Self {
        let lists = Lists {
            events: sorted_by_id(lists.events),
            instances: sorted_by_id(lists.instances),
            statuses: sorted_by_id(lists.statuses),
            plans: sorted_by_id(lists.plans),
            price_lists: sorted_by_id(lists.price_lists),
            bands: sorted_by_id(lists.bands),
            ticket_types: sorted_by_id(lists.ticket_types),
        };
        Self {
            range: StartRange::default(),
            time_zone: LONDON.clone(),
            by_event: positions_by_event(&lists.instances),
            by_start: positions_by_start(&lists.instances),
            lists,
        }
    }
}

/// Returns the lists, sorted by identifier.
impl From<Catalogue> for Lists {
    fn from(catalogue: Catalogue) -> Self {
        catalogue.lists
    }
}

impl Serialize for Catalogue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.lists.serialize(serializer)
    }
}
