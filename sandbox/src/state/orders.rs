//! Orders that are placed while the sandbox runs, their transactions, and documents to print at home.

use std::time::Duration;

use jiff::Timestamp;
use rust_decimal::Decimal;
use spektrix_v2::{Basket, CustomerId, InstanceId, Order, OrderId, PrintAtHomeLinkId, Transaction, TransactionId};

use super::clock::later;
use super::ids::Ids;
use crate::api::Refusal;
use crate::venue::Venue;
use crate::venue::local_time::to_local;
use crate::venue::payments::{card_payment, payment_transaction};
use crate::venue::print_at_home::{instances, is_printed};

/// How long it takes until the document of a new order can be downloaded.
const DOCUMENT_DELAY: Duration = Duration::from_secs(2 * 60);
/// How long it takes for documents that are not ready when the sandbox starts, at noon: until midnight.
const SEEDED_DOCUMENT_DELAY: Duration = Duration::from_secs(12 * 60 * 60);

/// A document with the tickets of an order for one instance.
#[derive(Clone, Debug)]
pub(crate) struct PrintAtHomeDocument {
    pub(crate) id: PrintAtHomeLinkId,
    pub(crate) customer: Option<CustomerId>,
    pub(crate) instance: Option<InstanceId>,
    pub(crate) ready_at: Timestamp,
}

/// The orders that were placed since the sandbox started.
#[derive(Debug)]
pub(crate) struct Orders {
    pub(crate) placed: Vec<Order>,
    pub(crate) transactions: Vec<Transaction>,
    /// Includes the documents of the orders that the venue started with.
    pub(crate) documents: Vec<PrintAtHomeDocument>,
}

impl Orders {
    pub(super) fn of(venue: &Venue, noon: Timestamp) -> Self {
        let links = venue.print_at_home_links.iter();
        let documents = links.map(|link| PrintAtHomeDocument {
            id: link.id,
            customer: link.customer,
            instance: link.instance,
            ready_at: if link.tickets_ready {
                Timestamp::MIN
            } else {
                later(noon, SEEDED_DOCUMENT_DELAY)
            },
        });
        Self {
            placed: Vec::new(),
            transactions: Vec::new(),
            documents: documents.collect(),
        }
    }

    /// Turns a complete basket into an order that is paid by card.
    pub(super) fn place(&mut self, ids: &mut Ids, basket: Basket, now: Timestamp) -> Order {
        // Times of the service have no fractions of a second.
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
            let payment = card_payment(total, order.date, now);
            let id = TransactionId::new(ids.transaction.next());
            self.transactions.push(payment_transaction(id, &order, &payment));
            order.payments = vec![payment];
        }
        if is_printed(&order) {
            self.create_documents(ids, &order);
        }
        self.placed.push(order.clone());
        order
    }

    fn create_documents(&mut self, ids: &mut Ids, order: &Order) {
        let documents = instances(order).into_iter().map(|instance| PrintAtHomeDocument {
            id: PrintAtHomeLinkId::new(ids.document.next()),
            customer: order.customer,
            instance: Some(instance),
            ready_at: later(order.date_utc, DOCUMENT_DELAY),
        });
        self.documents.extend(documents);
    }
}

/// Checks that a basket can be confirmed: it needs items, a customer, and deliveries for its items. Returns the customer.
pub(crate) fn check_complete(basket: &Basket) -> Result<CustomerId, Refusal> {
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
