//! The state that visitors change, and every change and lookup that concerns more than one part of it.

use http::StatusCode;
use jiff::Timestamp;
use spektrix_v2::{Basket, Customer, CustomerAddress, CustomerAddressId, CustomerId, Order, OrderId, Secret};

use super::addresses::Addresses;
use super::basket_draft::BasketDraft;
use super::customers::Customers;
use super::ids::Ids;
use super::inventory::Inventory;
use super::orders::{Orders, check_complete};
use super::outbox::{MailContent, Outbox};
use super::recalculate::recalculate;
use super::sessions::Sessions;
use super::venue_index::VenueIndex;
use crate::api::Refusal;
use crate::venue::Venue;
use crate::venue::line_item::LineItem;

/// The id of a new session, which becomes the visitor's cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewSession(pub(crate) String);

/// Everything that changes while the sandbox runs.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) addresses: Addresses,
    pub(crate) customers: Customers,
    pub(crate) inventory: Inventory,
    pub(crate) orders: Orders,
    pub(crate) outbox: Outbox,
    sessions: Sessions,
    ids: Ids,
    passwords_reset: u32,
}

impl State {
    pub(super) fn new(index: &VenueIndex, noon: Timestamp) -> Self {
        let venue = &index.venue;
        let mut inventory = Inventory::default();
        inventory.seed(index, &venue.basket);
        Self {
            addresses: Addresses::of(venue),
            customers: Customers::of(venue),
            inventory,
            orders: Orders::of(venue, noon),
            outbox: Outbox::default(),
            sessions: Sessions::seeded(venue.basket.clone()),
            ids: Ids::after(venue),
            passwords_reset: 0,
        }
    }

    /// Returns the basket of a valid session.
    pub(crate) fn basket(&self, session: Option<&str>) -> Result<&Basket, Refusal> {
        let found = session.and_then(|id| self.sessions.basket(id));
        found.ok_or_else(|| no_basket(session))
    }

    /// Changes the basket of a valid session.
    pub(crate) fn change_basket(
        &mut self,
        index: &VenueIndex,
        now: Timestamp,
        session: Option<&str>,
        change: impl FnOnce(&mut BasketDraft<'_>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let old = self.basket(session)?.clone();
        self.replace_basket(index, now, session.unwrap_or_default(), &old, change)
    }

    /// Changes the basket of a session. Without a valid session, starts one with the given id and returns that id.
    pub(crate) fn change_or_start_basket(
        &mut self,
        index: &VenueIndex,
        now: Timestamp,
        session: Option<&str>,
        new_session: NewSession,
        change: impl FnOnce(&mut BasketDraft<'_>) -> Result<(), Refusal>,
    ) -> Result<Option<NewSession>, Refusal> {
        if self.basket(session).is_ok() {
            self.change_basket(index, now, session, change)?;
            return Ok(None);
        }
        self.replace_basket(index, now, &new_session.0, &Basket::new(), change)?;
        Ok(Some(new_session))
    }

    /// Applies a change to a copy of a basket. The copy replaces the basket if the change is accepted and everything in
    /// it is available. Otherwise nothing changes.
    fn replace_basket(
        &mut self,
        index: &VenueIndex,
        now: Timestamp,
        session: &str,
        old: &Basket,
        change: impl FnOnce(&mut BasketDraft<'_>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let mut draft = BasketDraft {
            basket: old.clone(),
            index,
            customers: &self.customers,
            now,
        };
        change(&mut draft)?;
        draft.recalculate();
        let mut basket = draft.basket;
        self.inventory.exchange(index, old, &basket)?;
        self.number_items(&mut basket);
        self.sessions.set_basket(session, basket, now);
        Ok(())
    }

    /// Gives ids to the items that have none.
    fn number_items(&mut self, basket: &mut Basket) {
        let ids = &mut self.ids.item;
        let mut number = |item: &mut dyn LineItem| {
            if item.number().is_none() {
                item.set_number(ids.next());
            }
        };
        basket.tickets.iter_mut().for_each(|ticket| number(ticket));
        basket.merchandise_items.iter_mut().for_each(|item| number(item));
    }

    /// Renews a session.
    pub(crate) fn keep_alive(&mut self, now: Timestamp, session: Option<&str>) -> Result<(), Refusal> {
        let is_valid = session.is_some_and(|id| self.sessions.renew(id, now));
        is_valid.then_some(()).ok_or_else(|| no_basket(session))
    }

    /// Turns a basket into an order. The session then has an empty basket of the same customer.
    pub(crate) fn confirm(
        &mut self,
        index: &VenueIndex,
        now: Timestamp,
        session: Option<&str>,
    ) -> Result<Order, Refusal> {
        let basket = self.basket(session)?.clone();
        let customer = check_complete(&basket)?;
        let email = self.customers.get(customer)?.email.clone();
        self.inventory.sell(&basket);
        let order = self.orders.place(&mut self.ids, basket, now);
        self.outbox
            .send(customer, email.as_deref(), MailContent::Confirmation(order.id));
        let mut empty = Basket::new().with_customer(customer);
        recalculate(index, &mut empty, &[]);
        self.sessions.set_basket(session.unwrap_or_default(), empty, now);
        Ok(order)
    }

    /// Removes expired sessions, and releases their seats and stock.
    pub(super) fn expire_sessions(&mut self, now: Timestamp) {
        for basket in self.sessions.expire(now) {
            self.inventory.release(&basket);
        }
    }

    /// Removes a session as if it had expired.
    pub(crate) fn remove_session(&mut self, id: &str) {
        if let Some(basket) = self.sessions.remove(id) {
            self.inventory.release(&basket);
        }
    }

    /// Removes what the venue no longer has after an edit: items of baskets, and tags and statements of customers.
    pub(super) fn follow_edit(&mut self, index: &VenueIndex) {
        self.customers.remove_missing_references(&index.venue);
        for basket in self.sessions.baskets_mut() {
            let mut kept = basket.clone();
            kept.tickets.retain(|ticket| index.has_ticket(ticket));
            kept.merchandise_items.retain(|item| index.has_item(item));
            if kept != *basket {
                self.inventory.release(basket);
                self.inventory.hold(&kept);
                let customer = kept.customer.and_then(|id| self.customers.get(id).ok());
                let tags = customer.map(|customer| customer.tags.as_slice()).unwrap_or_default();
                recalculate(index, &mut kept, tags);
                *basket = kept;
            }
        }
    }

    /// Gives a session another id. Returns whether there is such a session.
    pub(crate) fn rename_session(&mut self, id: &str, new: &NewSession) -> bool {
        self.sessions.rename(id, &new.0)
    }

    pub(crate) fn create_customers(&mut self, venue: &Venue, sent: Vec<Customer>) -> Result<Vec<CustomerId>, Refusal> {
        self.customers.create(venue, &mut self.ids.customer, sent)
    }

    pub(crate) fn update_customers(&mut self, venue: &Venue, sent: &[Customer]) -> Result<(), Refusal> {
        self.customers.update(venue, sent)
    }

    /// Sets a new password for a customer, and sends it by email.
    pub(crate) fn reset_password(&mut self, id: CustomerId) -> Result<(), Refusal> {
        let email = self.customers.get(id)?.email.clone();
        self.passwords_reset += 1;
        let password = Secret::new(format!("reset-password-{}", self.passwords_reset));
        self.customers.set_password(id, password.clone());
        self.outbox
            .send(id, email.as_deref(), MailContent::NewPassword(password));
        Ok(())
    }

    pub(crate) fn create_addresses(&mut self, sent: Vec<CustomerAddress>) -> Result<Vec<CustomerAddressId>, Refusal> {
        self.addresses.create(&self.customers, &mut self.ids.address, sent)
    }

    pub(crate) fn update_addresses(&mut self, sent: &[CustomerAddress]) -> Result<(), Refusal> {
        self.addresses.update(&self.customers, sent)
    }

    pub(crate) fn delete_address(&mut self, customer: CustomerId, id: CustomerAddressId) -> Result<(), Refusal> {
        self.addresses.delete(customer, id)
    }

    /// Returns all orders: those that the venue started with, then those that were placed since.
    pub(crate) fn all_orders<'a>(&'a self, venue: &'a Venue) -> impl Iterator<Item = &'a Order> {
        venue.orders.iter().chain(&self.orders.placed)
    }

    /// Sends the confirmation of an order by email.
    pub(crate) fn send_confirmation(&mut self, venue: &Venue, id: OrderId) -> Result<(), Refusal> {
        let order = self.all_orders(venue).find(|order| order.id == id);
        let order = order.ok_or_else(|| Refusal::invalid(format!("There is no order {id}.")))?;
        let customer = order
            .customer
            .ok_or_else(|| Refusal::invalid(format!("Order {id} has no customer.")))?;
        let email = self.customers.get(customer)?.email.as_deref();
        self.outbox.send(customer, email, MailContent::Confirmation(id));
        Ok(())
    }
}

fn no_basket(session: Option<&str>) -> Refusal {
    let message = match session {
        Some(_) => "There is no basket: the session of the cookie SessionId does not exist, or it has expired.",
        None => "There is no basket: the request has no cookie SessionId.",
    };
    Refusal::new(StatusCode::NOT_FOUND, message)
}
