//! The movements of money behind the orders: in by payments, out by refunds.

use spektrix_v2::{Order, Payment, Refund, Transaction, TransactionId};

pub(super) fn transactions(orders: &[Order]) -> Vec<Transaction> {
    let mut made = Vec::new();
    let mut ids = (40_001..).map(TransactionId::new);
    for order in orders {
        let payments = ids.by_ref().zip(&order.payments);
        made.extend(payments.map(|(id, payment)| paid(id, order, payment)));
        let refunds = ids.by_ref().zip(&order.refunds);
        made.extend(refunds.map(|(id, refund)| paid_back(id, order, refund)));
    }
    made
}

/// The movement behind a payment.
pub(crate) fn paid(id: TransactionId, order: &Order, payment: &Payment) -> Transaction {
    let mut transaction = Transaction::new(id, payment.amount, payment.date, payment.date_utc);
    transaction.order = Some(order.id);
    transaction.r#type = Some("Payment".to_owned());
    transaction
}

/// Money that goes out is negative, so that the transactions of an order add up to what it cost.
fn paid_back(id: TransactionId, order: &Order, refund: &Refund) -> Transaction {
    let mut transaction = Transaction::new(id, -refund.amount, refund.date, refund.date_utc);
    transaction.order = Some(order.id);
    transaction.r#type = Some("Refund".to_owned());
    transaction
}
