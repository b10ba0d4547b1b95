//! A thousand visitors at once want the same seats, of which there are fewer: none is sold twice.

use std::collections::BTreeMap;
use std::sync::Arc;

use spektrix_v2::{CustomerId, DeliveryType, InstanceId, PlanId};
use spektrix_v2_sandbox::Sandbox;
use tokio::task::JoinSet;

use crate::support::rightful_client;
use crate::visitor::{Visitor, sandbox, ticket};

const VISITORS: usize = 1000;
/// They share so many connections, each of which carries many requests at a time.
const CONNECTIONS: usize = 8;
/// Stalls and circle, with bands that they have.
const PARTS: [(i32, i32); 2] = [(402, 11), (403, 14)];

#[tokio::test(flavor = "multi_thread")]
async fn no_seat_is_sold_twice() {
    let sandbox = Arc::new(sandbox().await);
    let mut watcher = Visitor::new(&sandbox);
    let instance = watcher.on_sale(401, 100).await;
    let before = watcher.seats(instance).await;
    let bought = everybody_buys(&sandbox, instance).await;
    let after = watcher.seats(instance).await;
    let total: i32 = bought.values().sum();
    for (then, now) in before.iter().zip(&after) {
        let bought = bought.get(&then.plan).copied().unwrap_or(total);
        assert_eq!(bought, then.available, "all that were free, and no more: {then:?}");
        assert_eq!((now.available, now.sold), (0, then.sold + bought), "{now:?}");
        assert_eq!(now.selected, then.selected, "{now:?}");
    }
    assert!(
        total > 200 && usize::try_from(total).expect("a number") < VISITORS,
        "{total}"
    );
}

/// How many seats of each plan were bought.
async fn everybody_buys(sandbox: &Arc<Sandbox>, instance: InstanceId) -> BTreeMap<PlanId, i32> {
    let clients: Vec<_> = (0..CONNECTIONS).map(|_| rightful_client(sandbox)).collect();
    let mut crowd = JoinSet::new();
    for number in 0..VISITORS {
        let (sandbox, client) = (Arc::clone(sandbox), clients[number % CONNECTIONS].clone());
        let part = PARTS[number / CONNECTIONS % PARTS.len()];
        crowd.spawn(async move { (PlanId::new(part.0), buys(&sandbox, client, instance, part).await) });
    }
    let mut bought = BTreeMap::new();
    for (plan, seats) in crowd.join_all().await {
        *bought.entry(plan).or_default() += seats;
    }
    bought
}

/// Buys a seat, unless there is none left.
async fn buys(sandbox: &Sandbox, client: reqwest::Client, instance: InstanceId, (plan, band): (i32, i32)) -> i32 {
    let mut visitor = Visitor::with(client, sandbox);
    match visitor.add_tickets([ticket(instance, plan).with_band(band)]).await {
        Ok(()) => {
            let order = visitor.buys(CustomerId::new(9001), DeliveryType::Cobo).await;
            assert_eq!(order.tickets.len(), 1, "nobody sees another's basket");
            1
        }
        Err(refused) => {
            assert!(
                refused.status == 400 && refused.page.contains("not enough seats"),
                "{refused:?}"
            );
            0
        }
    }
}
