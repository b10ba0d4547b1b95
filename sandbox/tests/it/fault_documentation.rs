//! Every kind of fault is in the table of the README, and the control endpoint lists it with an example that works.

use reqwest::Client;
use serde_json::{Value, json};
use spektrix_v2_sandbox::Sandbox;

use crate::support::plain_http;

const README: &str = include_str!("../../README.md");

async fn send(sandbox: &Sandbox, request: impl FnOnce(&Client, String) -> reqwest::RequestBuilder) -> (u16, Value) {
    let client = Client::builder().no_proxy().tls_backend_preconfigured(plain_http());
    let url = format!("{}faults", sandbox.control_url().expect("it is enabled"));
    let request = request(&client.build().expect("a client"), url);
    let response = request.send().await.expect("a response");
    let status = response.status().as_u16();
    (
        status,
        serde_json::from_slice(&response.bytes().await.expect("a body")).expect("JSON"),
    )
}

#[tokio::test]
async fn every_kind_is_documented_and_its_example_works() {
    let sandbox = Sandbox::builder().control(true).start().await.expect("a sandbox");
    let (_, kinds) = send(&sandbox, |client, url| client.get(format!("{url}/kinds"))).await;
    let kinds = kinds.as_array().expect("a list");
    assert!(kinds.len() > 30, "{kinds:?}");
    let table: Vec<_> = README.lines().filter(|line| line.starts_with("| `")).collect();
    for kind in kinds {
        let name = kind["kind"].as_str().expect("a name");
        let row = table.iter().find(|row| row.starts_with(&format!("| `{name}` |")));
        assert!(row.is_some(), "the table of the README has no row for {name}");
        assert_ne!(kind["what"].as_str().unwrap_or_default(), "");
        let body = json!({ "fault": kind["example"] }).to_string();
        let (status, added) = send(&sandbox, |client, url| {
            client.post(url).header("Content-Type", "application/json").body(body)
        })
        .await;
        assert_eq!((status, &added["fault"]), (201, &kind["example"]), "{name}: {added}");
    }
}
