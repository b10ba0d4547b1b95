//! Ids of objects that are created while the sandbox runs. They continue after the highest id of the venue.

use spektrix_v2::{CustomerAddressId, CustomerId};

use crate::venue::Venue;
use crate::venue::line_item::LineItem;

/// A sequence of ids.
#[derive(Debug)]
pub(super) struct Counter(i32);

impl Counter {
    /// Starts after the highest of the given ids, or at 1 if there are none.
    fn after(ids: impl Iterator<Item = i32>) -> Self {
        Self(ids.max().unwrap_or_default())
    }

    pub(super) fn next(&mut self) -> i32 {
        self.0 = self.0.saturating_add(1);
        self.0
    }
}

/// One counter for each kind of object. Tickets and merchandise share one, because an `item_id` may refer to either.
#[derive(Debug)]
pub(super) struct Ids {
    pub(super) address: Counter,
    pub(super) customer: Counter,
    pub(super) document: Counter,
    pub(super) item: Counter,
    pub(super) order: Counter,
    pub(super) transaction: Counter,
}

impl Ids {
    pub(super) fn after(venue: &Venue) -> Self {
        let orders = venue.orders.iter();
        Self {
            address: Counter::after(
                venue
                    .addresses
                    .iter()
                    .filter_map(|address| address.id.map(CustomerAddressId::get)),
            ),
            customer: Counter::after(
                venue
                    .customers
                    .iter()
                    .filter_map(|customer| customer.id.map(CustomerId::get)),
            ),
            document: Counter::after(venue.print_at_home_links.iter().map(|link| link.id.get())),
            item: Counter::after(item_ids(venue)),
            order: Counter::after(orders.map(|order| order.id.get())),
            transaction: Counter::after(venue.transactions.iter().map(|transaction| transaction.id.get())),
        }
    }
}

fn item_ids(venue: &Venue) -> impl Iterator<Item = i32> {
    let tickets = venue.orders.iter().flat_map(|order| &order.tickets);
    let tickets = tickets.chain(&venue.basket.tickets);
    let merchandise = venue.orders.iter().flat_map(|order| &order.merchandise_items);
    let merchandise = merchandise.chain(&venue.basket.merchandise_items);
    tickets
        .filter_map(LineItem::number)
        .chain(merchandise.filter_map(LineItem::number))
}
