//! A basket that is half-way to an order: the one of the session that a sandbox starts with.

use rust_decimal::Decimal;
use spektrix_v2::Basket;

use super::customers::ADA;
use super::delivery::{self, at_the_box_office, merchandise_options, postal, ticket_options};
use super::money::{pence, sum};
use super::offers::{FRIEND, FRIEND_CODE, MERCHANDISE};
use super::programme::Genre;
use super::seats::Room;
use super::shelf::{Item, Shelf};
use super::stock::{MUG, PROGRAMME};

pub(super) fn basket(shelf: &Shelf<'_>) -> Basket {
    let mut basket = Basket::new()
        .with_customer(ADA)
        .with_promo_codes([FRIEND_CODE.to_owned()])
        .with_offers([FRIEND, MERCHANDISE])
        .with_ticket_delivery(postal())
        .with_merchandise_delivery(at_the_box_office());
    if let Some(instance) = shelf.upcoming(Genre::Drama, Room::MainHouse) {
        basket.tickets = vec![
            shelf
                .ticket(50_001, instance, 0)
                .discounted(FRIEND, 1, 20)
                .noted("Seat", "Stalls F12"),
            shelf
                .ticket(50_002, instance, 0)
                .discounted(FRIEND, 1, 20)
                .noted("Seat", "Stalls F13"),
            shelf.ticket(50_003, instance, 9).at(pence(500)),
        ];
    }
    basket.merchandise_items = vec![
        shelf.merchandise(50_004, PROGRAMME).discounted(MERCHANDISE, 2, 10),
        shelf.merchandise(50_005, MUG).at(pence(700)).noted("Gift Wrap", "1"),
    ];
    basket.ticket_delivery_options = ticket_options(&basket.tickets);
    basket.merchandise_delivery_options = merchandise_options(&basket.merchandise_items);
    let total = total(&basket);
    basket.with_total(total)
}

/// What everything in a basket costs together, its deliveries included.
pub(crate) fn total(basket: &Basket) -> Decimal {
    let items = basket.tickets.iter().map(Item::cost);
    let items = items.chain(basket.merchandise_items.iter().map(Item::cost));
    let deliveries = [&basket.ticket_delivery, &basket.merchandise_delivery];
    sum(items.chain(deliveries.map(|way| delivery::fee(way.as_ref()))))
}
