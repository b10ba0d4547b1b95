//! Custom data, and the seed and the scale of the venue.

use serde_json::{Value, json};
use spektrix_v2::operations::{GetEvents, GetInstanceStatus, GetInstances, GetOrders};
use spektrix_v2::{BasketItems, Ticket};
use spektrix_v2_sandbox::{Sandbox, SandboxBuilder};

use crate::support::{TODAY, decode, get, single_event, write_data};

fn builder() -> SandboxBuilder {
    Sandbox::builder().today(TODAY)
}

async fn body(sandbox: &Sandbox, path: &str) -> String {
    let (status, body) = get(sandbox, path).await;
    assert_eq!(status, 200, "{path}: {body}");
    body
}

#[tokio::test]
async fn a_json_file_replaces_its_lists() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = write_data(folder.path(), &single_event());
    let sandbox = builder().data(&file).start().await.expect("a sandbox");
    let events = decode::<GetEvents>(&body(&sandbox, "events?all=true").await, "events");
    assert_eq!(
        events.iter().map(|event| event.name.as_str()).collect::<Vec<_>>(),
        ["One Evening"]
    );
    let statuses = body(&sandbox, "instance-status?all=true").await;
    let statuses = decode::<GetInstanceStatus>(&statuses, "instance-status");
    let counts: Vec<_> = statuses
        .iter()
        .map(|status| (status.plan.get(), status.available))
        .collect();
    assert_eq!(counts, [(3, 200), (4, 100), (5, 100)]);
    let orders = decode::<GetOrders>(&body(&sandbox, "orders?customer_id=9001").await, "orders");
    assert!(orders.iter().all(|order| order.tickets.is_empty()), "{orders:?}");

    let client = sandbox.client().expect("a client");
    let session = client.session();
    let ticket = Ticket::new().with_instance(8).with_plan(4);
    session
        .add(BasketItems::new().with_tickets([ticket]))
        .await
        .expect("a seat");
    let basket = session.basket().await.expect("a basket");
    assert_eq!(basket.total.expect("a total").to_string(), "12.50");
}

#[tokio::test]
async fn the_venue_keeps_lists_that_are_not_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = write_data(folder.path(), &json!({ "stock_items": [] }));
    let sandbox = builder().data(&file).start().await.expect("a sandbox");
    let ordinary = builder().start().await.expect("a sandbox");
    let instances = body(&sandbox, "instances?all=true").await;
    assert_eq!(instances, body(&ordinary, "instances?all=true").await);
    let events = decode::<GetEvents>(&body(&sandbox, "events?all=true").await, "events");
    assert_eq!(events.len(), 64);
    assert!(events.iter().all(|event| event.related_stock_items.is_empty()));
}

#[tokio::test]
async fn responses_can_be_used_as_custom_data() {
    let paths = [
        ("GetEvents", "events"),
        ("GetInstances", "instances"),
        ("GetInstanceStatus", "instance-status"),
    ];
    let other = builder().seed(5).start().await.expect("a sandbox");
    let folder = tempfile::tempdir().expect("a folder");
    for (operation, path) in paths {
        let file = folder.path().join(format!("{operation}.xml"));
        std::fs::write(file, body(&other, &format!("{path}?all=true")).await).expect("a file");
    }
    let sandbox = builder().data(folder.path()).start().await.expect("a sandbox");
    for (_, path) in paths {
        let path = format!("{path}?limit=200&offset=100");
        assert_eq!(body(&sandbox, &path).await, body(&other, &path).await, "{path}");
    }
}

#[tokio::test]
async fn invalid_data_is_refused_with_its_position() {
    let with = |pointer: &str, value: Value| {
        let mut data = single_event();
        *data.pointer_mut(pointer).expect("a value") = value;
        data
    };
    let cases = [
        (
            with("/instances/0/event", json!(99)),
            "instances[0].event is 99, but none of the events has this id",
        ),
        (
            with("/instances/0/price_list", json!(801)),
            "instances[0].price_list is 801, but none of the price lists has this id",
        ),
        (with("/plans/0/sub_plans/1", json!(9)), "plans[0].sub_plans[1] is 9"),
        (
            with("/price_lists/0/prices/0/ticket_type", json!(9)),
            "price_lists[0].prices[0].ticket_type is 9",
        ),
        (
            with(
                "/ticket_types",
                json!([{ "id": 2, "name": "A" }, { "id": 2, "name": "B" }]),
            ),
            "ticket_types[1] has the same id as an item before it",
        ),
        (
            json!({ "customers": [{ "email": "a@example.org" }] }),
            "customers[0] has no id",
        ),
        (json!({ "event": [] }), "unknown field `event`, expected one of `bands`"),
        (
            json!({ "events": [{ "id": 1 }] }),
            "missing field `description` at line 1 column",
        ),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    for (data, expected) in cases {
        let file = write_data(folder.path(), &data);
        let error = builder().data(&file).start().await.expect_err(expected).to_string();
        assert!(
            error.contains(expected) && error.contains("data.json"),
            "{expected}: {error}"
        );
    }
    let missing = builder().data("/nowhere/data.json").start().await.expect_err("no file");
    assert!(
        missing
            .to_string()
            .starts_with("cannot read the data in /nowhere/data.json"),
        "{missing}"
    );
    let empty = tempfile::tempdir().expect("a folder");
    let error = builder()
        .data(empty.path())
        .start()
        .await
        .expect_err("no files")
        .to_string();
    assert!(
        error.contains("there is no data in") && error.contains("GetPriceLists.xml"),
        "{error}"
    );
    std::fs::write(empty.path().join("GetBands.xml"), "<Bands><Band id=\"x\"/></Bands>").expect("a file");
    let error = builder()
        .data(empty.path())
        .start()
        .await
        .expect_err("bad XML")
        .to_string();
    assert!(
        error.contains("GetBands.xml") && error.contains("Bands/Band"),
        "{error}"
    );
    let both = builder()
        .data(empty.path())
        .replay(empty.path())
        .start()
        .await
        .expect_err("both");
    assert!(both.to_string().contains("not both"), "{both}");
}

#[tokio::test]
async fn a_seed_gives_the_same_numbers_each_time() {
    let path = "instance-status?all=true";
    let mut bodies = Vec::new();
    for seed in [0, 0, 1] {
        let sandbox = builder().seed(seed).start().await.expect("a sandbox");
        bodies.push(body(&sandbox, path).await);
    }
    assert_eq!(bodies[0], bodies[1]);
    assert_ne!(bodies[1], bodies[2]);
}

#[tokio::test]
async fn a_scaled_venue_is_consistent() {
    let sandbox = builder().scale(2000).start().await.expect("a sandbox");
    let instances = decode::<GetInstances>(&body(&sandbox, "instances?all=true").await, "instances");
    assert_eq!(instances.len(), 2000);
    let last = instances.last().expect("a last");
    let events = body(&sandbox, &format!("events?event_id={}", last.event)).await;
    let [event] = &decode::<GetEvents>(&events, "events")[..] else {
        panic!("one event")
    };
    assert!(event.name.ends_with("(House 3)"), "{}", event.name);
    let statuses = body(&sandbox, &format!("instance-status?instance_id={}", last.id)).await;
    assert!(!decode::<GetInstanceStatus>(&statuses, "instance-status").is_empty());
    let error = builder().scale(100_001).start().await.expect_err("too many");
    assert!(error.to_string().contains("100000 instances at most"), "{error}");
}
