//! Sorted lists: by identifier, with one object per identifier.
//!
//! Objects are found by binary search. A map for each kind of object would not be faster, and compiles to several times
//! as much code.

use std::cmp::Ordering;

use super::ObjectId;
use crate::generated::ids::{BandId, EventId, InstanceId, PlanId, PriceListId, TicketTypeId};
use crate::generated::types::{Band, Event, Instance, InstancePlanStatus, Plan, PriceList, TicketType};
use crate::operation::QueryDate;

/// An object that a catalogue lists.
pub(super) trait Listed {
    type Id: Ord + Copy + Into<ObjectId>;

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

/// An availability has no identifier: an instance and a plan identify it together.
impl Listed for InstancePlanStatus {
    type Id = (InstanceId, PlanId);

    fn id(&self) -> Self::Id {
        (self.instance, self.plan)
    }
}

/// Returns a list sorted by identifier. Of several objects with one identifier, keeps the last.
pub(super) fn sorted_by_id<T: Listed>(mut list: Vec<T>) -> Vec<T> {
    // The sort is stable and `dedup` keeps the first of equal objects. So the list is reversed first, for the last one to
    // be kept.
    list.reverse();
    list.sort_by_key(T::id);
    list.dedup_by_key(|item| item.id());
    list
}

/// Finds an object in a sorted list.
pub(super) fn find<T: Listed>(list: &[T], id: T::Id) -> Option<&T> {
    position(list, id).map(|position| &list[position])
}

/// Returns the position of an object in a sorted list.
pub(super) fn position<T: Listed>(list: &[T], id: T::Id) -> Option<usize> {
    list.binary_search_by_key(&id, T::id).ok()
}

/// Returns the positions of the instances in their list, sorted by event and start time.
pub(super) fn positions_by_event(instances: &[Instance]) -> Vec<usize> {
    // The identifier makes the order of instances that start at the same time independent of the response.
    positions_by(instances, |instance| (instance.event, instance.start_utc, instance.id))
}

/// Returns the positions of the instances in their list, sorted by start time.
pub(super) fn positions_by_start(instances: &[Instance]) -> Vec<usize> {
    positions_by(instances, |instance| (instance.start_utc, instance.id))
}

fn positions_by<K: Ord>(instances: &[Instance], key: impl Fn(&Instance) -> K) -> Vec<usize> {
    let mut positions: Vec<_> = (0..instances.len()).collect();
    positions.sort_by_key(|position| key(&instances[*position]));
    positions
}

/// Compares the start of an instance with a date. A day is compared with the day of the start.
pub(super) fn compare_start(instance: &Instance, date: QueryDate) -> Ordering {
    match date {
        QueryDate::Day(day) => instance.start.date().cmp(&day),
        QueryDate::Local(time) => instance.start.cmp(&time),
        QueryDate::Moment(moment) => instance.start_utc.cmp(&moment),
    }
}
