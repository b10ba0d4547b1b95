//! A property test: after each of many random changes by several visitors over HTTP, seats, stock and money add up.
//!
//! The crate has a larger property test in `src/state/property_tests.rs`, where a step takes microseconds.

use std::collections::BTreeSet;
use std::time::Duration;

use proptest::prelude::*;
use spektrix_v2::operations::{ConfirmOrder, GetBasket};
use spektrix_v2::rust_decimal::Decimal;
use spektrix_v2::{Basket, CustomerId, Delivery, DeliveryType, InstanceId, MerchandiseItemId, TicketId};
use spektrix_v2_sandbox::Sandbox;

use crate::support::{Visitor, accepted_client, sandbox, ticket};

const VISITORS: usize = 3;

#[derive(Clone, Copy, Debug)]
enum Step {
    Add { in_circle: bool, seats: usize },
    AddMug,
    Remove,
    UpdateBasket,
    Confirm,
    Wait,
}

fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let step = prop_oneof![
        4 => (any::<bool>(), 1..30_usize).prop_map(|(in_circle, seats)| Step::Add { in_circle, seats }),
        2 => Just(Step::AddMug),
        2 => Just(Step::Remove),
        2 => Just(Step::UpdateBasket),
        2 => Just(Step::Confirm),
        1 => Just(Step::Wait),
    ];
    prop::collection::vec((0..VISITORS, step), 1..16)
}

#[test]
fn seats_stock_and_money_add_up() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let (sandbox, instance) = runtime.block_on(async {
        let sandbox = sandbox().await;
        let instance = Visitor::new(&sandbox).on_sale(401, 20).await;
        (sandbox, instance)
    });
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(8)
    };
    proptest!(config, |(steps in steps())| {
        runtime.block_on(run(&sandbox, instance, &steps));
    });
}

async fn run(sandbox: &Sandbox, instance: InstanceId, steps: &[(usize, Step)]) {
    let client = accepted_client(sandbox);
    let mut visitors: Vec<_> = (0..VISITORS)
        .map(|_| Visitor::with_client(client.clone(), sandbox))
        .collect();
    for (visitor, step) in steps {
        take(sandbox, &mut visitors[*visitor], instance, *step).await;
        check_seats(&mut visitors[0], instance).await;
        check_baskets(&mut visitors).await;
    }
    sandbox.advance(Duration::from_secs(11 * 60));
}

/// Takes a step. It may be refused.
async fn take(sandbox: &Sandbox, visitor: &mut Visitor<'_>, instance: InstanceId, step: Step) {
    let delivery = Delivery::new().with_type(DeliveryType::Cobo);
    let _ = match step {
        Step::Add { in_circle, seats } => {
            let plan = if in_circle { 403 } else { 402 };
            visitor
                .add_tickets(vec![ticket(instance, plan).with_band(12); seats])
                .await
        }
        Step::AddMug => visitor.add_merchandise(503).await,
        Step::Remove => {
            let basket = visitor.call(GetBasket::new()).await;
            let first = basket
                .ok()
                .and_then(|basket| basket.tickets.first().and_then(|ticket| ticket.id));
            let item = first.map_or(7, TicketId::get);
            visitor.remove(item).await
        }
        Step::UpdateBasket => {
            let basket = Basket::new()
                .with_customer(CustomerId::new(9001))
                .with_promo_codes(["FRIEND".to_owned()]);
            visitor.update_basket(basket.with_ticket_delivery(delivery)).await
        }
        Step::Confirm => visitor.call(ConfirmOrder::new()).await.map(drop),
        Step::Wait => {
            sandbox.advance(Duration::from_secs(5 * 60));
            Ok(())
        }
    };
}

async fn check_seats(visitor: &mut Visitor<'_>, instance: InstanceId) {
    let statuses = visitor.statuses(instance).await;
    for status in &statuses {
        let parts = [
            status.available,
            status.locked,
            status.reserved,
            status.selected,
            status.sold,
        ];
        assert!(parts.iter().all(|number| *number >= 0), "{status:?}");
        assert_eq!(parts.iter().sum::<i32>(), status.capacity, "{status:?}");
    }
    let of_parts: i32 = statuses[1..].iter().map(|status| status.available).sum();
    assert_eq!(statuses[0].available, of_parts);
    assert!(visitor.stock_level(503).await >= 0);
}

/// Checks that totals add up, and that no item is in two baskets.
async fn check_baskets(visitors: &mut [Visitor<'_>]) {
    let mut seen = BTreeSet::new();
    for visitor in visitors {
        let Ok(basket) = visitor.call(GetBasket::new()).await else {
            continue;
        };
        let tickets = basket
            .tickets
            .iter()
            .map(|item| (item.id.map(TicketId::get), item.price, item.discount));
        let merchandise = basket
            .merchandise_items
            .iter()
            .map(|item| (item.id.map(MerchandiseItemId::get), item.price, item.discount));
        let fees = [&basket.ticket_delivery, &basket.merchandise_delivery]
            .into_iter()
            .flatten();
        let mut total: Decimal = fees.map(|delivery| delivery.fee.expect("a fee")).sum();
        for (id, price, discount) in tickets.chain(merchandise) {
            assert!(seen.insert(id.expect("an id")), "{id:?} is in two baskets");
            total += price.expect("a price") - discount.unwrap_or_default();
        }
        assert_eq!(basket.total, Some(total));
    }
}
