//! The differences between two catalogues.

use super::Lists;
use super::order::{Listed, find};
use crate::generated::ids::{BandId, EventId, InstanceId, PlanId, PriceListId, TicketTypeId};

/// The differences between two catalogues, by kind of object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names say it")]
pub struct Changes {
    pub events: Changed<EventId>,
    pub instances: Changed<InstanceId>,
    /// The availability of a plan at an instance.
    pub statuses: Changed<(InstanceId, PlanId)>,
    pub plans: Changed<PlanId>,
    pub price_lists: Changed<PriceListId>,
    pub bands: Changed<BandId>,
    pub ticket_types: Changed<TicketTypeId>,
}

/// The objects of one kind that differ, sorted by identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changed<K> {
    /// Objects that only the later catalogue has.
    pub added: Vec<K>,
    /// Objects that differ in any field.
    pub changed: Vec<K>,
    /// Objects that only the earlier catalogue has.
    pub removed: Vec<K>,
}

impl Changes {
    /// Returns whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Compares sorted lists.
    pub(super) fn between(earlier: &Lists, later: &Lists) -> Self {
        Self {
            events: Changed::between(&earlier.events, &later.events),
            instances: Changed::between(&earlier.instances, &later.instances),
            statuses: Changed::between(&earlier.statuses, &later.statuses),
            plans: Changed::between(&earlier.plans, &later.plans),
            price_lists: Changed::between(&earlier.price_lists, &later.price_lists),
            bands: Changed::between(&earlier.bands, &later.bands),
            ticket_types: Changed::between(&earlier.ticket_types, &later.ticket_types),
        }
    }
}

impl<K> Changed<K> {
    /// Returns whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

impl<K: Ord + Copy> Changed<K> {
    fn between<T: Listed<Id = K> + PartialEq>(earlier: &[T], later: &[T]) -> Self {
        let mut changes = Self::default();
        for item in later {
            match find(earlier, item.id()) {
                None => changes.added.push(item.id()),
                Some(before) if before != item => changes.changed.push(item.id()),
                Some(_) => {}
            }
        }
        for item in earlier {
            if find(later, item.id()).is_none() {
                changes.removed.push(item.id());
            }
        }
        changes
    }
}

// Derived, it would require `K: Default`.
impl<K> Default for Changed<K> {
    fn default() -> Self {
        Self {
            added: Vec::new(),
            changed: Vec::new(),
            removed: Vec::new(),
        }
    }
}
