//! Finding things in a catalogue.

use std::collections::VecDeque;
use std::mem;

use super::Catalogue;
use super::order::{find, position};
use crate::generated::ids::{BandId, EventId, InstanceId, PlanId, PriceListId, TicketTypeId};
use crate::generated::types::{Band, Event, Instance, InstancePlanStatus, Plan, PriceList, TicketType};

/// Finding things. What is not there is `None`, or nothing: [`missing`](Catalogue::missing) says what that concerns.
impl Catalogue {
    /// The events, by identifier.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.lists.events.iter()
    }

    /// The instances, by identifier.
    pub fn instances(&self) -> impl Iterator<Item = &Instance> {
        self.lists.instances.iter()
    }

    /// The instances of an event, the earliest first.
    pub fn instances_of(&self, event: EventId) -> impl Iterator<Item = &Instance> {
        let instances = &self.lists.instances;
        let first = self.by_start.partition_point(|at| instances[*at].event < event);
        self.by_start[first..]
            .iter()
            .map(|at| &instances[*at])
            .take_while(move |instance| instance.event == event)
    }

    /// How many seats of each plan are left at an instance, as far as the service says.
    pub fn statuses_of(&self, instance: InstanceId) -> impl Iterator<Item = &InstancePlanStatus> {
        let statuses = &self.lists.statuses;
        let first = statuses.partition_point(|status| status.instance < instance);
        statuses[first..]
            .iter()
            .take_while(move |status| status.instance == instance)
    }

    /// The plans whose seats can be booked at an instance: its own, or those that it is divided into.
    pub fn bookable_plans_of(&self, instance: InstanceId) -> impl Iterator<Item = &Plan> {
        let own = self.instance(instance).map(|instance| instance.plan);
        let parts = self.parts_of(own.into_iter().collect());
        parts.into_iter().filter(|plan| plan.is_bookable)
    }

    /// Plans without parts: these, and what those with parts are divided into. A plan that contains itself ends there.
    fn parts_of(&self, mut open: VecDeque<PlanId>) -> Vec<&Plan> {
        let plans = &self.lists.plans;
        let mut seen = vec![false; plans.len()];
        let mut parts = Vec::new();
        while let Some(id) = open.pop_front() {
            let new = position(plans, id).filter(|at| !mem::replace(&mut seen[*at], true));
            match new.map(|at| &plans[at]) {
                Some(plan) if plan.sub_plans.is_empty() => parts.push(plan),
                Some(plan) => open.extend(&plan.sub_plans),
                None => {}
            }
        }
        parts
    }

    /// An event.
    pub fn event(&self, id: EventId) -> Option<&Event> {
        find(&self.lists.events, id)
    }

    /// An instance.
    pub fn instance(&self, id: InstanceId) -> Option<&Instance> {
        find(&self.lists.instances, id)
    }

    /// How many seats of a plan are left at an instance.
    pub fn status(&self, instance: InstanceId, plan: PlanId) -> Option<&InstancePlanStatus> {
        find(&self.lists.statuses, (instance, plan))
    }

    /// A plan.
    pub fn plan(&self, id: PlanId) -> Option<&Plan> {
        find(&self.lists.plans, id)
    }

    /// A price list.
    pub fn price_list(&self, id: PriceListId) -> Option<&PriceList> {
        find(&self.lists.price_lists, id)
    }

    /// A band.
    pub fn band(&self, id: BandId) -> Option<&Band> {
        find(&self.lists.bands, id)
    }

    /// A ticket type.
    pub fn ticket_type(&self, id: TicketTypeId) -> Option<&TicketType> {
        find(&self.lists.ticket_types, id)
    }
}
