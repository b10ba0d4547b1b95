//! Deliveries: the delivery options of tickets and merchandise, and their fees.

use spektrix_v2::{Delivery, DeliveryOption, DeliveryType, MerchandiseItem, Ticket};

use super::customers::full_address;
use super::line_item::LineItem;
use super::money::{pence, sum};
use super::prices::SCHOOLS;

/// Tickets with a total of at least this many pence are posted for free.
const FREE_POSTAGE_FROM: i64 = 10_000;
const POSTAGE: i64 = 175;
/// The postage covers this many merchandise items. Each further item costs extra.
const ITEMS_INCLUDED: usize = 2;
const POSTAGE_PER_FURTHER_ITEM: i64 = 50;

pub(super) fn postal() -> Delivery {
    delivery(DeliveryType::Postal, POSTAGE).with_address(full_address())
}

pub(super) fn at_the_box_office() -> Delivery {
    delivery(DeliveryType::Cobo, 0)
}

pub(super) fn print_at_home() -> Delivery {
    delivery(DeliveryType::PrintAtHome, 0)
}

fn delivery(by: DeliveryType, fee: i64) -> Delivery {
    Delivery::new().with_fee(pence(fee)).with_type(by)
}

/// Returns the delivery options of tickets. Tickets for schools cannot be printed at home.
pub(crate) fn ticket_options(tickets: &[Ticket]) -> Vec<DeliveryOption> {
    if tickets.is_empty() {
        return Vec::new();
    }
    let is_free = sum(tickets.iter().map(LineItem::cost)) >= pence(FREE_POSTAGE_FROM);
    let mut options = vec![
        option(DeliveryType::Postal, if is_free { 0 } else { POSTAGE }),
        option(DeliveryType::Cobo, 0),
    ];
    if tickets.iter().all(|ticket| ticket.ticket_type != Some(SCHOOLS)) {
        options.push(option(DeliveryType::PrintAtHome, 0));
    }
    options
}

/// Returns the delivery options of merchandise, which cannot be printed at home.
pub(crate) fn merchandise_options(items: &[MerchandiseItem]) -> Vec<DeliveryOption> {
    if items.is_empty() {
        return Vec::new();
    }
    let further = i64::try_from(items.len().saturating_sub(ITEMS_INCLUDED)).unwrap_or(i64::MAX);
    let postage = further.saturating_mul(POSTAGE_PER_FURTHER_ITEM).saturating_add(POSTAGE);
    vec![option(DeliveryType::Postal, postage), option(DeliveryType::Cobo, 0)]
}

fn option(by: DeliveryType, fee: i64) -> DeliveryOption {
    DeliveryOption::new(pence(fee), by)
}
