//! The data of a catalogue: sorted lists, an index of instances, and the range that it was loaded for.

use std::ops::RangeBounds;

use serde::{Deserialize, Serialize, Serializer};

use super::order::{positions_by_start, sorted_by_id};
use crate::generated::types::{Band, Event, Instance, InstancePlanStatus, Plan, PriceList, TicketType};
use crate::operation::QueryDate;

/// The events of a venue and everything that they refer to.
///
/// A catalogue is a snapshot: it sends requests only in [`load`](Self::load), [`load_starting`](Self::load_starting) and
/// [`refresh`](Self::refresh). To keep one over a restart, serialize it with serde, which writes its [`Lists`]. The range
/// that it was loaded for is not written.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(from = "Lists")]
pub struct Catalogue {
    pub(super) range: StartRange,
    /// Sorted by identifier, with one object per identifier.
    pub(super) lists: Lists,
    /// Positions in the list of instances, sorted by event and start time.
    pub(super) by_start: Vec<usize>,
}

/// The lists of a catalogue, as the service sends them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
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
}

/// Sorts the lists. Of several objects with one identifier, the last one is kept.
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
