//! Checks the items of a basket against what the venue sells, completes them, and sets their prices.
//!
//! An error is a description of the problem, without a full stop.

use jiff::Timestamp;
use rust_decimal::Decimal;
use spektrix_v2::{BandId, Instance, MerchandiseItem, Plan, PlanId, Price, Ticket};

use super::venue_index::VenueIndex;

/// Checks a ticket. Sets its price, and its band and ticket type if they were not sent.
pub(super) fn complete_ticket(index: &VenueIndex, now: Timestamp, mut ticket: Ticket) -> Result<Ticket, String> {
    let instance = instance(index, &ticket)?;
    check_on_sale(instance, now)?;
    let plan = plan(index, instance, &ticket)?;
    let band = band(plan, &ticket)?;
    let price = list_price(index, instance, band, &ticket)?;
    ticket.band = Some(band);
    ticket.ticket_type = Some(price.ticket_type);
    ticket.price = Some(effective_price(ticket.override_price, ticket.price, price.amount)?);
    ticket.override_price = Some(ticket.override_price.unwrap_or_default());
    Ok(ticket)
}

/// Checks a merchandise item, and sets its price. The stock level is checked later, for all items together.
pub(super) fn complete_merchandise(index: &VenueIndex, mut item: MerchandiseItem) -> Result<MerchandiseItem, String> {
    let id = item.stock_item.ok_or("StockItem must be set")?;
    let stock = index
        .stock_item(id)
        .ok_or_else(|| format!("there is no stock item {id}"))?;
    item.price = Some(effective_price(item.override_price, item.price, stock.price)?);
    item.override_price = Some(item.override_price.unwrap_or_default());
    Ok(item)
}

fn instance<'a>(index: &'a VenueIndex, ticket: &Ticket) -> Result<&'a Instance, String> {
    let id = ticket.instance.ok_or("Instance must be set")?;
    index.instance(id).ok_or_else(|| format!("there is no instance {id}"))
}

fn check_on_sale(instance: &Instance, now: Timestamp) -> Result<(), String> {
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

/// Returns the plan of a ticket. It must be the instance's plan or a part of it, and bookable.
fn plan<'a>(index: &'a VenueIndex, instance: &Instance, ticket: &Ticket) -> Result<&'a Plan, String> {
    let id = ticket.plan.ok_or("Plan must be set")?;
    let plan = index.plan(id).ok_or_else(|| format!("there is no plan {id}"))?;
    if index.initial_status(instance.id, id).is_none() {
        return Err(format!("instance {} has no plan {id}", instance.id));
    }
    if !plan.sub_plans.is_empty() {
        let parts: Vec<_> = plan.sub_plans.iter().map(PlanId::to_string).collect();
        let parts = parts.join(" or ");
        return Err(format!(
            "plan {id} cannot be booked, because it has sub-plans: book {parts}"
        ));
    }
    if !plan.is_bookable {
        return Err(format!("plan {id} cannot be booked"));
    }
    Ok(plan)
}

/// Returns the band of a ticket. It must be set, unless the plan has only one.
fn band(plan: &Plan, ticket: &Ticket) -> Result<BandId, String> {
    match (ticket.band, plan.bands.as_slice()) {
        (Some(band), bands) if bands.contains(&band) => Ok(band),
        (Some(band), _) => Err(format!("plan {} has no band {band}", plan.id)),
        (None, [only]) => Ok(*only),
        (None, _) => Err(format!("Band must be set, as plan {} has several", plan.id)),
    }
}

/// Returns the price for the ticket type, or the default price of the band if no ticket type is set.
fn list_price<'a>(
    index: &'a VenueIndex,
    instance: &Instance,
    band: BandId,
    ticket: &Ticket,
) -> Result<&'a Price, String> {
    let list = index.price_list(instance.price_list);
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

/// The highest price that can be set, so that totals do not overflow.
const MAX_PRICE: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

/// Returns the price of an item before offers. A price that was sent only counts if it overrides the usual price, and
/// then it is required.
fn effective_price(overrides: Option<bool>, sent: Option<Decimal>, usual: Decimal) -> Result<Decimal, String> {
    if overrides != Some(true) {
        return Ok(usual);
    }
    let mut price = sent.ok_or("Price must be set when OverridePrice is true")?;
    if price.is_sign_negative() && !price.is_zero() {
        return Err(format!("Price must not be negative: {price}"));
    }
    if price.normalize().scale() > 2 || price > MAX_PRICE {
        return Err(format!(
            "Price must be an amount in pounds and pence, of up to {MAX_PRICE}: {price}"
        ));
    }
    // `-0` becomes `0`.
    price.set_sign_positive(true);
    price.rescale(2);
    Ok(price)
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::effective_price;

    #[test]
    fn a_sent_price_counts_only_if_it_overrides() {
        let usual = Decimal::new(1250, 2);
        let cases = [
            (None, None, Ok("12.50")),
            (None, Some("3"), Ok("12.50")),
            (Some(false), Some("3"), Ok("12.50")),
            (Some(true), Some("3"), Ok("3.00")),
            (Some(true), Some("-0"), Ok("0.00")),
            (Some(true), Some("2.5000"), Ok("2.50")),
            (Some(true), None, Err("must be set")),
            (Some(true), Some("-0.01"), Err("negative")),
            (Some(true), Some("2.505"), Err("pounds and pence")),
            (Some(true), Some("1000000.01"), Err("pounds and pence")),
        ];
        for (overrides, sent, expected) in cases {
            let price = effective_price(overrides, sent.map(|sent| sent.parse().expect("a number")), usual);
            match (price, expected) {
                (Ok(price), Ok(expected)) => assert_eq!(price.to_string(), expected),
                (Err(message), Err(part)) => assert!(message.contains(part), "{message}"),
                (price, _) => panic!("{overrides:?} {sent:?}: {price:?}"),
            }
        }
    }
}
