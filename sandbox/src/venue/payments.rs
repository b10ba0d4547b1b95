//! Payments of orders, and the transactions behind payments and refunds.

use jiff::Timestamp;
use jiff::civil::DateTime;
use rust_decimal::Decimal;
use spektrix_v2::{Order, Payment, Refund, Secret, Transaction, TransactionId};

/// The type of payments and refunds by card.
const CARD: &str = "Card";

/// Creates a payment by card. `date` and `utc` are the same time.
pub(crate) fn card_payment(amount: Decimal, date: DateTime, utc: Timestamp) -> Payment {
    let mut payment = payment(amount, date, utc, CARD);
    payment.card_number = Some(card_number());
    payment
}

/// Creates a payment by gift voucher.
pub(super) fn voucher_payment(amount: Decimal, date: DateTime, utc: Timestamp) -> Payment {
    payment(amount, date, utc, "Gift Voucher")
}

/// Creates a refund to a card.
pub(super) fn card_refund(amount: Decimal, date: DateTime, utc: Timestamp) -> Refund {
    let mut refund = Refund::new(amount, date, utc);
    refund.card_number = Some(card_number());
    refund.r#type = Some(CARD.to_owned());
    refund
}

/// Creates the transactions of orders.
pub(super) fn transactions(orders: &[Order]) -> Vec<Transaction> {
    let mut transactions = Vec::new();
    let mut ids = (40_001..).map(TransactionId::new);
    for order in orders {
        let payments = ids.by_ref().zip(&order.payments);
        transactions.extend(payments.map(|(id, payment)| payment_transaction(id, order, payment)));
        let refunds = ids.by_ref().zip(&order.refunds);
        transactions.extend(refunds.map(|(id, refund)| refund_transaction(id, order, refund)));
    }
    transactions
}

/// Creates the transaction of a payment.
pub(crate) fn payment_transaction(id: TransactionId, order: &Order, payment: &Payment) -> Transaction {
    let mut transaction = Transaction::new(id, payment.amount, payment.date, payment.date_utc);
    transaction.order = Some(order.id);
    transaction.r#type = Some("Payment".to_owned());
    transaction
}

/// Creates the transaction of a refund. Its amount is negative, so that the transactions of an order add up to its total.
fn refund_transaction(id: TransactionId, order: &Order, refund: &Refund) -> Transaction {
    let mut transaction = Transaction::new(id, -refund.amount, refund.date, refund.date_utc);
    transaction.order = Some(order.id);
    transaction.r#type = Some("Refund".to_owned());
    transaction
}

fn payment(amount: Decimal, date: DateTime, utc: Timestamp, kind: &str) -> Payment {
    let mut payment = Payment::new(amount, date, utc);
    payment.r#type = Some(kind.to_owned());
    payment
}

/// Returns a truncated card number. The service never returns a whole one.
fn card_number() -> Secret {
    Secret::new("************0000")
}
