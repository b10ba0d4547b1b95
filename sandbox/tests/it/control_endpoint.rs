//! The control endpoint, as test suites in other languages use it.

use crate::support::{get, plain_http, send};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use spektrix_v2_sandbox::Sandbox;

/// A sandbox that is controlled over HTTP.
struct Remote {
    sandbox: Sandbox,
    client: Client,
}

impl Remote {
    async fn new() -> Self {
        let sandbox = Sandbox::builder().control(true).start().await.expect("a sandbox");
        let client = Client::builder().no_proxy().tls_backend_preconfigured(plain_http());
        let client = client.build().expect("a client");
        Self { sandbox, client }
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        let url = self.sandbox.control_url().expect("it is enabled");
        let mut request = self.client.request(method, format!("{url}{path}"));
        if let Some(body) = body {
            request = request
                .header("Content-Type", "application/json")
                .body(body.to_string());
        }
        let response = request.send().await.expect("a response");
        let status = response.status();
        let body = response.bytes().await.expect("a body");
        (status, serde_json::from_slice(&body).expect("JSON"))
    }

    async fn ok(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let (status, response) = self.send(method, path, body).await;
        assert!(status.is_success(), "{path}: {response}");
        response
    }
}

#[tokio::test]
async fn there_is_no_control_endpoint_by_default() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    assert_eq!(sandbox.control_url(), None);
    assert!(!sandbox.environment_lines().contains("CONTROL"));
    let remote = Remote::new().await;
    let line = format!(
        "SPEKTRIX_SANDBOX_CONTROL='{}'\n",
        remote.sandbox.control_url().expect("a URL")
    );
    assert!(remote.sandbox.environment_lines().ends_with(&line));
    let Value::Array(index) = remote.ok(Method::GET, "", None).await else {
        panic!("a list")
    };
    assert!(index.len() >= 11);
}

#[tokio::test]
async fn faults_can_be_added_and_removed() {
    let remote = Remote::new().await;
    let fault = json!({ "fault": { "kind": "status", "status": 503, "retry_after": { "seconds": 3 } },
                        "operation": "GetBands", "times": 1 });
    let added = remote.ok(Method::POST, "faults", Some(fault.clone())).await;
    assert_eq!(added["id"], 1);
    assert_eq!(get(&remote.sandbox, "bands").await.0, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(get(&remote.sandbox, "bands").await.0, StatusCode::OK);
    let listed = remote.ok(Method::GET, "faults/1", None).await;
    assert_eq!(
        (&listed["fired"], &listed["matched"], &listed["fault"]),
        (&json!(1), &json!(2), &fault["fault"])
    );
    assert_eq!(remote.ok(Method::GET, "faults", None).await, json!([listed]));
    assert_eq!(remote.ok(Method::DELETE, "faults/1", None).await, listed);
    assert_eq!(
        remote.send(Method::DELETE, "faults/1", None).await.0,
        StatusCode::NOT_FOUND
    );
    remote.ok(Method::POST, "faults", Some(fault)).await;
    remote.ok(Method::DELETE, "faults", None).await;
    assert_eq!(remote.ok(Method::GET, "faults", None).await, json!([]));
}

#[tokio::test]
async fn every_kind_of_fault_can_be_sent_as_json() {
    let remote = Remote::new().await;
    let kinds = [
        json!({ "kind": "latency", "milliseconds": 5 }),
        json!({ "kind": "drip", "chunk": 10, "pause_milliseconds": 5 }),
        json!({ "kind": "stall", "after": 10 }),
        json!({ "kind": "reset" }),
        json!({ "kind": "lose_response" }),
        json!({ "kind": "reset_within_body", "after": 10 }),
        json!({ "kind": "status", "status": 429 }),
        json!({ "kind": "status", "status": 429, "retry_after": { "date_in_seconds": 60 } }),
        json!({ "kind": "html_page", "status": 200 }),
        json!({ "kind": "redirect", "location": "https://elsewhere.invalid/" }),
        json!({ "kind": "truncated", "after": 100 }),
        json!({ "kind": "oversized", "bytes": 100_000_000 }),
        json!({ "kind": "malformed" }),
        json!({ "kind": "empty_body" }),
        json!({ "kind": "content_type", "value": "text/plain" }),
        json!({ "kind": "byte_order_mark" }),
        json!({ "kind": "utf16" }),
        json!({ "kind": "unknown_parts" }),
        json!({ "kind": "forget_session" }),
    ];
    for kind in kinds {
        let added = remote.ok(Method::POST, "faults", Some(json!({ "fault": kind }))).await;
        assert_eq!(added["fault"], kind);
    }
}

#[tokio::test]
async fn the_request_log_can_be_read_and_cleared() {
    let remote = Remote::new().await;
    get(&remote.sandbox, "bands?limit=1").await;
    get(&remote.sandbox, "events?limit=1").await;
    let of_bands = remote.ok(Method::GET, "requests?operation=GetBands", None).await;
    let [request] = of_bands.as_array().expect("a list").as_slice() else {
        panic!("one request: {of_bands}")
    };
    assert_eq!(
        (&request["query"], &request["status"]),
        (&json!("limit=1"), &json!(200))
    );
    assert_eq!(
        remote.ok(Method::GET, "requests", None).await.as_array().map(Vec::len),
        Some(2)
    );
    remote.ok(Method::DELETE, "requests", None).await;
    assert_eq!(remote.ok(Method::GET, "requests", None).await, json!([]));
}

#[tokio::test]
async fn a_reset_restores_tls_and_removes_faults() {
    let remote = Remote::new().await;
    let before = remote.ok(Method::GET, "tls", None).await;
    let settings = json!({ "server_certificate": "expired", "clients": "refused_as_revoked" });
    let set = remote.ok(Method::PUT, "tls", Some(settings)).await;
    assert_eq!(
        (&set["server_certificate"], &set["versions"]),
        (&json!("expired"), &json!("both"))
    );
    remote
        .ok(Method::POST, "faults", Some(json!({ "fault": { "kind": "reset" } })))
        .await;
    remote.ok(Method::POST, "reset", Some(json!({}))).await;
    assert_eq!(remote.ok(Method::GET, "tls", None).await, before);
    assert_eq!(get(&remote.sandbox, "bands").await.0, StatusCode::OK);
}

#[tokio::test]
async fn the_clock_and_the_outbox_can_be_read() {
    let remote = Remote::new().await;
    let key = remote.sandbox.api_key();
    send(
        &remote.sandbox,
        "POST",
        &format!("customers/reset-password?customer_id=9001&api_key={key}"),
    )
    .await;
    let mails = remote.ok(Method::GET, "outbox", None).await;
    assert_eq!(
        (&mails[0]["customer"], &mails[0]["email"]),
        (&json!(9001), &json!("ada.sample@example.org"))
    );
    assert!(mails[0]["new_password"].is_string(), "{mails}");

    let read = |clock: &Value| {
        clock["now"]
            .as_str()
            .and_then(|now| now.parse::<jiff::Timestamp>().ok())
            .expect("a time")
    };
    let before = read(&remote.ok(Method::GET, "clock", None).await);
    let after = read(
        &remote
            .ok(Method::POST, "clock", Some(json!({ "advance_seconds": 3600 })))
            .await,
    );
    assert!(after.duration_since(before).as_hours() >= 1);
    remote.ok(Method::POST, "reset", Some(json!({}))).await;
    assert!(read(&remote.ok(Method::GET, "clock", None).await) < after);
    assert_eq!(remote.ok(Method::GET, "outbox", None).await, json!([]));
}

#[tokio::test]
async fn errors_describe_the_problem() {
    let remote = Remote::new().await;
    let fault = |fault: Value| Some(json!({ "fault": fault }));
    let cases = [
        (Method::GET, "fault", None, 404, "GET / lists the paths"),
        (Method::GET, "faults/x", None, 404, "GET / lists the paths"),
        (Method::GET, "faults/7", None, 404, "There is no fault 7"),
        (Method::PUT, "faults", None, 405, "Allowed: GET, POST, DELETE."),
        (Method::GET, "reset", None, 405, "Allowed: POST."),
        (Method::POST, "faults", None, 415, "application/json"),
        (Method::POST, "faults", Some(json!([1])), 400, "cannot be parsed"),
        (
            Method::POST,
            "faults",
            fault(json!({ "kind": "nonsense" })),
            400,
            "unknown variant `nonsense`, expected one of `latency`",
        ),
        (
            Method::POST,
            "faults",
            fault(json!({ "kind": "latency" })),
            400,
            "missing field `milliseconds`",
        ),
        (
            Method::POST,
            "faults",
            fault(json!({ "kind": "stall", "after": 1, "pause": 2 })),
            400,
            "unknown field `pause`",
        ),
        (
            Method::POST,
            "faults",
            fault(json!({ "kind": "status", "status": 99 })),
            400,
            "99 is not the status",
        ),
        (
            Method::POST,
            "faults",
            Some(json!({ "fault": { "kind": "reset" }, "operation": "GetEvnts" })),
            400,
            "no operation 'GetEvnts'",
        ),
        (
            Method::PUT,
            "tls",
            Some(json!({ "versions": "only10" })),
            400,
            "unknown variant `only10`",
        ),
        (
            Method::POST,
            "faults",
            Some(json!("x".repeat(2_000_000))),
            413,
            "longer than",
        ),
    ];
    for (method, path, body, status, expected) in cases {
        let request = format!("{method} {path}");
        let (actual, response) = remote.send(method, path, body).await;
        let error = response["error"].as_str().unwrap_or_default();
        assert!(
            actual.as_u16() == status && error.contains(expected),
            "{request}: {actual} {response}"
        );
    }
}

#[tokio::test]
async fn web_pages_cannot_use_the_control_endpoint() {
    let remote = Remote::new().await;
    let url = remote.sandbox.control_url().expect("it is enabled");
    let rebinding = remote.client.get(&url).header("Host", "evil.invalid").send().await;
    assert_eq!(rebinding.expect("a response").status(), StatusCode::FORBIDDEN);
    let form = remote
        .client
        .post(format!("{url}reset"))
        .header("Content-Type", "text/plain")
        .body("{}");
    assert_eq!(
        form.send().await.expect("a response").status(),
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
}
