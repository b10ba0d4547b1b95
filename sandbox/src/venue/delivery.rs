//! How things reach the customer, and what that costs, which depends on what they are.

use rust_decimal::Decimal;
use spektrix_v2::{Delivery, DeliveryOption, DeliveryType, MerchandiseItem, Ticket};

use super::customers::full_address;
use super::money::{pence, sum};
use super::prices::SCHOOLS;
use super::shelf::Item;

/// Tickets that cost so many pence together are posted for nothing.
const FREE_POSTAGE_FROM: i64 = 10_000;
const POSTAGE: i64 = 175;
/// So many pieces of merchandise go into one parcel; each further one costs extra.
const PIECES: usize = 2;
const POSTAGE_OF_A_FURTHER_PIECE: i64 = 50;

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

/// In which ways these tickets can be delivered. Nobody prints a school's tickets at home.
pub(crate) fn ticket_options(tickets: &[Ticket]) -> Vec<DeliveryOption> {
    if tickets.is_empty() {
        return Vec::new();
    }
    let is_free = sum(tickets.iter().map(Item::cost)) >= pence(FREE_POSTAGE_FROM);
    let mut options = vec![
        option(DeliveryType::Postal, if is_free { 0 } else { POSTAGE }),
        option(DeliveryType::Cobo, 0),
    ];
    if tickets.iter().all(|ticket| ticket.ticket_type != Some(SCHOOLS)) {
        options.push(option(DeliveryType::PrintAtHome, 0));
    }
    options
}

/// In which ways these things can be delivered. Nobody can print a mug.
pub(crate) fn merchandise_options(items: &[MerchandiseItem]) -> Vec<DeliveryOption> {
    if items.is_empty() {
        return Vec::new();
    }
    let further = i64::try_from(items.len().saturating_sub(PIECES)).unwrap_or(i64::MAX);
    let postage = further
        .saturating_mul(POSTAGE_OF_A_FURTHER_PIECE)
        .saturating_add(POSTAGE);
    vec![option(DeliveryType::Postal, postage), option(DeliveryType::Cobo, 0)]
}

fn option(by: DeliveryType, fee: i64) -> DeliveryOption {
    DeliveryOption::new(pence(fee), by)
}

/// What a delivery costs; nothing when there is none.
pub(crate) fn fee(delivery: Option<&Delivery>) -> Decimal {
    delivery.and_then(|delivery| delivery.fee).unwrap_or_default()
}
