//! A thousand visitors at once want the same five hundred seats: none is sold twice.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};
use spektrix_v2::{CustomerId, DeliveryType, InstanceId, PlanId};
use spektrix_v2_sandbox::Sandbox;
use tokio::task::JoinSet;

use crate::evening::{one_evening, written};
use crate::support::{TODAY, rightful_client};
use crate::visitor::{Visitor, ticket};

const VISITORS: usize = 1000;
/// They share so many connections, each of which carries many requests at a time.
const CONNECTIONS: usize = 8;
/// The two parts of the house, and how many seats each has.
const PARTS: [(i32, i32); 2] = [(4, 300), (5, 200)];

#[tokio::test(flavor = "multi_thread")]
async fn no_seat_is_sold_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = written(folder.path(), &a_house_of_five_hundred());
    let sandbox = Sandbox::builder().today(TODAY).data(data).start().await;
    let sandbox = Arc::new(sandbox.expect("a sandbox"));
    let instance = InstanceId::new(8);
    let bought = everybody_buys(&sandbox, instance).await;
    let sold_out = PARTS.map(|(plan, seats)| (PlanId::new(plan), seats));
    assert_eq!(bought, BTreeMap::from(sold_out), "all that were free, and no more");
    for seats in Visitor::new(&sandbox).seats(instance).await {
        let bought = bought.get(&seats.plan).copied().unwrap_or(500);
        let counts = (seats.available, seats.selected, seats.sold, seats.capacity);
        assert_eq!(counts, (0, 0, bought, bought), "{seats:?}");
    }
}

fn a_house_of_five_hundred() -> Value {
    let status = |plan: i32, seats: i32, parts: &[i32]| {
        json!({
            "plan": plan, "instance": 8, "name": "", "available": seats, "capacity": seats, "locked": 0,
            "reserved": 0, "selected": 0, "sold": 0, "bands": [1], "sub_plans": parts,
        })
    };
    let mut statuses = vec![status(3, 500, &[4, 5])];
    statuses.extend(PARTS.map(|(plan, seats)| status(plan, seats, &[])));
    let mut data = one_evening();
    data["instance_status"] = Value::Array(statuses);
    data
}

/// How many seats of each plan were bought.
async fn everybody_buys(sandbox: &Arc<Sandbox>, instance: InstanceId) -> BTreeMap<PlanId, i32> {
    let clients: Vec<_> = (0..CONNECTIONS).map(|_| rightful_client(sandbox)).collect();
    let mut crowd = JoinSet::new();
    for number in 0..VISITORS {
        let (sandbox, client) = (Arc::clone(sandbox), clients[number % CONNECTIONS].clone());
        let (plan, _) = PARTS[number / CONNECTIONS % PARTS.len()];
        crowd.spawn(async move { (PlanId::new(plan), buys(&sandbox, client, instance, plan).await) });
    }
    let mut bought = BTreeMap::new();
    for (plan, seats) in crowd.join_all().await {
        *bought.entry(plan).or_default() += seats;
    }
    bought
}

/// Buys a seat, unless there is none left.
async fn buys(sandbox: &Sandbox, client: reqwest::Client, instance: InstanceId, plan: i32) -> i32 {
    let mut visitor = Visitor::with(client, sandbox);
    match visitor.add_tickets([ticket(instance, plan)]).await {
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
