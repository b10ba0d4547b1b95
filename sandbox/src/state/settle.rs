//! What follows from the items of a basket: its offers, the ways to deliver them and their fees, and the total.

use spektrix_v2::{Basket, Delivery, DeliveryOption, TagId};

use super::catalogue::Catalogue;
use super::offers;
use crate::venue::{basket, delivery};

/// Works out again all that is not the visitor's choice, after any change. `tags` are those of the basket's customer.
pub(super) fn settle(catalogue: &Catalogue, basket: &mut Basket, tags: &[TagId]) {
    offers::apply(catalogue, basket, tags);
    basket.ticket_delivery_options = delivery::ticket_options(&basket.tickets);
    basket.merchandise_delivery_options = delivery::merchandise_options(&basket.merchandise_items);
    keep_or_drop(&mut basket.ticket_delivery, &basket.ticket_delivery_options);
    keep_or_drop(&mut basket.merchandise_delivery, &basket.merchandise_delivery_options);
    basket.total = Some(basket::total(basket));
}

/// A delivery that is no longer among the options goes; one that is costs what it costs now.
fn keep_or_drop(delivery: &mut Option<Delivery>, options: &[DeliveryOption]) {
    *delivery = delivery.take().and_then(|mut delivery| {
        let option = options
            .iter()
            .find(|option| delivery.r#type.as_ref() == Some(&option.r#type))?;
        delivery.fee = Some(option.fee);
        Some(delivery)
    });
}
