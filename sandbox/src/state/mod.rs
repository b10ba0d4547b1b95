//! What changes while a sandbox runs: customers, baskets, what they hold, orders. The venue itself never changes.
//!
//! Everything that changes is behind one lock. It is held for as long as one request's change takes to be worked out,
//! some microseconds for a basket, and never while anything is read from or written to the network.

mod addresses;
mod baskets;
mod catalogue;
pub(crate) mod clock;
mod delivery;
mod draft;
mod ids;
mod inventory;
mod line;
mod merchandise;
mod merge;
mod offers;
mod orders;
mod outbox;
mod people;
mod price;
#[cfg(test)]
mod random;
mod sessions;
mod settle;
mod tickets;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use spektrix_v2::{Customer, CustomerAddress, CustomerAddressId, CustomerId, Order, OrderId, Secret};

use crate::service::Refusal;
use crate::venue::Venue;
use addresses::Addresses;
pub(crate) use baskets::Begun;
pub(crate) use catalogue::Catalogue;
use clock::Clock;
pub(crate) use draft::Draft;
use ids::Ids;
use inventory::Inventory;
pub(crate) use orders::Document;
use orders::Orders;
use outbox::Outbox;
pub use outbox::{Mail, MailContent};
use people::People;
pub(crate) use people::SEEDED_PASSWORD;
pub(crate) use sessions::SEEDED;
use sessions::Sessions;

/// The venue, what has become of it, and what time it is there.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) catalogue: Catalogue,
    clock: Clock,
    state: Mutex<State>,
}

impl World {
    /// The venue at noon of its day, with its customers, the past's orders, and one basket.
    pub(crate) fn new(venue: Venue, clock: Clock) -> Self {
        let catalogue = Catalogue::new(venue);
        let state = Mutex::new(State::new(&catalogue, clock.noon()));
        Self {
            catalogue,
            clock,
            state,
        }
    }

    /// What has become of it by now. Nobody else can look or change anything while this is held.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.expire(self.now());
        state
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Everything as it was at the start, and the clock no longer put forward.
    pub(crate) fn reset(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        *state = State::new(&self.catalogue, self.clock.noon());
        self.clock.reset();
    }
}

/// Everything that changes.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) addresses: Addresses,
    pub(crate) inventory: Inventory,
    pub(crate) orders: Orders,
    pub(crate) outbox: Outbox,
    pub(crate) people: People,
    pub(crate) sessions: Sessions,
    ids: Ids,
    passwords_reset: u32,
}

impl State {
    fn new(catalogue: &Catalogue, noon: Timestamp) -> Self {
        let venue = &catalogue.venue;
        let mut inventory = Inventory::default();
        inventory.seed(catalogue, &venue.basket);
        Self {
            addresses: Addresses::of(venue),
            inventory,
            orders: Orders::of(venue, noon),
            outbox: Outbox::default(),
            people: People::of(venue),
            sessions: Sessions::seeded(venue.basket.clone()),
            ids: Ids::after(venue),
            passwords_reset: 0,
        }
    }

    pub(crate) fn create_customers(&mut self, venue: &Venue, sent: Vec<Customer>) -> Result<Vec<CustomerId>, Refusal> {
        self.people.create(venue, &mut self.ids.customer, sent)
    }

    pub(crate) fn update_customers(&mut self, venue: &Venue, sent: &[Customer]) -> Result<(), Refusal> {
        self.people.update(venue, sent)
    }

    /// Gives a customer a new password, and mails it.
    pub(crate) fn reset_password(&mut self, id: CustomerId) -> Result<(), Refusal> {
        let email = self.people.customer(id)?.email.clone();
        self.passwords_reset += 1;
        let password = Secret::new(format!("reset-password-{}", self.passwords_reset));
        self.people.set_password(id, password.clone());
        self.outbox
            .send(id, email.as_deref(), MailContent::NewPassword(password));
        Ok(())
    }

    pub(crate) fn create_addresses(&mut self, sent: Vec<CustomerAddress>) -> Result<Vec<CustomerAddressId>, Refusal> {
        self.addresses.create(&self.people, &mut self.ids.address, sent)
    }

    pub(crate) fn update_addresses(&mut self, sent: &[CustomerAddress]) -> Result<(), Refusal> {
        self.addresses.update(&self.people, sent)
    }

    pub(crate) fn delete_address(&mut self, customer: CustomerId, id: CustomerAddressId) -> Result<(), Refusal> {
        self.addresses.delete(customer, id)
    }

    /// All orders, those of the past first.
    pub(crate) fn orders<'a>(&'a self, venue: &'a Venue) -> impl Iterator<Item = &'a Order> {
        venue.orders.iter().chain(&self.orders.made)
    }

    /// Mails the confirmation of an order.
    pub(crate) fn confirm_by_mail(&mut self, venue: &Venue, id: OrderId) -> Result<(), Refusal> {
        let order = self.orders(venue).find(|order| order.id == id);
        let order = order.ok_or_else(|| Refusal::invalid(format!("There is no order {id}.")))?;
        let customer = order
            .customer
            .ok_or_else(|| Refusal::invalid(format!("Order {id} has no customer.")))?;
        let email = self.people.customer(customer)?.email.as_deref();
        self.outbox.send(customer, email, MailContent::Confirmation(id));
        Ok(())
    }
}
