//! Requests of an authenticated client that are refused: paths, methods, parameters, bodies.

use crate::support::{accepted_client, send, url};
use reqwest::header::{ALLOW, CONTENT_TYPE};
use spektrix_v2_sandbox::Sandbox;

const KEY: &str = "api_key=sandbox-api-key";

#[tokio::test]
async fn an_invalid_request_is_refused_with_a_message() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let cases = [
        ("GET", "event", 404, "There is no operation at 'event'"),
        (
            "GET",
            "help/GetEvents",
            404,
            "There is no help page at 'help/GetEvents'",
        ),
        ("POST", "help", 405, "The method POST is not allowed here"),
        ("DELETE", "events", 405, "The method DELETE is not allowed here"),
        ("GET", "events?colour=red", 400, "GetEvents has no parameter 'colour'"),
        ("GET", "events?limit=ten", 400, "'limit' is malformed"),
        ("GET", "events?event_id=x", 400, "'event_id' is malformed"),
        (
            "GET",
            "instances?instance_start_from=1/6/2030",
            400,
            "'instance_start_from' is malformed",
        ),
        (
            "GET",
            "instances?limit=1&limit=2",
            400,
            "'limit' is given more than once",
        ),
        (
            "GET",
            "customers",
            400,
            "one of customer_id, email, friendly_id must be set",
        ),
        ("GET", "postcode-lookup", 400, "postcode must be set"),
        ("GET", "echo?message=%01", 400, "which XML cannot represent"),
        ("POST", "basket/items", 415, "The request has no Content-Type"),
        ("PROPPATCH", "basket", 415, "The request has no Content-Type"),
        ("DELETE", "basket?item_id=1", 404, "the request has no cookie SessionId"),
        ("DELETE", "basket?item_id=x", 400, "'item_id' is malformed"),
        ("DELETE", "basket", 400, "item_id must be set"),
        ("POST", "keep-alive", 404, "the request has no cookie SessionId"),
        (
            "GET",
            "customers/print-at-home-download?customer_id=9002",
            400,
            "document_id must be set",
        ),
    ];
    for (method, path, status, message) in cases {
        let separator = if path.contains('?') { '&' } else { '?' };
        let response = send(&sandbox, method, &format!("{path}{separator}{KEY}")).await;
        assert_eq!(response.status(), status, "{method} {path}");
        assert_eq!(
            response.headers()[CONTENT_TYPE],
            "text/html; charset=UTF-8",
            "{method} {path}"
        );
        let body = response.text().await.expect("a body").replace("&apos;", "'");
        assert!(body.contains(message), "{method} {path}: {body}");
    }
    let elsewhere = accepted_client(&sandbox).get(sandbox.base_url()).send().await;
    assert_eq!(elsewhere.expect("a response").status(), 404);
}

#[tokio::test]
async fn a_wrong_method_gets_the_allowed_ones() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let response = send(&sandbox, "POST", &format!("basket?{KEY}")).await;
    assert_eq!(response.headers()[ALLOW], "DELETE, GET, PATCH");
}

#[tokio::test]
async fn the_size_of_a_body_is_limited() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    for (length, status) in [(1024 * 1024, 415), (1024 * 1024 + 1, 413)] {
        let request = accepted_client(&sandbox)
            .post(url(&sandbox, &format!("basket/items?{KEY}")))
            .body(vec![b' '; length]);
        assert_eq!(request.send().await.expect("a response").status(), status, "{length}");
    }
}

#[tokio::test]
async fn requests_are_recorded_as_sent() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    send(&sandbox, "GET", &format!("bands?limit=1&{KEY}&offset=%32")).await;
    accepted_client(&sandbox)
        .post(url(&sandbox, &format!("basket?{KEY}")))
        .header("X-HTTP-Method-Override", "PATCH")
        .send()
        .await
        .expect("a response");
    send(&sandbox, "GET", "help").await;
    let requests = sandbox.requests();
    let seen: Vec<_> = requests
        .iter()
        .map(|request| {
            (
                request.method.as_str(),
                request.path.as_str(),
                request.query.as_str(),
                request.status,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("GET", "/sandbox/api/v2/bands", "limit=1&offset=%32", Some(200)),
            ("POST", "/sandbox/api/v2/basket", "", Some(415)),
            ("GET", "/sandbox/api/v2/help", "", Some(200)),
        ]
    );
}
