//! Line items: what tickets and merchandise have in common in a basket or an order.

use rust_decimal::Decimal;
use spektrix_v2::{Attributes, Delivery, MerchandiseItem, MerchandiseItemId, OfferId, Ticket, TicketId};

use super::money::{percent_of, sum};

/// A ticket or a merchandise item.
pub(crate) trait LineItem {
    /// Returns the number of its id. Tickets and merchandise share one sequence of numbers.
    fn number(&self) -> Option<i32>;
    fn set_number(&mut self, number: i32);
    fn price(&self) -> Decimal;
    /// Returns the amount to pay after its discount.
    fn cost(&self) -> Decimal;
    /// Returns whether the price was set by the caller. Such an item gets no discount.
    fn is_overridden(&self) -> bool;
    fn is_discounted(&self) -> bool;
    /// Sets or removes the discount of an offer.
    fn set_discount(&mut self, discount: Option<Discount>);
    fn override_price(&mut self, price: Decimal);
    fn set_attributes(&mut self, attributes: Attributes);

    /// Returns the item with a percentage taken off its price by an offer.
    fn with_percent_off(mut self, offer: OfferId, group: i32, percent: i64) -> Self
    where
        Self: Sized,
    {
        let amount = percent_of(self.price(), percent);
        self.set_discount(Some(Discount { amount, offer, group }));
        self
    }

    /// Returns the item with another price than the usual one.
    fn with_overridden_price(mut self, price: Decimal) -> Self
    where
        Self: Sized,
    {
        self.override_price(price);
        self
    }

    /// Returns the item with one attribute.
    fn with_attribute(mut self, name: &str, value: &str) -> Self
    where
        Self: Sized,
    {
        self.set_attributes(Attributes::from_iter([(name, value)]));
        self
    }
}

/// The discount that an offer gives on one item.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Discount {
    pub(crate) amount: Decimal,
    pub(crate) offer: OfferId,
    /// The number of the application of an offer. An offer may apply several times in one basket.
    pub(crate) group: i32,
}

/// Returns the total of items and deliveries.
pub(crate) fn total(
    tickets: &[Ticket],
    merchandise: &[MerchandiseItem],
    deliveries: [Option<&Delivery>; 2],
) -> Decimal {
    let items = tickets.iter().map(LineItem::cost);
    let items = items.chain(merchandise.iter().map(LineItem::cost));
    let fees = deliveries.into_iter().flatten().filter_map(|delivery| delivery.fee);
    sum(items.chain(fees))
}

macro_rules! line_items {
    ($($name:ident, $id:ident);*) => {
        $(impl LineItem for $name {
            fn number(&self) -> Option<i32> {
                self.id.map(|id| id.get())
            }

            fn set_number(&mut self, number: i32) {
                self.id = Some($id::new(number));
            }

            fn price(&self) -> Decimal {
                self.price.unwrap_or_default()
            }

            fn cost(&self) -> Decimal {
                self.price.unwrap_or_default() - self.discount.unwrap_or_default()
            }

            fn is_overridden(&self) -> bool {
                self.override_price == Some(true)
            }

            fn is_discounted(&self) -> bool {
                self.offer.is_some()
            }

            fn set_discount(&mut self, discount: Option<Discount>) {
                self.discount = discount.map(|discount| discount.amount);
                self.offer = discount.map(|discount| discount.offer);
                self.offer_group = discount.map(|discount| discount.group);
            }

            fn override_price(&mut self, price: Decimal) {
                self.override_price = Some(true);
                self.price = Some(price);
            }

            fn set_attributes(&mut self, attributes: Attributes) {
                self.attributes = attributes;
            }
        })*
    };
}

line_items!(Ticket, TicketId; MerchandiseItem, MerchandiseItemId);
