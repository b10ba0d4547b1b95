//! What the service would have mailed: kept for tests to look at, as a sandbox mails nothing.

use std::collections::VecDeque;

use spektrix_v2::{CustomerId, OrderId, Secret};

/// How many mails are kept; older ones go first.
const KEPT: usize = 10_000;

/// A mail that the service would have sent.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Mail {
    /// Whom it is for.
    pub customer: CustomerId,
    /// Where it goes: the customer's address at the time.
    pub email: String,
    /// What is in it.
    pub content: MailContent,
}

/// What a [`Mail`] is about.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum MailContent {
    /// The password that the customer has from now on.
    NewPassword(Secret),
    /// The confirmation of an order.
    Confirmation(OrderId),
}

/// The mails, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Outbox(VecDeque<Mail>);

impl Outbox {
    pub(super) fn send(&mut self, customer: CustomerId, email: Option<&str>, content: MailContent) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        let email = email.unwrap_or_default().to_owned();
        self.0.push_back(Mail {
            customer,
            email,
            content,
        });
    }

    pub(crate) fn to_vec(&self) -> Vec<Mail> {
        self.0.iter().cloned().collect()
    }
}
