//! Edits through the control endpoint: `/data` returns the lists of the venue, and replaces them.

use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use spektrix_v2_sandbox::{Sandbox, SandboxBuilder};

use crate::support::{TODAY, get, plain_http, single_event, write_data};

fn builder() -> SandboxBuilder {
    Sandbox::builder().today(TODAY).control(true)
}

async fn send(sandbox: &Sandbox, method: Method, body: &Value) -> (StatusCode, Value) {
    let client = Client::builder().no_proxy().tls_backend_preconfigured(plain_http());
    let client = client.build().expect("a client");
    let url = format!("{}data", sandbox.control_url().expect("it is enabled"));
    let request = client.request(method, url).header("Content-Type", "application/json");
    let response = request.body(body.to_string()).send().await.expect("a response");
    let status = response.status();
    let body = response.bytes().await.expect("a body");
    (status, serde_json::from_slice(&body).expect("JSON"))
}

async fn data(sandbox: &Sandbox) -> Value {
    let (status, data) = send(sandbox, Method::GET, &Value::Null).await;
    assert_eq!(status, 200, "{data}");
    data
}

#[tokio::test]
async fn lists_can_be_read_changed_and_written_back() {
    let sandbox = builder().start().await.expect("a sandbox");
    let mut events = data(&sandbox).await["events"].take();
    assert_eq!(events.as_array().map(Vec::len), Some(64));
    events[0]["name"] = json!("A new title");
    let (status, done) = send(&sandbox, Method::PUT, &json!({ "events": events })).await;
    assert_eq!((status.as_u16(), &done), (200, &json!({ "done": true })));
    let (_, body) = get(&sandbox, "events?limit=1").await;
    assert!(body.contains("<Name>A new title</Name>"), "{body}");
    assert_eq!(data(&sandbox).await["events"], events);
}

#[tokio::test]
async fn all_lists_can_be_written_back_unchanged() {
    let sandbox = builder().start().await.expect("a sandbox");
    let before = data(&sandbox).await;
    let (_, instances) = get(&sandbox, "instances?all=true").await;
    let (status, done) = send(&sandbox, Method::PUT, &before).await;
    assert_eq!(status, 200, "{done}");
    assert_eq!(data(&sandbox).await, before);
    assert_eq!(get(&sandbox, "instances?all=true").await.1, instances);
}

#[tokio::test]
async fn a_list_is_replaced_as_a_whole_and_others_stay() {
    let sandbox = builder().start().await.expect("a sandbox");
    let before = data(&sandbox).await;
    let events = before["events"].as_array().expect("a list");
    let (removed, rest) = events.split_first().expect("events");
    let (status, done) = send(&sandbox, Method::PUT, &json!({ "events": rest })).await;
    assert_eq!(status, 200, "{done}");
    let after = data(&sandbox).await;
    let ids = |events: &[Value]| events.iter().map(|event| event["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(after["events"].as_array().expect("a list")), ids(rest));
    // The instances of the removed event are removed, too.
    let instances = before["instances"].as_array().expect("a list").iter();
    let others: Vec<_> = instances
        .filter(|instance| instance["event"] != removed["id"])
        .collect();
    assert_eq!(after["instances"], json!(others));
    for list in ["bands", "plans", "price_lists", "stock_items", "tags", "ticket_types"] {
        assert_eq!(after[list], before[list], "{list}");
    }
}

#[tokio::test]
async fn what_is_read_can_be_the_data_of_another_sandbox() {
    let folder = tempfile::tempdir().expect("a folder");
    let one = builder().seed(3).start().await.expect("a sandbox");
    let file = write_data(folder.path(), &data(&one).await);
    let two = builder().data(file).start().await.expect("a sandbox");
    for path in ["events?all=true", "instances?all=true", "price-lists?all=true"] {
        assert_eq!(get(&one, path).await, get(&two, path).await, "{path}");
    }
}

#[tokio::test]
async fn an_invalid_replacement_is_refused() {
    let sandbox = builder().start().await.expect("a sandbox");
    let before = data(&sandbox).await;
    let mut instances = single_event()["instances"].take();
    instances[0]["plan"] = json!(401);
    let cases = [
        (json!({ "event": [] }), "unknown field `event`"),
        (json!({ "events": [{ "id": 1 }] }), "missing field `description`"),
        (
            json!({ "instances": instances }),
            "instances[0].event is 7, but none of the events has this id",
        ),
        (
            json!({ "customers": [] }),
            "customers can only be replaced when a sandbox starts",
        ),
        (
            json!({ "customer_addresses": [] }),
            "customer_addresses can only be replaced",
        ),
        (json!("bands"), "cannot be parsed"),
    ];
    for (body, expected) in cases {
        let (status, response) = send(&sandbox, Method::PUT, &body).await;
        let error = response["error"].as_str().unwrap_or_default();
        assert!(
            status == 400 && error.contains(expected),
            "{expected}: {status} {response}"
        );
    }
    assert_eq!(data(&sandbox).await, before);
}

#[tokio::test]
async fn recorded_lists_can_be_edited() {
    let folder = tempfile::tempdir().expect("a folder");
    let bands = "<Bands><Band id='1'><Name>A</Name></Band> <Band id='2'><Name>B</Name></Band></Bands>";
    std::fs::write(folder.path().join("GetBands.xml"), bands).expect("a file");
    let sandbox = builder().replay(folder.path()).start().await.expect("a sandbox");
    let mut lists = data(&sandbox).await;
    assert_eq!(
        (lists["bands"].as_array().map(Vec::len), &lists["events"]),
        (Some(2), &json!([]))
    );
    lists["bands"][1]["name"] = json!("C");
    assert_eq!(
        send(&sandbox, Method::PUT, &json!({ "bands": lists["bands"] })).await.0,
        200
    );
    let (_, body) = get(&sandbox, "bands?all=true").await;
    assert!(
        body.contains("<Band id='1'><Name>A</Name></Band>") && body.contains("<Name>C</Name>"),
        "{body}"
    );
    let (status, response) = send(&sandbox, Method::PUT, &json!({ "events": single_event()["events"] })).await;
    assert!(
        status == 400 && response.to_string().contains("GetEvents.xml was not recorded"),
        "{response}"
    );
}
