//! Checks what is asked of a ticket against what the venue sells, and prices it.

use jiff::Timestamp;
use spektrix_v2::{BandId, Instance, Plan, PlanId, Price, Ticket};

use super::catalogue::Catalogue;
use super::price;

/// The ticket as it lies in the basket: what was left open is filled in, and the price is known. Says what is wrong, as
/// a sentence.
pub(super) fn check(catalogue: &Catalogue, now: Timestamp, mut ticket: Ticket) -> Result<Ticket, String> {
    let instance = instance(catalogue, &ticket)?;
    is_on_sale(instance, now)?;
    let plan = plan(catalogue, instance, &ticket)?;
    let band = band(plan, &ticket)?;
    let price = list_price(catalogue, instance, band, &ticket)?;
    ticket.band = Some(band);
    ticket.ticket_type = Some(price.ticket_type);
    ticket.price = Some(price::of(ticket.override_price, ticket.price, price.amount)?);
    ticket.override_price = Some(ticket.override_price.unwrap_or_default());
    Ok(ticket)
}

fn instance<'a>(catalogue: &'a Catalogue, ticket: &Ticket) -> Result<&'a Instance, String> {
    let id = ticket.instance.ok_or("Instance must be set")?;
    catalogue
        .instance(id)
        .ok_or_else(|| format!("there is no instance {id}"))
}

fn is_on_sale(instance: &Instance, now: Timestamp) -> Result<(), String> {
    let id = instance.id;
    let (start, stop) = (instance.start_selling_at_utc, instance.stop_selling_at_utc);
    if now < start {
        Err(format!("instance {id} is not on sale before {start}"))
    } else if now >= stop {
        Err(format!("instance {id} is not on sale since {stop}"))
    } else if !instance.is_on_sale {
        Err(format!("instance {id} is not on sale"))
    } else {
        Ok(())
    }
}

/// The plan must be the instance's own or a part of it, and one that can be booked.
fn plan<'a>(catalogue: &'a Catalogue, instance: &Instance, ticket: &Ticket) -> Result<&'a Plan, String> {
    let id = ticket.plan.ok_or("Plan must be set")?;
    let plan = catalogue.plan(id).ok_or_else(|| format!("there is no plan {id}"))?;
    if catalogue.seats(instance.id, id).is_none() {
        return Err(format!("instance {} is not played in plan {id}", instance.id));
    }
    if !plan.sub_plans.is_empty() {
        let parts: Vec<_> = plan.sub_plans.iter().map(PlanId::to_string).collect();
        let parts = parts.join(" or ");
        return Err(format!("plan {id} cannot be booked as it has sub plans: book {parts}"));
    }
    if !plan.is_bookable {
        return Err(format!("plan {id} cannot be booked"));
    }
    Ok(plan)
}

/// One that has to be named, unless the plan has no other.
fn band(plan: &Plan, ticket: &Ticket) -> Result<BandId, String> {
    match (ticket.band, plan.bands.as_slice()) {
        (Some(band), bands) if bands.contains(&band) => Ok(band),
        (Some(band), _) => Err(format!("plan {} has no band {band}", plan.id)),
        (None, [only]) => Ok(*only),
        (None, _) => Err(format!("Band must be set, as plan {} has several", plan.id)),
    }
}

/// The price of the ticket type, or the band's default without one.
fn list_price<'a>(
    catalogue: &'a Catalogue,
    instance: &Instance,
    band: BandId,
    ticket: &Ticket,
) -> Result<&'a Price, String> {
    let list = catalogue.price_list(instance.price_list);
    let prices = list.map(|list| list.prices.as_slice()).unwrap_or_default();
    let mut of_band = prices
        .iter()
        .filter(|price| price.band.is_none_or(|other| other == band));
    let found = match ticket.ticket_type {
        Some(wanted) => of_band.find(|price| price.ticket_type == wanted),
        None => of_band.find(|price| price.is_band_default),
    };
    found.ok_or_else(|| {
        let list = instance.price_list;
        match ticket.ticket_type {
            Some(wanted) => format!("price list {list} has no price for ticket type {wanted} in band {band}"),
            None => format!("price list {list} has no default price for band {band}: set a TicketType"),
        }
    })
}
