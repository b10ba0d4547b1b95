//! Finding things in a catalogue.

use std::collections::{BTreeSet, VecDeque};

use super::Catalogue;
use crate::generated::ids::{BandId, EventId, InstanceId, PlanId, PriceListId, TicketTypeId};
use crate::generated::types::{Band, Event, Instance, InstancePlanStatus, Plan, PriceList, TicketType};

/// Finding things. What is not there is `None`, or nothing: [`missing`](Catalogue::missing) says what that concerns.
impl Catalogue {
    /// The events, by identifier.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.events.values()
    }

    /// The instances, by identifier.
    pub fn instances(&self) -> impl Iterator<Item = &Instance> {
        self.instances.values()
    }

    /// The instances of an event, the earliest first.
    pub fn instances_of(&self, event: EventId) -> impl Iterator<Item = &Instance> {
        let ids = self.instances_of.get(&event).into_iter().flatten();
        ids.filter_map(|id| self.instance(*id))
    }

    /// How many seats of each plan are left at an instance, as far as the service says.
    pub fn statuses_of(&self, instance: InstanceId) -> impl Iterator<Item = &InstancePlanStatus> {
        let of_instance = (instance, PlanId::new(i32::MIN))..=(instance, PlanId::new(i32::MAX));
        self.statuses.range(of_instance).map(|(_, status)| status)
    }

    /// The plans whose seats can be booked at an instance: its own, or those that it is divided into.
    pub fn bookable_plans_of(&self, instance: InstanceId) -> impl Iterator<Item = &Plan> {
        let own = self.instance(instance).map(|instance| instance.plan);
        let parts = self.parts_of(own.into_iter().collect());
        parts.into_iter().filter(|plan| plan.is_bookable)
    }

    /// Plans without parts: these, and what those with parts are divided into. A plan that contains itself ends there.
    fn parts_of(&self, mut open: VecDeque<PlanId>) -> Vec<&Plan> {
        let mut seen = BTreeSet::new();
        let mut parts = Vec::new();
        while let Some(id) = open.pop_front() {
            let plan = self.plan(id).filter(|_| seen.insert(id));
            match plan {
                Some(plan) if plan.sub_plans.is_empty() => parts.push(plan),
                Some(plan) => open.extend(&plan.sub_plans),
                None => {}
            }
        }
        parts
    }

    /// An event.
    pub fn event(&self, id: EventId) -> Option<&Event> {
        self.events.get(&id)
    }

    /// An instance.
    pub fn instance(&self, id: InstanceId) -> Option<&Instance> {
        self.instances.get(&id)
    }

    /// How many seats of a plan are left at an instance.
    pub fn status(&self, instance: InstanceId, plan: PlanId) -> Option<&InstancePlanStatus> {
        self.statuses.get(&(instance, plan))
    }

    /// A plan.
    pub fn plan(&self, id: PlanId) -> Option<&Plan> {
        self.plans.get(&id)
    }

    /// A price list.
    pub fn price_list(&self, id: PriceListId) -> Option<&PriceList> {
        self.price_lists.get(&id)
    }

    /// A band.
    pub fn band(&self, id: BandId) -> Option<&Band> {
        self.bands.get(&id)
    }

    /// A ticket type.
    pub fn ticket_type(&self, id: TicketTypeId) -> Option<&TicketType> {
        self.ticket_types.get(&id)
    }
}
