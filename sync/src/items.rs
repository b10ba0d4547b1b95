//! The objects of the lists of availability and prices, which the service does not have in this form.

use rust_decimal::Decimal;
use serde::Serialize;
use spektrix_v2::catalogue::{Availability, Catalogue, SaleState};
use spektrix_v2::jiff::Timestamp;
use spektrix_v2::{BandId, EventId, Instance, InstanceId, PlanId, TicketTypeId};

/// The availability of an instance. How many seats are sold, reserved or locked is not published.
#[derive(Debug, Serialize)]
pub(crate) struct InstanceAvailability<'a> {
    instance: InstanceId,
    event: EventId,
    state: Option<SaleState>,
    left: Option<u32>,
    capacity: Option<u32>,
    /// The plans that can be booked.
    plans: Vec<PlanAvailability<'a>>,
}

#[derive(Debug, Serialize)]
struct PlanAvailability<'a> {
    plan: PlanId,
    name: &'a str,
    state: Option<SaleState>,
    left: Option<u32>,
    capacity: Option<u32>,
}

/// The prices of an instance.
#[derive(Debug, Serialize)]
pub(crate) struct InstancePrices<'a> {
    instance: InstanceId,
    event: EventId,
    from_price: Option<Decimal>,
    lowest_price: Option<Decimal>,
    highest_price: Option<Decimal>,
    prices: Vec<Price<'a>>,
}

#[derive(Debug, Serialize)]
struct Price<'a> {
    band_id: Option<BandId>,
    band: Option<&'a str>,
    ticket_type_id: Option<TicketTypeId>,
    ticket_type: Option<&'a str>,
    amount: Decimal,
    is_band_default: bool,
}

impl<'a> InstanceAvailability<'a> {
    pub(crate) const FIELDS: &'static [&'static str] = &["instance", "event", "state", "left", "capacity", "plans"];

    pub(crate) fn new(catalogue: &'a Catalogue, instance: &Instance, now: Timestamp) -> Self {
        let (state, left, capacity) = parts(catalogue.availability(instance.id, now));
        let plans = catalogue.bookable_plans_of(instance.id).map(|plan| {
            let (state, left, capacity) = parts(catalogue.plan_availability(instance.id, plan.id, now));
            PlanAvailability {
                plan: plan.id,
                name: &plan.name,
                state,
                left,
                capacity,
            }
        });
        Self {
            instance: instance.id,
            event: instance.event,
            state,
            left,
            capacity,
            plans: plans.collect(),
        }
    }
}

fn parts(availability: Option<Availability>) -> (Option<SaleState>, Option<u32>, Option<u32>) {
    let Some(availability) = availability else {
        return (None, None, None);
    };
    (Some(availability.state), availability.left, availability.capacity)
}

impl<'a> InstancePrices<'a> {
    pub(crate) const FIELDS: &'static [&'static str] = &[
        "instance",
        "event",
        "from_price",
        "lowest_price",
        "highest_price",
        "prices",
    ];

    pub(crate) fn new(catalogue: &'a Catalogue, instance: &Instance) -> Self {
        let range = catalogue.price_range(instance.id);
        let prices = catalogue.prices_of(instance.id).map(|price| Price {
            band_id: price.band.map(|band| band.id),
            band: price.band.map(|band| band.name.as_str()),
            ticket_type_id: price.ticket_type.map(|ticket_type| ticket_type.id),
            ticket_type: price.ticket_type.map(|ticket_type| ticket_type.name.as_str()),
            amount: price.amount,
            is_band_default: price.is_band_default,
        });
        Self {
            instance: instance.id,
            event: instance.event,
            from_price: range.map(|range| range.from),
            lowest_price: range.map(|range| range.lowest),
            highest_price: range.map(|range| range.highest),
            prices: prices.collect(),
        }
    }
}
