//! The performance that the visitor chooses, and its prices.

use spektrix_v2::catalogue::Catalogue;
use spektrix_v2::{BandId, Event, EventId, Instance, InstanceId, Plan, PlanId, TicketTypeId};

/// A performance with available seats, in a plan that can be booked.
pub(crate) struct Performance {
    pub(crate) event: EventId,
    pub(crate) instance: InstanceId,
    pub(crate) plan: PlanId,
    pub(crate) band: BandId,
    pub(crate) full_price: TicketTypeId,
    pub(crate) reduced_price: TicketTypeId,
    /// The performance and its prices, formatted for a terminal.
    pub(crate) description: String,
}

impl Performance {
    /// Returns the first suitable performance. Prefers plays.
    pub(crate) fn choose(catalogue: &Catalogue) -> Option<Self> {
        let mut events: Vec<&Event> = catalogue.events().filter(|event| event.is_on_sale).collect();
        events.sort_by_key(|event| event.attributes.flag("Drama") != Some(true));
        let instances = events
            .into_iter()
            .flat_map(|event| catalogue.instances_of(event.id).map(move |instance| (event, instance)));
        let mut on_sale = instances.filter(|(_, instance)| instance.is_on_sale);
        on_sale.find_map(|(event, instance)| {
            let mut plans = catalogue.bookable_plans_of(instance.id);
            plans.find_map(|plan| Self::in_plan(catalogue, event, instance, plan))
        })
    }

    fn in_plan(catalogue: &Catalogue, event: &Event, instance: &Instance, plan: &Plan) -> Option<Self> {
        let available = catalogue.status(instance.id, plan.id)?.available;
        if available < 4 {
            return None;
        }
        let band = *plan.bands.first()?;
        let prices = catalogue.prices_of(instance.id);
        let mut prices: Vec<_> = prices
            .filter_map(|price| (price.band?.id == band).then_some((price.amount, price.ticket_type?)))
            .collect();
        prices.sort_by_key(|(amount, _)| *amount);
        let (full_amount, full) = *prices.last()?;
        let (amount, reduced) = *prices.iter().rfind(|(amount, _)| *amount < full_amount)?;
        let description = format!(
            "{}\n{}\n{}, {available} seats left\n{}: {full_amount}, {}: {amount}",
            event.name,
            instance.start.strftime("%A, %d %B %Y, %H:%M"),
            plan.name,
            full.name,
            reduced.name
        );
        Some(Self {
            event: event.id,
            instance: instance.id,
            plan: plan.id,
            band,
            full_price: full.id,
            reduced_price: reduced.id,
            description,
        })
    }
}
