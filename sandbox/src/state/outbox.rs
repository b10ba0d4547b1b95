//! Emails that the service would have sent. A sandbox sends none, but keeps them for tests.

use std::collections::VecDeque;

use spektrix_v2::{CustomerId, OrderId, Secret};

/// How many emails are kept. The oldest ones are removed first.
const MAX_MAILS: usize = 10_000;

/// An email that the service would have sent.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Mail {
    /// The customer that it is for.
    pub customer: CustomerId,
    /// The email address that the customer had at that time.
    pub email: String,
    /// The content.
    pub content: MailContent,
}

/// The content of a [`Mail`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum MailContent {
    /// The new password of the customer.
    NewPassword(Secret),
    /// The confirmation of an order.
    Confirmation(OrderId),
}

/// The emails, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Outbox(VecDeque<Mail>);

impl Outbox {
    pub(super) fn send(&mut self, customer: CustomerId, email: Option<&str>, content: MailContent) {
        if self.0.len() == MAX_MAILS {
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
