//! The ids of what is made while a sandbox runs: they go on from the highest that the venue has, the same each time.

use spektrix_v2::{CustomerAddressId, CustomerId, MerchandiseItemId, TicketId};

use crate::venue::Venue;

/// Counts on from some id.
#[derive(Debug)]
pub(super) struct Counter(i32);

impl Counter {
    /// After the highest of these, or from 1.
    fn after(ids: impl Iterator<Item = i32>) -> Self {
        Self(ids.max().unwrap_or_default())
    }

    pub(super) fn next(&mut self) -> i32 {
        self.0 = self.0.saturating_add(1);
        self.0
    }
}

/// One counter for each kind of object. Tickets and merchandise share one: either may be the item of an `item_id`.
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
                    .filter_map(|one| one.id.map(CustomerAddressId::get)),
            ),
            customer: Counter::after(venue.customers.iter().filter_map(|one| one.id.map(CustomerId::get))),
            document: Counter::after(venue.print_at_home_links.iter().map(|one| one.id.get())),
            item: Counter::after(items(venue)),
            order: Counter::after(orders.map(|one| one.id.get())),
            transaction: Counter::after(venue.transactions.iter().map(|one| one.id.get())),
        }
    }
}

fn items(venue: &Venue) -> impl Iterator<Item = i32> {
    let tickets = venue.orders.iter().flat_map(|order| &order.tickets);
    let tickets = tickets.chain(&venue.basket.tickets).filter_map(|one| one.id);
    let merchandise = venue.orders.iter().flat_map(|order| &order.merchandise_items);
    let merchandise = merchandise
        .chain(&venue.basket.merchandise_items)
        .filter_map(|one| one.id);
    tickets
        .map(TicketId::get)
        .chain(merchandise.map(MerchandiseItemId::get))
}
