//! What tickets and merchandise have in common while they lie in a basket.

use rust_decimal::Decimal;
use spektrix_v2::{MerchandiseItem, MerchandiseItemId, OfferId, Ticket, TicketId};

/// A ticket or a piece of merchandise.
pub(super) trait Line {
    /// The number of its id; tickets and merchandise are counted together.
    fn number(&self) -> Option<i32>;
    fn give_number(&mut self, number: i32);
    fn price(&self) -> Decimal;
    /// Whether somebody set the price by hand: then no offer changes it.
    fn is_overridden(&self) -> bool;
    fn is_discounted(&self) -> bool;
    fn discount(&mut self, by: Option<Discount>);
}

/// What an offer takes off one item.
#[derive(Clone, Copy, Debug)]
pub(super) struct Discount {
    pub(super) amount: Decimal,
    pub(super) offer: OfferId,
    /// Which application of the offer it is.
    pub(super) group: i32,
}

macro_rules! line {
    ($($name:ident, $id:ident);*) => {
        $(impl Line for $name {
            fn number(&self) -> Option<i32> {
                self.id.map(|id| id.get())
            }

            fn give_number(&mut self, number: i32) {
                self.id = Some($id::new(number));
            }

            fn price(&self) -> Decimal {
                self.price.unwrap_or_default()
            }

            fn is_overridden(&self) -> bool {
                self.override_price == Some(true)
            }

            fn is_discounted(&self) -> bool {
                self.offer.is_some()
            }

            fn discount(&mut self, by: Option<Discount>) {
                self.discount = by.map(|by| by.amount);
                self.offer = by.map(|by| by.offer);
                self.offer_group = by.map(|by| by.group);
            }
        })*
    };
}

line!(Ticket, TicketId; MerchandiseItem, MerchandiseItemId);
