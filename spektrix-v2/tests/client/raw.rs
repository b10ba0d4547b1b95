//! Tests of requests and responses without types.

use bytes::Bytes;
use http::StatusCode;
use spektrix_v2::{Error, Method};

use crate::operations::{ListIds, ids};
use crate::scripted::{Reply, Scripted};

#[tokio::test]
async fn a_response_is_returned_as_it_was_received() {
    let reply = || {
        Reply::ok("<Events><Other/></Events>")
            .with_header("content-type", "text/xml")
            .with_session("s3cret-id")
    };
    let transport = Scripted::new([reply(), reply()]);
    let client = transport.client();
    let response = client.call(ListIds::default()).raw().await.unwrap();
    assert_eq!(response.status, StatusCode::OK);
    assert_eq!(response.headers["content-type"], "text/xml");
    assert!(!response.headers.contains_key("set-cookie"));
    assert_eq!(response.body, "<Events><Other/></Events>");
    assert_eq!(
        format!("{response:?}"),
        "RawResponse { status: 200, headers: 1, body: 25 }"
    );
    let bytes = client.call(ListIds::default()).bytes().await.unwrap();
    assert_eq!(bytes, "<Events><Other/></Events>");
}

#[tokio::test]
async fn a_refusal_is_an_error_as_always() {
    let transport = Scripted::new([Reply::status(404, ""), Reply::status(500, ""), Reply::status(404, "")]);
    let client = transport.client();
    assert!(client.call(ListIds::default()).raw().await.unwrap_err().is_not_found());
    let write = client.raw(Method::Post, "events", &[], None).await.unwrap_err();
    assert!(write.may_have_been_applied(), "{write}");
    assert_eq!(write.operation(), Some("Raw"));
    let basket = client.raw(Method::Get, "/basket", &[], None).await.unwrap_err();
    assert_eq!(basket.operation(), Some("GetBasket"));
    assert!(basket.is_session_expired(), "{basket}");
}

#[tokio::test]
async fn a_raw_request_has_its_path_parameters_and_body() {
    let transport = Scripted::new([Reply::ok(ids([1])), Reply::ok("")]);
    let client = transport.client();
    let parameters = [("limit", "1"), ("na me", "a&b=c")];
    let response = client
        .raw(Method::Get, "/events/new ones", &parameters, None)
        .await
        .unwrap();
    assert_eq!(response.body, ids([1]));
    let body = Some(Bytes::from_static(b"<Event/>"));
    client.raw(Method::Patch, "events", &[], body).await.unwrap();
    let requests = transport.requests();
    let root = "https://api.system.spektrix.com/venue/api/v2/";
    assert_eq!(
        requests[0].uri().to_string(),
        format!("{root}events/new%20ones?limit=1&na%20me=a%26b%3Dc&api_key=test-k3y")
    );
    assert_eq!(requests[1].method(), "PATCH");
    assert_eq!(requests[1].headers()["content-type"], "application/xml");
    assert_eq!(requests[1].body(), "<Event/>");
}

#[tokio::test]
async fn a_path_stays_below_that_of_the_venue() {
    let client = Scripted::default().client();
    let paths = ["", "/", "..", "../other", "events/../..", "events//x", "./events"];
    let with_key = client.raw(Method::Get, "events", &[("api_key", "another")], None).await;
    let mut errors: Vec<Error> = vec![with_key.unwrap_err()];
    for path in paths {
        errors.push(client.raw(Method::Get, path, &[], None).await.unwrap_err());
    }
    for error in errors {
        assert!(error.is_invalid_request(), "{error}");
    }
}
