//! What has changed from one catalogue to the next.

use std::collections::BTreeMap;

use super::Catalogue;
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
            events: Changed::between(&before.events, &now.events),
            instances: Changed::between(&before.instances, &now.instances),
            statuses: Changed::between(&before.statuses, &now.statuses),
            plans: Changed::between(&before.plans, &now.plans),
            price_lists: Changed::between(&before.price_lists, &now.price_lists),
            bands: Changed::between(&before.bands, &now.bands),
            ticket_types: Changed::between(&before.ticket_types, &now.ticket_types),
        }
    }
}

impl<K: Ord + Copy> Changed<K> {
    fn between<V: PartialEq>(before: &BTreeMap<K, V>, now: &BTreeMap<K, V>) -> Self {
        let not_in = |map: &BTreeMap<K, V>, other: &BTreeMap<K, V>| {
            let keys = map.keys().filter(|key| !other.contains_key(key));
            keys.copied().collect()
        };
        let differs = |key: &&K| before.get(key).is_some_and(|earlier| now.get(key) != Some(earlier));
        Self {
            added: not_in(now, before),
            changed: now.keys().filter(differs).copied().collect(),
            removed: not_in(before, now),
        }
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
