//! A thousand visitors buy five hundred seats at the same time. No seat is sold twice.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};
use spektrix_v2::{CustomerId, DeliveryType, InstanceId, PlanId};
use spektrix_v2_sandbox::Sandbox;
use tokio::task::JoinSet;

use crate::support::{TODAY, Visitor, accepted_client, single_event, ticket, write_data};

const VISITORS: usize = 1000;
/// The visitors share this many HTTP/2 connections.
const CONNECTIONS: usize = 8;
/// The two parts of the plan, with their numbers of seats.
const PARTS: [(i32, i32); 2] = [(4, 300), (5, 200)];

#[tokio::test(flavor = "multi_thread")]
async fn no_seat_is_sold_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = write_data(folder.path(), &five_hundred_seats());
    let sandbox = Sandbox::builder().today(TODAY).data(data).start().await;
    let sandbox = Arc::new(sandbox.expect("a sandbox"));
    let instance = InstanceId::new(8);
    let bought = buy_all(&sandbox, instance).await;
    let sold_out = PARTS.map(|(plan, seats)| (PlanId::new(plan), seats));
    assert_eq!(bought, BTreeMap::from(sold_out), "all seats are sold, and no more");
    for status in Visitor::new(&sandbox).statuses(instance).await {
        let bought = bought.get(&status.plan).copied().unwrap_or(500);
        let counts = (status.available, status.selected, status.sold, status.capacity);
        assert_eq!(counts, (0, 0, bought, bought), "{status:?}");
    }
}

fn five_hundred_seats() -> Value {
    let status = |plan: i32, seats: i32, parts: &[i32]| {
        json!({
            "plan": plan, "instance": 8, "name": "", "available": seats, "capacity": seats, "locked": 0,
            "reserved": 0, "selected": 0, "sold": 0, "bands": [1], "sub_plans": parts,
        })
    };
    let mut statuses = vec![status(3, 500, &[4, 5])];
    statuses.extend(PARTS.map(|(plan, seats)| status(plan, seats, &[])));
    let mut data = single_event();
    data["instance_status"] = Value::Array(statuses);
    data
}

/// Every visitor tries to buy a seat. Returns how many seats of each plan were bought.
async fn buy_all(sandbox: &Arc<Sandbox>, instance: InstanceId) -> BTreeMap<PlanId, i32> {
    let clients: Vec<_> = (0..CONNECTIONS).map(|_| accepted_client(sandbox)).collect();
    let mut visitors = JoinSet::new();
    for number in 0..VISITORS {
        let (sandbox, client) = (Arc::clone(sandbox), clients[number % CONNECTIONS].clone());
        let (plan, _) = PARTS[number / CONNECTIONS % PARTS.len()];
        visitors.spawn(async move { (PlanId::new(plan), buy(&sandbox, client, instance, plan).await) });
    }
    let mut bought = BTreeMap::new();
    for (plan, seats) in visitors.join_all().await {
        *bought.entry(plan).or_default() += seats;
    }
    bought
}

/// Buys a seat, unless the plan is sold out. Returns the number of seats bought.
async fn buy(sandbox: &Sandbox, client: reqwest::Client, instance: InstanceId, plan: i32) -> i32 {
    let mut visitor = Visitor::with_client(client, sandbox);
    match visitor.add_tickets([ticket(instance, plan)]).await {
        Ok(()) => {
            let order = visitor.confirm(CustomerId::new(9001), DeliveryType::Cobo).await;
            assert_eq!(order.tickets.len(), 1, "the basket has no tickets of other visitors");
            1
        }
        Err(refusal) => {
            assert!(
                refusal.status == 400 && refusal.page.contains("not enough seats"),
                "{refusal:?}"
            );
            0
        }
    }
}
