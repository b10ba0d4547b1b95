//! Orders that customers have made: paid by card or voucher, partly refunded, delivered in all three ways, or free.

use jiff::Timestamp;
use jiff::civil::DateTime;
use rust_decimal::Decimal;
use spektrix_v2::{Attributes, CustomerId, Delivery, MerchandiseItem, Order, OrderId, Payment, Refund, Secret, Ticket};

use super::archive::Archive;
use super::clock::{days_after, to_utc};
use super::customers::{ADA, BEN, CLEO, DEE};
use super::delivery::{self, at_the_box_office, postal, print_at_home};
use super::money::{pence, sum};
use super::offers::{FRIEND, MERCHANDISE};
use super::programme::Genre;
use super::seats::Room;
use super::shelf::{Item, Shelf};
use super::stock::{LANTERN, MUG, PROGRAMME};

pub(super) fn orders(shelf: &Shelf<'_>, archive: &Archive) -> Vec<Order> {
    vec![
        an_evening_out(shelf),
        a_family_outing(shelf),
        one_ticket_returned(shelf),
        printed_at_home(shelf),
        presents_by_post(shelf),
        from_last_year(shelf, archive),
        a_free_talk(shelf),
    ]
}

/// Two seats at a play that is over, collected.
fn an_evening_out(shelf: &Shelf<'_>) -> Order {
    let mut sale = Sale::new(shelf, 30_001, ADA, 40);
    if let Some(instance) = shelf.past(Genre::Drama, Room::Studio) {
        sale.tickets = vec![shelf.ticket(51_001, instance, 0), shelf.ticket(51_002, instance, 0)];
    }
    sale.ticket_delivery = Some(at_the_box_office());
    sale.paid_by_card()
}

/// Seats with an offer, programmes with another, an altered price, and everything by post; a voucher paid part of it.
fn a_family_outing(shelf: &Shelf<'_>) -> Order {
    let mut sale = Sale::new(shelf, 30_002, ADA, 6);
    if let Some(instance) = shelf.upcoming(Genre::Drama, Room::MainHouse) {
        sale.tickets = vec![
            shelf
                .ticket(51_003, instance, 5)
                .discounted(FRIEND, 1, 20)
                .noted("Seat", "Stalls B4"),
            shelf
                .ticket(51_004, instance, 6)
                .discounted(FRIEND, 1, 20)
                .noted("Seat", "Stalls B5"),
            shelf.ticket(51_005, instance, 6).at(pence(0)),
        ];
    }
    sale.merchandise = vec![
        shelf.merchandise(51_006, LANTERN).discounted(MERCHANDISE, 2, 10),
        shelf
            .merchandise(51_007, PROGRAMME)
            .at(pence(300))
            .noted("Gift Wrap", "1"),
    ];
    sale.ticket_delivery = Some(postal());
    sale.merchandise_delivery = Some(postal());
    let mut order = sale.paid_by_card();
    order.offers = vec![FRIEND, MERCHANDISE];
    let voucher = pence(1000).min(order.total);
    for payment in &mut order.payments {
        payment.amount -= voucher;
    }
    order
        .payments
        .push(payment(voucher, order.date, order.date_utc, "Gift Voucher"));
    order
}

/// Two seats to print at home, of which one has been returned: the order keeps the other.
fn one_ticket_returned(shelf: &Shelf<'_>) -> Order {
    let mut sale = Sale::new(shelf, 30_003, BEN, 20);
    if let Some(instance) = shelf.upcoming(Genre::Film, Room::Screen) {
        sale.tickets = vec![shelf.ticket(51_008, instance, 0)];
    }
    sale.ticket_delivery = Some(print_at_home());
    let mut order = sale.paid_by_card();
    let returned = pence(950);
    for payment in &mut order.payments {
        payment.amount += returned;
    }
    let date = days_after(shelf.season.now.date(), -3).at(16, 5, 0, 0);
    let mut refund = Refund::new(returned, date, to_utc(date));
    refund.card_number = Some(card());
    refund.r#type = Some(CARD.to_owned());
    order.refunds = vec![refund];
    order
}

/// Bought today: the document is not ready yet.
fn printed_at_home(shelf: &Shelf<'_>) -> Order {
    let mut sale = Sale::new(shelf, 30_004, BEN, 0);
    if let Some(instance) = shelf.upcoming(Genre::Family, Room::Studio) {
        sale.tickets = vec![shelf.ticket(51_009, instance, 0), shelf.ticket(51_010, instance, 1)];
    }
    sale.ticket_delivery = Some(print_at_home());
    sale.paid_by_card()
}

fn presents_by_post(shelf: &Shelf<'_>) -> Order {
    let mut sale = Sale::new(shelf, 30_005, CLEO, 11);
    sale.merchandise = vec![shelf.merchandise(51_011, MUG), shelf.merchandise(51_012, MUG)];
    sale.merchandise_delivery = Some(postal());
    sale.paid_by_card()
}

/// For an event that has since been made inactive.
fn from_last_year(shelf: &Shelf<'_>, archive: &Archive) -> Order {
    let mut sale = Sale::new(shelf, 30_006, CLEO, 430);
    sale.tickets = vec![shelf.ticket(51_013, &archive.instance, 0)];
    sale.ticket_delivery = Some(at_the_box_office());
    sale.paid_by_card()
}

/// Nothing to pay, so no payment.
fn a_free_talk(shelf: &Shelf<'_>) -> Order {
    let mut sale = Sale::new(shelf, 30_007, DEE, 2);
    if let Some(instance) = shelf.upcoming(Genre::Talks, Room::Foyer) {
        sale.tickets = vec![shelf.ticket(51_014, instance, 0).at(pence(0))];
    }
    sale.ticket_delivery = Some(at_the_box_office());
    sale.paid_by_card()
}

/// What is bought, before it is added up.
struct Sale {
    id: i32,
    customer: CustomerId,
    date: DateTime,
    tickets: Vec<Ticket>,
    merchandise: Vec<MerchandiseItem>,
    ticket_delivery: Option<Delivery>,
    merchandise_delivery: Option<Delivery>,
}

impl Sale {
    fn new(shelf: &Shelf<'_>, id: i32, customer: CustomerId, days_ago: i32) -> Self {
        Self {
            id,
            customer,
            date: days_after(shelf.season.now.date(), -days_ago).at(9, 41, 7, 0),
            tickets: Vec::new(),
            merchandise: Vec::new(),
            ticket_delivery: None,
            merchandise_delivery: None,
        }
    }

    fn total(&self) -> Decimal {
        let items = self
            .tickets
            .iter()
            .map(Item::cost)
            .chain(self.merchandise.iter().map(Item::cost));
        let fees = [&self.ticket_delivery, &self.merchandise_delivery].map(|way| delivery::fee(way.as_ref()));
        sum(items.chain(fees))
    }

    fn paid_by_card(self) -> Order {
        let total = self.total();
        let mut order = Order::new(OrderId::new(self.id), self.date, to_utc(self.date), total);
        order.attributes = Attributes::from_iter([("Heard Of Us By", "Poster"), ("Note", "")]);
        order.customer = Some(self.customer);
        order.friendly_id = Some(format!("MP-{}", self.id * 3));
        order.merchandise_delivery = self.merchandise_delivery;
        order.merchandise_items = self.merchandise;
        order.tickets = self.tickets;
        order.ticket_delivery = self.ticket_delivery;
        if total > pence(0) {
            order.payments = vec![paid_by_card(total, order.date, order.date_utc)];
        }
        order
    }
}

const CARD: &str = "Card";

/// A payment by card, at a moment by the venue's clocks and in UTC.
pub(crate) fn paid_by_card(amount: Decimal, date: DateTime, utc: Timestamp) -> Payment {
    payment(amount, date, utc, CARD)
}

fn payment(amount: Decimal, date: DateTime, utc: Timestamp, by: &str) -> Payment {
    let mut payment = Payment::new(amount, date, utc);
    payment.card_number = (by == CARD).then(card);
    payment.r#type = Some(by.to_owned());
    payment
}

/// Truncated, as the service never answers a whole number.
fn card() -> Secret {
    Secret::new("************0000")
}
