//! The basket and the orders that the venue starts with.
//!
//! Together the orders have every kind of payment, refund, delivery, offer and overridden price, and a total of zero.

use jiff::civil::DateTime;
use rust_decimal::Decimal;
use spektrix_v2::{Attributes, Basket, CustomerId, Delivery, MerchandiseItem, Order, OrderId, Ticket};

use super::archived_event::ArchivedEvent;
use super::customers::{ADA, BEN, CLEO, DEE};
use super::delivery::{at_the_box_office, merchandise_options, postal, print_at_home, ticket_options};
use super::item_factory::ItemFactory;
use super::line_item::{LineItem, total};
use super::local_time::{days_after, to_utc};
use super::money::pence;
use super::offers::{FRIEND, FRIEND_CODE, MERCHANDISE};
use super::payments::{card_payment, card_refund, voucher_payment};
use super::products::{LANTERN, MUG, PROGRAMME};
use super::programme::Genre;
use super::seating::Room;

/// Creates the basket of the session that a sandbox starts with. It can be confirmed.
pub(super) fn basket(items: &ItemFactory<'_>) -> Basket {
    let mut basket = Basket::new()
        .with_customer(ADA)
        .with_promo_codes([FRIEND_CODE.to_owned()])
        .with_offers([FRIEND, MERCHANDISE])
        .with_ticket_delivery(postal())
        .with_merchandise_delivery(at_the_box_office());
    if let Some(instance) = items.upcoming(Genre::Drama, Room::MainHouse) {
        basket.tickets = vec![
            items
                .ticket(50_001, instance, 0)
                .with_percent_off(FRIEND, 1, 20)
                .with_attribute("Seat", "Stalls F12"),
            items
                .ticket(50_002, instance, 0)
                .with_percent_off(FRIEND, 1, 20)
                .with_attribute("Seat", "Stalls F13"),
            items.ticket(50_003, instance, 9).with_overridden_price(pence(500)),
        ];
    }
    basket.merchandise_items = vec![
        items
            .merchandise(50_004, PROGRAMME)
            .with_percent_off(MERCHANDISE, 2, 10),
        items
            .merchandise(50_005, MUG)
            .with_overridden_price(pence(700))
            .with_attribute("Gift Wrap", "1"),
    ];
    basket.ticket_delivery_options = ticket_options(&basket.tickets);
    basket.merchandise_delivery_options = merchandise_options(&basket.merchandise_items);
    let total = basket_total(&basket);
    basket.with_total(total)
}

/// Returns the total of a basket, including its deliveries.
pub(crate) fn basket_total(basket: &Basket) -> Decimal {
    let deliveries = [basket.ticket_delivery.as_ref(), basket.merchandise_delivery.as_ref()];
    total(&basket.tickets, &basket.merchandise_items, deliveries)
}

pub(super) fn orders(items: &ItemFactory<'_>, archived: &ArchivedEvent) -> Vec<Order> {
    vec![
        collected_tickets(items),
        offers_and_voucher(items),
        refunded_ticket(items),
        printed_at_home(items),
        merchandise_by_post(items),
        archived_order(items, archived),
        free_ticket(items),
    ]
}

/// Two seats at a play that is over, collected at the box office.
fn collected_tickets(items: &ItemFactory<'_>) -> Order {
    let mut order = OrderDraft::new(items, 30_001, ADA, 40);
    if let Some(instance) = items.past(Genre::Drama, Room::Studio) {
        order.tickets = vec![items.ticket(51_001, instance, 0), items.ticket(51_002, instance, 0)];
    }
    order.ticket_delivery = Some(at_the_box_office());
    order.paid_by_card()
}

/// Tickets and merchandise with offers and overridden prices, sent by post and partly paid with a voucher.
fn offers_and_voucher(items: &ItemFactory<'_>) -> Order {
    let mut order = OrderDraft::new(items, 30_002, ADA, 6);
    if let Some(instance) = items.upcoming(Genre::Drama, Room::MainHouse) {
        order.tickets = vec![
            items
                .ticket(51_003, instance, 5)
                .with_percent_off(FRIEND, 1, 20)
                .with_attribute("Seat", "Stalls B4"),
            items
                .ticket(51_004, instance, 6)
                .with_percent_off(FRIEND, 1, 20)
                .with_attribute("Seat", "Stalls B5"),
            items.ticket(51_005, instance, 6).with_overridden_price(pence(0)),
        ];
    }
    order.merchandise = vec![
        items.merchandise(51_006, LANTERN).with_percent_off(MERCHANDISE, 2, 10),
        items
            .merchandise(51_007, PROGRAMME)
            .with_overridden_price(pence(300))
            .with_attribute("Gift Wrap", "1"),
    ];
    order.ticket_delivery = Some(postal());
    order.merchandise_delivery = Some(postal());
    let mut order = order.paid_by_card();
    order.offers = vec![FRIEND, MERCHANDISE];
    let voucher = pence(1000).min(order.total);
    for payment in &mut order.payments {
        payment.amount -= voucher;
    }
    order
        .payments
        .push(voucher_payment(voucher, order.date, order.date_utc));
    order
}

/// Two seats to print at home. One of them was returned, so the order contains the other one and a refund.
fn refunded_ticket(items: &ItemFactory<'_>) -> Order {
    let mut order = OrderDraft::new(items, 30_003, BEN, 20);
    if let Some(instance) = items.upcoming(Genre::Film, Room::Screen) {
        order.tickets = vec![items.ticket(51_008, instance, 0)];
    }
    order.ticket_delivery = Some(print_at_home());
    let mut order = order.paid_by_card();
    let returned = pence(950);
    for payment in &mut order.payments {
        payment.amount += returned;
    }
    let date = days_after(items.season.now.date(), -3).at(16, 5, 0, 0);
    order.refunds = vec![card_refund(returned, date, to_utc(date))];
    order
}

/// Bought today to print at home. The document is not ready yet.
fn printed_at_home(items: &ItemFactory<'_>) -> Order {
    let mut order = OrderDraft::new(items, 30_004, BEN, 0);
    if let Some(instance) = items.upcoming(Genre::Family, Room::Studio) {
        order.tickets = vec![items.ticket(51_009, instance, 0), items.ticket(51_010, instance, 1)];
    }
    order.ticket_delivery = Some(print_at_home());
    order.paid_by_card()
}

/// Merchandise without tickets.
fn merchandise_by_post(items: &ItemFactory<'_>) -> Order {
    let mut order = OrderDraft::new(items, 30_005, CLEO, 11);
    order.merchandise = vec![items.merchandise(51_011, MUG), items.merchandise(51_012, MUG)];
    order.merchandise_delivery = Some(postal());
    order.paid_by_card()
}

/// A ticket for an event that is inactive now.
fn archived_order(items: &ItemFactory<'_>, archived: &ArchivedEvent) -> Order {
    let mut order = OrderDraft::new(items, 30_006, CLEO, 430);
    order.tickets = vec![items.ticket(51_013, &archived.instance, 0)];
    order.ticket_delivery = Some(at_the_box_office());
    order.paid_by_card()
}

/// A free ticket. The order has no payment.
fn free_ticket(items: &ItemFactory<'_>) -> Order {
    let mut order = OrderDraft::new(items, 30_007, DEE, 2);
    if let Some(instance) = items.upcoming(Genre::Talks, Room::Foyer) {
        order.tickets = vec![items.ticket(51_014, instance, 0).with_overridden_price(pence(0))];
    }
    order.ticket_delivery = Some(at_the_box_office());
    order.paid_by_card()
}

/// The contents of an order before its total is calculated.
struct OrderDraft {
    id: i32,
    customer: CustomerId,
    date: DateTime,
    tickets: Vec<Ticket>,
    merchandise: Vec<MerchandiseItem>,
    ticket_delivery: Option<Delivery>,
    merchandise_delivery: Option<Delivery>,
}

impl OrderDraft {
    fn new(items: &ItemFactory<'_>, id: i32, customer: CustomerId, days_ago: i32) -> Self {
        Self {
            id,
            customer,
            date: days_after(items.season.now.date(), -days_ago).at(9, 41, 7, 0),
            tickets: Vec::new(),
            merchandise: Vec::new(),
            ticket_delivery: None,
            merchandise_delivery: None,
        }
    }

    fn paid_by_card(self) -> Order {
        let deliveries = [self.ticket_delivery.as_ref(), self.merchandise_delivery.as_ref()];
        let total = total(&self.tickets, &self.merchandise, deliveries);
        let mut order = Order::new(OrderId::new(self.id), self.date, to_utc(self.date), total);
        order.attributes = Attributes::from_iter([("Heard Of Us By", "Poster"), ("Note", "")]);
        order.customer = Some(self.customer);
        order.friendly_id = Some(format!("MP-{}", self.id * 3));
        order.merchandise_delivery = self.merchandise_delivery;
        order.merchandise_items = self.merchandise;
        order.tickets = self.tickets;
        order.ticket_delivery = self.ticket_delivery;
        if total > pence(0) {
            order.payments = vec![card_payment(total, order.date, order.date_utc)];
        }
        order
    }
}
