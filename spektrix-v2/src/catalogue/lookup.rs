//! Lookups in a catalogue: objects by identifier, and what belongs to an event or an instance.

use std::collections::VecDeque;
use std::mem;

use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use super::order::{find, position};
use super::{Catalogue, ObjectId};
use crate::generated::ids::{BandId, EventId, InstanceId, PlanId, PriceListId, TicketTypeId};
use crate::generated::types::{Band, Event, Instance, InstancePlanStatus, Plan, Price, PriceList, TicketType};

/// A price, with its band and ticket type resolved.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct ResolvedPrice<'a> {
    /// The price of one ticket.
    pub amount: Decimal,
    /// Whether this is the default price of the band: it applies unless another price is requested.
    pub is_band_default: bool,
    /// The band. `None` if the price names no band, or a band that is not in the catalogue.
    pub band: Option<&'a Band>,
    /// The ticket type. `None` if it is not in the catalogue.
    pub ticket_type: Option<&'a TicketType>,
}

/// Lookups.
///
/// If the object is not in the catalogue, they return `None` or an empty iterator.
/// [`dangling_references`](Catalogue::dangling_references) lists the objects that are referred to and not in the
/// catalogue.
impl Catalogue {
    /// Returns the events, sorted by identifier.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.lists.events.iter()
    }

    /// Returns the instances, sorted by identifier. [`between`](Self::between) returns them by start time.
    pub fn instances(&self) -> impl Iterator<Item = &Instance> {
        self.lists.instances.iter()
    }

    /// Returns the availability of each plan at each instance, sorted by the identifiers of instance and plan.
    pub fn statuses(&self) -> impl Iterator<Item = &InstancePlanStatus> {
        self.lists.statuses.iter()
    }

    /// Returns the plans, sorted by identifier.
    pub fn plans(&self) -> impl Iterator<Item = &Plan> {
        self.lists.plans.iter()
    }

    /// Returns the price lists, sorted by identifier.
    pub fn price_lists(&self) -> impl Iterator<Item = &PriceList> {
        self.lists.price_lists.iter()
    }

    /// Returns the bands, sorted by identifier.
    pub fn bands(&self) -> impl Iterator<Item = &Band> {
        self.lists.bands.iter()
    }

    /// Returns the ticket types, sorted by identifier.
    pub fn ticket_types(&self) -> impl Iterator<Item = &TicketType> {
        self.lists.ticket_types.iter()
    }

    /// Returns the time zone of the venue: that of the client that loaded the catalogue, or [`LONDON`](crate::LONDON).
    pub fn time_zone(&self) -> &TimeZone {
        &self.time_zone
    }

    /// Sets the time zone of a catalogue that was read from a cache.
    #[must_use]
    pub fn with_time_zone(mut self, zone: TimeZone) -> Self {
        self.time_zone = zone;
        self
    }

    /// Returns the instances of an event, sorted by start time.
    pub fn instances_of(&self, event: EventId) -> impl Iterator<Item = &Instance> {
        let instances = &self.lists.instances;
        let first = self
            .by_event
            .partition_point(|position| instances[*position].event < event);
        self.by_event[first..]
            .iter()
            .map(|position| &instances[*position])
            .take_while(move |instance| instance.event == event)
    }

    /// Returns the availability of each plan at an instance, as far as the service lists it.
    pub fn statuses_of(&self, instance: InstanceId) -> impl Iterator<Item = &InstancePlanStatus> {
        let statuses = &self.lists.statuses;
        let first = statuses.partition_point(|status| status.instance < instance);
        statuses[first..]
            .iter()
            .take_while(move |status| status.instance == instance)
    }

    /// Returns the plans that can be booked at an instance: its own plan or, if that is divided, its sub-plans.
    pub fn bookable_plans_of(&self, instance: InstanceId) -> impl Iterator<Item = &Plan> {
        let own = self.instance(instance).map(|instance| instance.plan);
        let plans = own.map(|plan| self.plans_within(plan)).unwrap_or_default();
        plans
            .into_iter()
            .filter(|plan| plan.sub_plans.is_empty() && plan.is_bookable)
    }

    /// Returns a plan, its sub-plans, and theirs: a breadth-first search that visits each plan once, so it ends even if a
    /// plan contains itself.
    pub(super) fn plans_within(&self, plan: PlanId) -> Vec<&Plan> {
        let plans = &self.lists.plans;
        let mut visited = vec![false; plans.len()];
        let mut queue = VecDeque::from([plan]);
        let mut found = Vec::new();
        while let Some(id) = queue.pop_front() {
            let unvisited = position(plans, id).filter(|position| !mem::replace(&mut visited[*position], true));
            if let Some(plan) = unvisited.map(|position| &plans[position]) {
                queue.extend(&plan.sub_plans);
                found.push(plan);
            }
        }
        found
    }

    /// Returns the prices of an instance, in the order of its price list.
    pub fn prices_of(&self, instance: InstanceId) -> impl Iterator<Item = ResolvedPrice<'_>> {
        self.unresolved_prices_of(instance).map(|price| ResolvedPrice {
            amount: price.amount,
            is_band_default: price.is_band_default,
            band: price.band.and_then(|band| self.band(band)),
            ticket_type: self.ticket_type(price.ticket_type),
        })
    }

    /// Returns the price of a ticket of this type in this band at an instance.
    pub fn price_of(&self, instance: InstanceId, band: BandId, ticket_type: TicketTypeId) -> Option<Decimal> {
        let wanted = (Some(band), ticket_type);
        let mut prices = self.unresolved_prices_of(instance);
        let price = prices.find(|price| (price.band, price.ticket_type) == wanted);
        price.map(|price| price.amount)
    }

    pub(super) fn unresolved_prices_of(&self, instance: InstanceId) -> impl Iterator<Item = &Price> {
        let list = self.instance(instance).map(|instance| instance.price_list);
        let list = list.and_then(|list| self.price_list(list));
        list.into_iter().flat_map(|list| &list.prices)
    }

    /// Returns an event.
    pub fn event(&self, id: EventId) -> Option<&Event> {
        find(&self.lists.events, id)
    }

    /// Returns an instance.
    pub fn instance(&self, id: InstanceId) -> Option<&Instance> {
        find(&self.lists.instances, id)
    }

    /// Returns the availability of a plan at an instance.
    pub fn status(&self, instance: InstanceId, plan: PlanId) -> Option<&InstancePlanStatus> {
        find(&self.lists.statuses, (instance, plan))
    }

    /// Returns a plan.
    pub fn plan(&self, id: PlanId) -> Option<&Plan> {
        find(&self.lists.plans, id)
    }

    /// Returns a price list.
    pub fn price_list(&self, id: PriceListId) -> Option<&PriceList> {
        find(&self.lists.price_lists, id)
    }

    /// Returns a band.
    pub fn band(&self, id: BandId) -> Option<&Band> {
        find(&self.lists.bands, id)
    }

    /// Returns a ticket type.
    pub fn ticket_type(&self, id: TicketTypeId) -> Option<&TicketType> {
        find(&self.lists.ticket_types, id)
    }

    /// Returns whether the object is in the catalogue.
    pub fn contains(&self, object: ObjectId) -> bool {
        match object {
            ObjectId::Event(id) => self.event(id).is_some(),
            ObjectId::Instance(id) => self.instance(id).is_some(),
            ObjectId::Status(instance, plan) => self.status(instance, plan).is_some(),
            ObjectId::Plan(id) => self.plan(id).is_some(),
            ObjectId::PriceList(id) => self.price_list(id).is_some(),
            ObjectId::Band(id) => self.band(id).is_some(),
            ObjectId::TicketType(id) => self.ticket_type(id).is_some(),
        }
    }
}
