//! Orders made while the sandbox runs, the money behind them, and their documents to print.

use std::time::Duration;

use jiff::Timestamp;
use rust_decimal::Decimal;
use spektrix_v2::{Basket, CustomerId, InstanceId, Order, OrderId, PrintAtHomeLinkId, Transaction, TransactionId};

use super::clock::later;
use super::ids::Ids;
use crate::service::Refusal;
use crate::venue::Venue;
use crate::venue::clock::to_local;
use crate::venue::orders::paid_by_card;
use crate::venue::print_at_home::{instances, is_printed};
use crate::venue::transactions::paid;

/// How long it takes until a document can be downloaded.
const DOCUMENT_TAKES: Duration = Duration::from_secs(2 * 60);
/// The same for those that the venue has not finished when the sandbox starts, at noon: until midnight.
const SEEDED_DOCUMENT_TAKES: Duration = Duration::from_secs(12 * 60 * 60);

/// Tickets of an order for one instance, to print at home.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) id: PrintAtHomeLinkId,
    pub(crate) customer: Option<CustomerId>,
    pub(crate) instance: Option<InstanceId>,
    pub(crate) ready_at: Timestamp,
}

/// What there is beyond the orders of the venue's past.
#[derive(Debug)]
pub(crate) struct Orders {
    pub(crate) made: Vec<Order>,
    pub(crate) transactions: Vec<Transaction>,
    /// Also those of the past.
    pub(crate) documents: Vec<Document>,
}

impl Orders {
    pub(super) fn of(venue: &Venue, noon: Timestamp) -> Self {
        let links = venue.print_at_home_links.iter();
        let documents = links.map(|link| Document {
            id: link.id,
            customer: link.customer,
            instance: link.instance,
            ready_at: if link.tickets_ready {
                Timestamp::MIN
            } else {
                later(noon, SEEDED_DOCUMENT_TAKES)
            },
        });
        Self {
            made: Vec::new(),
            transactions: Vec::new(),
            documents: documents.collect(),
        }
    }

    /// Makes an order of a basket that is complete, paid by card.
    pub(super) fn make(&mut self, ids: &mut Ids, basket: Basket, now: Timestamp) -> Order {
        // The service's times have no fractions of a second.
        let now = Timestamp::from_second(now.as_second()).unwrap_or(now);
        let total = basket.total.unwrap_or_default();
        let id = OrderId::new(ids.order.next());
        let mut order = Order::new(id, to_local(now), now, total);
        order.customer = basket.customer;
        order.friendly_id = Some(format!("MP-{}", i64::from(id.get()) * 3));
        order.merchandise_delivery = basket.merchandise_delivery;
        order.merchandise_items = basket.merchandise_items;
        order.offers = basket.offers;
        order.tickets = basket.tickets;
        order.ticket_delivery = basket.ticket_delivery;
        if total > Decimal::ZERO {
            let payment = paid_by_card(total, order.date, now);
            let id = TransactionId::new(ids.transaction.next());
            self.transactions.push(paid(id, &order, &payment));
            order.payments = vec![payment];
        }
        self.print(ids, &order);
        self.made.push(order.clone());
        order
    }

    fn print(&mut self, ids: &mut Ids, order: &Order) {
        if !is_printed(order) {
            return;
        }
        let documents = instances(order).into_iter().map(|instance| Document {
            id: PrintAtHomeLinkId::new(ids.document.next()),
            customer: order.customer,
            instance: Some(instance),
            ready_at: later(order.date_utc, DOCUMENT_TAKES),
        });
        self.documents.extend(documents);
    }
}

/// Why a basket cannot become an order yet: without items, without somebody who buys them, without a way to deliver
/// them.
pub(super) fn is_complete(basket: &Basket) -> Result<CustomerId, Refusal> {
    let (tickets, merchandise) = (!basket.tickets.is_empty(), !basket.merchandise_items.is_empty());
    let problem = match basket.customer {
        _ if !tickets && !merchandise => "it is empty",
        None => "it has no Customer",
        Some(_) if tickets && basket.ticket_delivery.is_none() => "it has no TicketDelivery",
        Some(_) if merchandise && basket.merchandise_delivery.is_none() => "it has no MerchandiseDelivery",
        Some(customer) => return Ok(customer),
    };
    Err(Refusal::invalid(format!("The basket cannot be confirmed: {problem}.")))
}
