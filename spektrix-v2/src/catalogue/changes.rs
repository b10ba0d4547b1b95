//! What has changed from one catalogue to the next.

use super::Catalogue;
use super::order::{Listed, find};
use crate::generated::ids::{BandId, EventId, InstanceId, PlanId, PriceListId, TicketTypeId};

/// What has changed, by kind of object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names say it")]
pub struct Changes {
    pub events: Changed<EventId>,
    pub instances: Changed<InstanceId>,
    /// How many seats of a plan are left at an instance.
    pub statuses: Changed<(InstanceId, PlanId)>,
    pub plans: Changed<PlanId>,
    pub price_lists: Changed<PriceListId>,
    pub bands: Changed<BandId>,
    pub ticket_types: Changed<TicketTypeId>,
}

/// What has changed among the objects of one kind, in the order of their identifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changed<K> {
    /// Those that were not there before.
    pub added: Vec<K>,
    /// Those that differ in anything.
    pub changed: Vec<K>,
    /// Those that are no longer there.
    pub removed: Vec<K>,
}

impl Changes {
    /// Whether everything is as it was.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn between(before: &Catalogue, now: &Catalogue) -> Self {
        Self {
            events: Changed::between(&before.lists.events, &now.lists.events),
            instances: Changed::between(&before.lists.instances, &now.lists.instances),
            statuses: Changed::between(&before.lists.statuses, &now.lists.statuses),
            plans: Changed::between(&before.lists.plans, &now.lists.plans),
            price_lists: Changed::between(&before.lists.price_lists, &now.lists.price_lists),
            bands: Changed::between(&before.lists.bands, &now.lists.bands),
            ticket_types: Changed::between(&before.lists.ticket_types, &now.lists.ticket_types),
        }
    }
}

impl<K: Ord + Copy> Changed<K> {
    fn between<T: Listed<Id = K> + PartialEq>(before: &[T], now: &[T]) -> Self {
        let mut changes = Self::default();
        for item in now {
            match find(before, item.id()) {
                None => changes.added.push(item.id()),
                Some(earlier) if earlier != item => changes.changed.push(item.id()),
                Some(_) => {}
            }
        }
        for item in before {
            if find(now, item.id()).is_none() {
                changes.removed.push(item.id());
            }
        }
        changes
    }
}

impl<K> Changed<K> {
    /// Whether everything is as it was.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

impl<K> Default for Changed<K> {
    fn default() -> Self {
        Self {
            added: Vec::new(),
            changed: Vec::new(),
            removed: Vec::new(),
        }
    }
}
