//! Payments for which the visitor is at the bank, and where the visitor goes afterwards.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use spektrix_v2::Order;
use spektrix_v2::iframe::Frame;
use url::Url;

use super::address::ORDER;

/// How many payments are kept. A visitor who closes the browser at the bank never returns.
const MAX_PENDING: usize = 1000;

/// A payment that a bank has to confirm.
#[derive(Clone, Debug)]
pub(super) struct PendingPayment {
    /// The client name of the venue.
    pub(super) client_name: String,
    pub(super) session: String,
    /// Where the bank returns the visitor: the URL before the path.
    pub(super) base_url: String,
    /// Where the visitor returns if the bank refuses.
    pub(super) refused_url: String,
    pub(super) destination: Destination,
}

/// Where a visitor goes with a new order.
#[derive(Clone, Debug)]
pub(super) enum Destination {
    /// The page that the website named.
    Confirmation(Url),
    /// The checkout, which then shows the order.
    Checkout(Frame),
}

impl Destination {
    pub(super) fn url(self, order: &Order) -> String {
        match self {
            Self::Confirmation(url) => url.into(),
            Self::Checkout(frame) => frame.parameter(ORDER, order.id.to_string()).url(),
        }
    }
}

/// The payments by id, the oldest first.
#[derive(Debug, Default)]
pub(super) struct PendingPayments(Mutex<VecDeque<(String, PendingPayment)>>);

impl PendingPayments {
    /// Keeps a payment. Forgets the oldest one if there are too many.
    pub(super) fn add(&self, id: String, payment: PendingPayment) {
        let mut payments = self.lock();
        if payments.len() >= MAX_PENDING {
            payments.pop_front();
        }
        payments.push_back((id, payment));
    }

    pub(super) fn get(&self, id: &str) -> Option<PendingPayment> {
        let payments = self.lock();
        let payment = payments.iter().find(|(known, _)| known == id);
        payment.map(|(_, payment)| payment.clone())
    }

    /// Removes a payment, so that it is confirmed once at most.
    pub(super) fn take(&self, id: &str) -> Option<PendingPayment> {
        let mut payments = self.lock();
        let position = payments.iter().position(|(known, _)| known == id)?;
        payments.remove(position).map(|(_, payment)| payment)
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<(String, PendingPayment)>> {
        // A panic in one request must not make all later ones fail.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::{Destination, MAX_PENDING, PendingPayment, PendingPayments};

    #[test]
    fn payments_are_taken_once_and_their_number_is_limited() {
        let payments = PendingPayments::default();
        let payment = PendingPayment {
            client_name: "v".to_owned(),
            session: "s".to_owned(),
            base_url: "http://127.0.0.1/".to_owned(),
            refused_url: "/".to_owned(),
            destination: Destination::Confirmation(Url::parse("https://venue.example/").expect("a URL")),
        };
        for number in 0..=MAX_PENDING {
            payments.add(number.to_string(), payment.clone());
        }
        assert!(payments.get("0").is_none() && payments.get("1").is_some());
        assert!(payments.take("1").is_some());
        assert!(payments.take("1").is_none());
    }
}
