//! What is done with a session and its basket. A change is worked out on a copy and takes place as a whole, or not at
//! all.

use http::StatusCode;
use jiff::Timestamp;
use spektrix_v2::{Basket, Order};

use super::catalogue::Catalogue;
use super::draft::Draft;
use super::line::Line;
use super::outbox::MailContent;
use super::{State, orders};
use crate::service::Refusal;

/// The id of a session that a change began: the visitor's cookie from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Begun(pub(crate) String);

impl State {
    /// The basket of a live session.
    pub(crate) fn basket(&self, session: Option<&str>) -> Result<&Basket, Refusal> {
        let found = session.and_then(|id| self.sessions.basket(id));
        found.ok_or_else(|| no_basket(session))
    }

    /// Changes the basket of a live session.
    pub(crate) fn change<T>(
        &mut self,
        catalogue: &Catalogue,
        now: Timestamp,
        session: Option<&str>,
        how: impl FnOnce(&mut Draft<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let old = self.basket(session)?.clone();
        self.replace(catalogue, now, session.unwrap_or_default(), &old, how)
    }

    /// Changes the basket of a session, or begins one where none lives: `new_id` is then its id.
    pub(crate) fn change_or_begin<T>(
        &mut self,
        catalogue: &Catalogue,
        now: Timestamp,
        session: Option<&str>,
        new_id: Begun,
        how: impl FnOnce(&mut Draft<'_>) -> Result<T, Refusal>,
    ) -> Result<(T, Option<Begun>), Refusal> {
        match self.basket(session) {
            Ok(_) => self.change(catalogue, now, session, how).map(|made| (made, None)),
            Err(_) => {
                let made = self.replace(catalogue, now, &new_id.0, &Basket::new(), how)?;
                Ok((made, Some(new_id)))
            }
        }
    }

    fn replace<T>(
        &mut self,
        catalogue: &Catalogue,
        now: Timestamp,
        id: &str,
        old: &Basket,
        how: impl FnOnce(&mut Draft<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut draft = Draft {
            basket: old.clone(),
            catalogue,
            people: &self.people,
            now,
        };
        let made = how(&mut draft)?;
        draft.settle();
        let mut basket = draft.basket;
        self.inventory.exchange(catalogue, old, &basket)?;
        self.number(&mut basket);
        self.sessions.put(id, basket, now);
        Ok(made)
    }

    /// Gives an id to the items that have none yet.
    fn number(&mut self, basket: &mut Basket) {
        let ids = &mut self.ids.item;
        let mut number = |line: &mut dyn Line| {
            if line.number().is_none() {
                line.give_number(ids.next());
            }
        };
        basket.tickets.iter_mut().for_each(|ticket| number(ticket));
        basket.merchandise_items.iter_mut().for_each(|item| number(item));
    }

    pub(crate) fn keep_alive(&mut self, now: Timestamp, session: Option<&str>) -> Result<(), Refusal> {
        let lives = session.is_some_and(|id| self.sessions.renew(id, now));
        lives.then_some(()).ok_or_else(|| no_basket(session))
    }

    /// Makes an order of a basket. The session goes on with an empty basket of the same customer.
    pub(crate) fn confirm(
        &mut self,
        catalogue: &Catalogue,
        now: Timestamp,
        session: Option<&str>,
    ) -> Result<Order, Refusal> {
        let basket = self.basket(session)?.clone();
        let customer = orders::is_complete(&basket)?;
        let email = self.people.customer(customer)?.email.clone();
        self.inventory.sell(&basket);
        let order = self.orders.make(&mut self.ids, basket, now);
        self.outbox
            .send(customer, email.as_deref(), MailContent::Confirmation(order.id));
        let mut empty = Basket::new().with_customer(customer);
        super::settle::settle(catalogue, &mut empty, &[]);
        self.sessions.put(session.unwrap_or_default(), empty, now);
        Ok(order)
    }

    /// Ends the sessions whose time is up, and gives back what they hold.
    pub(super) fn expire(&mut self, now: Timestamp) {
        for basket in self.sessions.expire(now) {
            self.inventory.release(&basket);
        }
    }

    /// Ends a session as if its time were up.
    pub(crate) fn forget_session(&mut self, id: &str) {
        if let Some(basket) = self.sessions.forget(id) {
            self.inventory.release(&basket);
        }
    }
}

fn no_basket(session: Option<&str>) -> Refusal {
    let message = match session {
        Some(_) => "There is no basket: the session of the cookie SessionId does not live.",
        None => "There is no basket: the request has no cookie SessionId.",
    };
    Refusal::new(StatusCode::NOT_FOUND, message)
}
