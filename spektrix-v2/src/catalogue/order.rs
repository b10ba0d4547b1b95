//! The order of a catalogue's lists: by identifier, each object once.
//!
//! Objects are found by halving their list. A map for each kind of object would find them no faster, and takes several
//! times as much code.

use std::cmp::Ordering;

use super::Object;
use crate::generated::ids::{BandId, EventId, InstanceId, PlanId, PriceListId, TicketTypeId};
use crate::generated::types::{Band, Event, Instance, InstancePlanStatus, Plan, PriceList, TicketType};

/// An object that a catalogue lists.
pub(super) trait Listed {
    type Id: Ord + Copy + Into<Object>;

    fn id(&self) -> Self::Id;
}

macro_rules! listed {
    ($($type:ident by $id:ident),* $(,)?) => {$(
        impl Listed for $type {
            type Id = $id;

            fn id(&self) -> $id {
                self.id
            }
        }
    )*};
}

listed! {
    Band by BandId,
    Event by EventId,
    Instance by InstanceId,
    Plan by PlanId,
    PriceList by PriceListId,
    TicketType by TicketTypeId,
}

impl Listed for InstancePlanStatus {
    type Id = (InstanceId, PlanId);

    fn id(&self) -> Self::Id {
        (self.instance, self.plan)
    }
}

/// Puts a list in order. Of several objects with one identifier, the last one stays.
pub(super) fn in_order<T: Listed>(mut list: Vec<T>) -> Vec<T> {
    let mut names = Vec::with_capacity(list.len());
    for item in &list {
        names.push(item.id().into());
    }
    let order = order(&names);
    for (place, other) in swaps(&order, list.len()) {
        list.swap(place, other);
    }
    list.truncate(order.len());
    list
}

/// Where the objects stand, in the order of their names.
fn order(names: &[Object]) -> Vec<usize> {
    let mut latest_first = sorted(names.len(), &|one, other| {
        names[one].cmp(&names[other]).then_with(|| other.cmp(&one))
    });
    latest_first.dedup_by_key(|at| names[*at]);
    latest_first
}

/// The places of a list in the order of what stands there. All sorting is done by it: another copy of the algorithm for
/// each type is more code than all lookups together.
pub(super) fn sorted(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<_> = (0..len).collect();
    places.sort_by(|one, other| compare(*one, *other));
    places
}

/// Which places of a list to swap, one pair after the other, so that what stands in this order comes first.
fn swaps(order: &[usize], len: usize) -> Vec<(usize, usize)> {
    let mut holds: Vec<_> = (0..len).collect();
    let mut place_of = holds.clone();
    let mut swaps = Vec::new();
    for (place, wanted) in order.iter().copied().enumerate() {
        let other = place_of[wanted];
        if other != place {
            swaps.push((place, other));
            place_of[holds[place]] = other;
            holds.swap(place, other);
        }
    }
    swaps
}

/// An object of a list in order, if it is there.
pub(super) fn find<T: Listed>(list: &[T], id: T::Id) -> Option<&T> {
    position(list, id).map(|at| &list[at])
}

/// Where an object stands in a list in order, if it is there.
pub(super) fn position<T: Listed>(list: &[T], id: T::Id) -> Option<usize> {
    list.binary_search_by_key(&id, T::id).ok()
}

/// Where the instances stand in their list, by event and by the time at which they start.
pub(super) fn by_start(instances: &[Instance]) -> Vec<usize> {
    let rank = |at: usize| {
        let instance = &instances[at];
        (instance.event, instance.start_utc, instance.id)
    };
    sorted(instances.len(), &|one, other| rank(one).cmp(&rank(other)))
}
