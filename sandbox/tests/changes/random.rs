//! Random changes by several visitors over HTTP: seats, stock and money add up whatever is asked for.
//!
//! The sandbox has a larger property test of the same in its own code, where a step takes microseconds.

use std::collections::BTreeSet;
use std::time::Duration;

use proptest::prelude::*;
use spektrix_v2::operations::{ConfirmOrder, GetBasket};
use spektrix_v2::rust_decimal::Decimal;
use spektrix_v2::{Basket, CustomerId, Delivery, DeliveryType, InstanceId, MerchandiseItemId, TicketId};
use spektrix_v2_sandbox::Sandbox;

use crate::support::rightful_client;
use crate::visitor::{Visitor, sandbox, ticket};

const VISITORS: usize = 3;

#[derive(Clone, Copy, Debug)]
enum Step {
    Add { upstairs: bool, seats: usize },
    AddMug,
    Remove,
    Describe,
    Confirm,
    Wait,
}

fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let step = prop_oneof![
        4 => (any::<bool>(), 1..30_usize).prop_map(|(upstairs, seats)| Step::Add { upstairs, seats }),
        2 => Just(Step::AddMug),
        2 => Just(Step::Remove),
        2 => Just(Step::Describe),
        2 => Just(Step::Confirm),
        1 => Just(Step::Wait),
    ];
    prop::collection::vec((0..VISITORS, step), 1..16)
}

#[test]
fn everything_adds_up() {
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
    let client = rightful_client(sandbox);
    let mut visitors: Vec<_> = (0..VISITORS).map(|_| Visitor::with(client.clone(), sandbox)).collect();
    for (place, step) in steps {
        take(sandbox, &mut visitors[*place], instance, *step).await;
        seats_add_up(&mut visitors[0], instance).await;
        baskets_add_up(&mut visitors).await;
    }
    sandbox.advance(Duration::from_secs(11 * 60));
}

/// What comes of it does not matter here.
async fn take(sandbox: &Sandbox, visitor: &mut Visitor<'_>, instance: InstanceId, step: Step) {
    let way = Delivery::new().with_type(DeliveryType::Cobo);
    let _ = match step {
        Step::Add { upstairs, seats } => {
            let plan = if upstairs { 403 } else { 402 };
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
        Step::Describe => {
            let basket = Basket::new()
                .with_customer(CustomerId::new(9001))
                .with_promo_codes(["FRIEND".to_owned()]);
            visitor.change(basket.with_ticket_delivery(way)).await
        }
        Step::Confirm => visitor.call(ConfirmOrder::new()).await.map(drop),
        Step::Wait => {
            sandbox.advance(Duration::from_secs(5 * 60));
            Ok(())
        }
    };
}

async fn seats_add_up(visitor: &mut Visitor<'_>, instance: InstanceId) {
    let statuses = visitor.seats(instance).await;
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
    assert!(visitor.stock(503).await >= 0);
}

/// Each says what it costs, and no item lies in two of them.
async fn baskets_add_up(visitors: &mut [Visitor<'_>]) {
    let mut seen = BTreeSet::new();
    for visitor in visitors {
        let Ok(basket) = visitor.call(GetBasket::new()).await else {
            continue;
        };
        let tickets = basket
            .tickets
            .iter()
            .map(|one| (one.id.map(TicketId::get), one.price, one.discount));
        let merchandise = basket
            .merchandise_items
            .iter()
            .map(|one| (one.id.map(MerchandiseItemId::get), one.price, one.discount));
        let fees = [&basket.ticket_delivery, &basket.merchandise_delivery]
            .into_iter()
            .flatten();
        let mut total: Decimal = fees.map(|delivery| delivery.fee.expect("a fee")).sum();
        for (id, price, discount) in tickets.chain(merchandise) {
            assert!(seen.insert(id.expect("an id")), "{id:?} lies in two baskets");
            total += price.expect("a price") - discount.unwrap_or_default();
        }
        assert_eq!(basket.total, Some(total));
    }
}
