//! Numbers of seats and amounts of money add up on any date.

use std::collections::BTreeSet;

use crate::support::{Reader, TODAY};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use spektrix_v2::operations::{GetBasket, GetInstanceStatus, GetInstances, GetOrders, GetTransactions};
use spektrix_v2::{Delivery, InstancePlanStatus, MerchandiseItem, Order, Ticket};

const DAYS: [Date; 4] = [TODAY, date(2031, 7, 20), date(2031, 12, 1), date(2032, 1, 3)];

#[tokio::test]
async fn seats_add_up() {
    for today in DAYS {
        let reader = Reader::on(today).await;
        let statuses = reader.read::<GetInstanceStatus>("all=true").await;
        let (mut sold_out, mut not_started) = (0, 0);
        for status in &statuses {
            let InstancePlanStatus {
                available,
                locked,
                reserved,
                selected,
                sold,
                capacity,
                ..
            } = status;
            let parts = [available, locked, reserved, selected, sold];
            assert!(parts.iter().all(|number| **number >= 0), "{status:?}");
            assert_eq!(parts.into_iter().sum::<i32>(), *capacity, "{status:?}");
            sold_out += usize::from(*available == 0);
            not_started += usize::from(*sold == 0);
        }
        assert!(
            sold_out > 20 && not_started > 20,
            "{today}: {sold_out} sold out, {not_started} without sales"
        );
        assert!(statuses.len() - sold_out - not_started > 300, "{today}");
        check_sums_of_parts(&statuses);
        let instances: BTreeSet<_> = statuses.iter().map(|status| status.instance).collect();
        assert_eq!(instances.len(), reader.read::<GetInstances>("all=true").await.len());
    }
}

/// Checks that the numbers of a plan are the sums of those of its sub-plans.
fn check_sums_of_parts(statuses: &[InstancePlanStatus]) {
    let mut wholes = 0;
    for whole in statuses.iter().filter(|status| !status.sub_plans.is_empty()) {
        let same = statuses.iter().filter(|status| status.instance == whole.instance);
        let parts: Vec<_> = same.filter(|status| whole.sub_plans.contains(&status.plan)).collect();
        assert_eq!(parts.len(), whole.sub_plans.len(), "{whole:?}");
        let sum = |number: fn(&InstancePlanStatus) -> i32| parts.iter().map(|part| number(part)).sum::<i32>();
        assert_eq!(sum(|part| part.capacity), whole.capacity);
        assert_eq!(sum(|part| part.available), whole.available);
        assert_eq!(sum(|part| part.sold), whole.sold);
        wholes += 1;
    }
    assert!(wholes > 100, "{wholes}");
}

#[tokio::test]
async fn money_adds_up() {
    for today in DAYS {
        let reader = Reader::on(today).await;
        let mut orders = 0;
        for customer in 9001..=9006 {
            for order in reader.read::<GetOrders>(&format!("customer_id={customer}")).await {
                orders += 1;
                check_order(&reader, &order).await;
            }
        }
        assert_eq!(orders, 7);
        let body = reader.body("orders?customer_id=9004").await;
        assert!(body.contains("<Total>0.00</Total>"), "{body}");
        let basket = reader.read::<GetBasket>("").await;
        let deliveries = [&basket.ticket_delivery, &basket.merchandise_delivery];
        assert_eq!(
            Some(cost(&basket.tickets, &basket.merchandise_items, deliveries)),
            basket.total
        );
        assert_eq!(basket.tickets.len(), 3);
    }
}

/// Checks that an order's total is the cost of its items and deliveries, and equals its payments and its transactions.
async fn check_order(reader: &Reader, order: &Order) {
    let Order {
        tickets,
        merchandise_items,
        payments,
        refunds,
        total,
        ..
    } = order;
    assert!(!tickets.is_empty() || !merchandise_items.is_empty(), "{order:?}");
    let deliveries = [&order.ticket_delivery, &order.merchandise_delivery];
    assert_eq!(cost(tickets, merchandise_items, deliveries), *total, "{order:?}");
    assert!(
        payments.iter().all(|payment| payment.amount > Decimal::ZERO),
        "{order:?}"
    );
    let paid: Decimal = payments.iter().map(|payment| payment.amount).sum();
    let refunded: Decimal = refunds.iter().map(|refund| refund.amount).sum();
    assert_eq!(paid - refunded, *total, "{order:?}");
    let query = format!("order_id={}", order.id);
    let transactions = reader.read::<GetTransactions>(&query).await;
    let sum: Decimal = transactions.iter().map(|transaction| transaction.amount).sum();
    assert_eq!(sum, *total, "{order:?}");
    assert_eq!(transactions.len(), payments.len() + refunds.len(), "{order:?}");
}

fn cost(tickets: &[Ticket], merchandise: &[MerchandiseItem], deliveries: [&Option<Delivery>; 2]) -> Decimal {
    let net =
        |price: Option<Decimal>, discount: Option<Decimal>| price.expect("a price") - discount.unwrap_or_default();
    let tickets = tickets.iter().map(|item| net(item.price, item.discount));
    let merchandise = merchandise.iter().map(|item| net(item.price, item.discount));
    let fees = deliveries
        .into_iter()
        .flatten()
        .map(|delivery| delivery.fee.expect("a fee"));
    tickets.chain(merchandise).chain(fees).sum()
}
