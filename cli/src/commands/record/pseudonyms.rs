//! Replaces what identifies a customer. Equal values have equal replacements in all objects of a recording.
//!
//! An object is built again from the fields that are known to be safe. So a field that a later version of the schemas adds is
//! left out until somebody has decided about it. Identifiers stay: the objects refer to each other by them.

use std::collections::HashMap;

use spektrix_v2::jiff::civil::date;
use spektrix_v2::{Address, Customer, CustomerAddress, Delivery, MerchandiseItem, Order, Payment, Refund, Ticket};

/// What a value is: each kind has its replacements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    FirstName,
    LastName,
    Email,
    Telephone,
    FriendlyId,
    AddressName,
    Line,
    Town,
    County,
    Postcode,
}

/// The replacements so far.
#[derive(Debug, Default)]
pub(super) struct Pseudonyms {
    numbers: HashMap<(Kind, String), usize>,
    counts: HashMap<Kind, usize>,
}

impl Pseudonyms {
    pub(super) fn customer(&mut self, customer: &Customer) -> Customer {
        let mut safe = Customer::new();
        safe.id = customer.id;
        safe.birth_date = customer.birth_date.map(|_| date(1970, 1, 1).at(0, 0, 0, 0));
        safe.email = self.replace(Kind::Email, customer.email.as_deref());
        safe.first_name = self.replace(Kind::FirstName, customer.first_name.as_deref());
        safe.friendly_id = self.replace(Kind::FriendlyId, customer.friendly_id.as_deref());
        safe.last_name = self.replace(Kind::LastName, customer.last_name.as_deref());
        safe.mobile = self.replace(Kind::Telephone, customer.mobile.as_deref());
        safe.phone = self.replace(Kind::Telephone, customer.phone.as_deref());
        safe.statements.clone_from(&customer.statements);
        safe.tags.clone_from(&customer.tags);
        safe
    }

    pub(super) fn customer_address(&mut self, address: &CustomerAddress) -> CustomerAddress {
        let mut safe = CustomerAddress::new();
        safe.id = address.id;
        safe.customer = address.customer;
        safe.country.clone_from(&address.country);
        safe.name = self.replace(Kind::AddressName, address.name.as_deref());
        safe.county = self.replace(Kind::County, address.county.as_deref());
        safe.postcode = self.replace(Kind::Postcode, address.postcode.as_deref());
        safe.town = self.replace(Kind::Town, address.town.as_deref());
        safe.line1 = self.replace(Kind::Line, address.line1.as_deref());
        safe.line2 = self.replace(Kind::Line, address.line2.as_deref());
        safe.line3 = self.replace(Kind::Line, address.line3.as_deref());
        safe.line4 = self.replace(Kind::Line, address.line4.as_deref());
        safe.line5 = self.replace(Kind::Line, address.line5.as_deref());
        safe
    }

    pub(super) fn order(&mut self, order: &Order) -> Order {
        let mut safe = Order::new(order.id, order.date, order.date_utc, order.total);
        safe.customer = order.customer;
        safe.friendly_id = self.replace(Kind::FriendlyId, order.friendly_id.as_deref());
        safe.offers.clone_from(&order.offers);
        safe.tickets = order.tickets.iter().map(ticket).collect();
        safe.merchandise_items = order.merchandise_items.iter().map(merchandise_item).collect();
        safe.payments = order.payments.iter().map(payment).collect();
        safe.refunds = order.refunds.iter().map(refund).collect();
        safe.ticket_delivery = order.ticket_delivery.as_ref().map(|delivery| self.delivery(delivery));
        safe.merchandise_delivery = order
            .merchandise_delivery
            .as_ref()
            .map(|delivery| self.delivery(delivery));
        safe
    }

    fn delivery(&mut self, delivery: &Delivery) -> Delivery {
        let mut safe = Delivery::new();
        safe.address = delivery.address.as_ref().map(|address| self.address(address));
        safe.fee = delivery.fee;
        safe.r#type.clone_from(&delivery.r#type);
        safe
    }

    fn address(&mut self, address: &Address) -> Address {
        let mut safe = Address::new();
        safe.country.clone_from(&address.country);
        safe.county = self.replace(Kind::County, address.county.as_deref());
        safe.postcode = self.replace(Kind::Postcode, address.postcode.as_deref());
        safe.town = self.replace(Kind::Town, address.town.as_deref());
        safe.line1 = self.replace(Kind::Line, address.line1.as_deref());
        safe.line2 = self.replace(Kind::Line, address.line2.as_deref());
        safe.line3 = self.replace(Kind::Line, address.line3.as_deref());
        safe.line4 = self.replace(Kind::Line, address.line4.as_deref());
        safe.line5 = self.replace(Kind::Line, address.line5.as_deref());
        safe
    }

    /// Returns the replacement of a value. An empty value stays empty. Case and whitespace at the ends do not count, because
    /// people type the same value in several ways.
    fn replace(&mut self, kind: Kind, value: Option<&str>) -> Option<String> {
        let key = value?.trim().to_lowercase();
        if key.is_empty() {
            return Some(String::new());
        }
        let count = self.counts.entry(kind).or_default();
        let number = *self.numbers.entry((kind, key)).or_insert_with(|| {
            *count += 1;
            *count
        });
        Some(replacement(kind, number))
    }
}

fn replacement(kind: Kind, number: usize) -> String {
    match kind {
        Kind::FirstName => format!("First{number}"),
        Kind::LastName => format!("Last{number}"),
        Kind::Email => format!("customer{number}@example.org"),
        // Up to 999, from the range that Ofcom reserves for drama.
        Kind::Telephone => format!("07700 900{number:03}"),
        Kind::FriendlyId => format!("X-{number}"),
        Kind::AddressName => format!("Address {number}"),
        Kind::Line => format!("{number} Test Street"),
        Kind::Town => format!("Town{number}"),
        Kind::County => format!("County{number}"),
        // No area has these letters.
        Kind::Postcode => format!("ZZ{number} 1ZZ"),
    }
}

fn ticket(ticket: &Ticket) -> Ticket {
    let mut safe = Ticket::new();
    safe.id = ticket.id;
    safe.band = ticket.band;
    safe.discount = ticket.discount;
    safe.instance = ticket.instance;
    safe.offer = ticket.offer;
    safe.offer_group = ticket.offer_group;
    safe.override_price = ticket.override_price;
    safe.plan = ticket.plan;
    safe.price = ticket.price;
    safe.ticket_type = ticket.ticket_type;
    safe
}

fn merchandise_item(item: &MerchandiseItem) -> MerchandiseItem {
    let mut safe = MerchandiseItem::new();
    safe.id = item.id;
    safe.discount = item.discount;
    safe.offer = item.offer;
    safe.offer_group = item.offer_group;
    safe.override_price = item.override_price;
    safe.price = item.price;
    safe.stock_item = item.stock_item;
    safe
}

fn payment(payment: &Payment) -> Payment {
    let mut safe = Payment::new(payment.amount, payment.date, payment.date_utc);
    safe.r#type.clone_from(&payment.r#type);
    safe
}

fn refund(refund: &Refund) -> Refund {
    let mut safe = Refund::new(refund.amount, refund.date, refund.date_utc);
    safe.r#type.clone_from(&refund.r#type);
    safe
}

#[cfg(test)]
mod tests {
    use spektrix_v2::{Attributes, CustomerId, Secret};

    use super::*;

    #[test]
    fn equal_values_have_equal_replacements() {
        let mut pseudonyms = Pseudonyms::default();
        let table = [
            (Kind::LastName, Some("Sample"), Some("Last1")),
            (Kind::LastName, Some(" SAMPLE "), Some("Last1")),
            (Kind::LastName, Some("Example"), Some("Last2")),
            (Kind::FirstName, Some("Sample"), Some("First1")),
            (Kind::Telephone, Some("01632 960210"), Some("07700 900001")),
            (Kind::Email, Some(" "), Some("")),
            (Kind::Email, None, None),
        ];
        for (kind, value, expected) in table {
            assert_eq!(
                pseudonyms.replace(kind, value).as_deref(),
                expected,
                "{kind:?} {value:?}"
            );
        }
    }

    #[test]
    fn what_is_not_known_to_be_safe_is_left_out() {
        let customer = Customer::new()
            .with_id(CustomerId::new(7))
            .with_attributes(Attributes::from_iter([("Notes", "afraid of balconies")]))
            .with_password(Secret::new("correct horse"))
            .with_title("Dr")
            .with_birth_date(date(1984, 6, 8).at(0, 0, 0, 0));
        let expected = Customer::new()
            .with_id(CustomerId::new(7))
            .with_birth_date(date(1970, 1, 1).at(0, 0, 0, 0));
        assert_eq!(Pseudonyms::default().customer(&customer), expected);
    }
}
