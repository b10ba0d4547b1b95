//! How things reach the customer, and what that costs.

use rust_decimal::Decimal;
use spektrix_v2::{Delivery, DeliveryOption, DeliveryType};

use super::customers::full_address;
use super::money::pence;

pub(super) fn postal() -> Delivery {
    delivery(DeliveryType::Postal).with_address(full_address())
}

pub(super) fn at_the_box_office() -> Delivery {
    delivery(DeliveryType::Cobo)
}

pub(super) fn print_at_home() -> Delivery {
    delivery(DeliveryType::PrintAtHome)
}

/// Tickets can be delivered in any way.
pub(super) fn ticket_options() -> Vec<DeliveryOption> {
    DeliveryType::KNOWN.iter().cloned().map(option).collect()
}

/// Nobody can print a mug.
pub(super) fn merchandise_options() -> Vec<DeliveryOption> {
    [DeliveryType::Postal, DeliveryType::Cobo].map(option).to_vec()
}

/// What a delivery costs; nothing when there is none.
pub(super) fn fee(delivery: Option<&Delivery>) -> Decimal {
    delivery.and_then(|delivery| delivery.fee).unwrap_or_default()
}

fn delivery(by: DeliveryType) -> Delivery {
    Delivery::new().with_fee(fee_for(&by)).with_type(by)
}

fn option(by: DeliveryType) -> DeliveryOption {
    DeliveryOption::new(fee_for(&by), by)
}

fn fee_for(by: &DeliveryType) -> Decimal {
    pence(if *by == DeliveryType::Postal { 175 } else { 0 })
}
