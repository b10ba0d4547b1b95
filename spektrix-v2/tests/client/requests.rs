//! Tests of the requests that are sent, byte by byte.

use http::Request;
use jiff::civil::date;
use spektrix_v2::operations::{GetEvents, UpdateBasket};
use spektrix_v2::{Basket, CustomerId, DecodeOptions, EventId, Operation, SessionId};

use crate::operations::{ListIds, NeedsSession, RetiredWrite, ids};
use crate::scripted::{Reply, Scripted};

async fn sent<O: Operation>(operation: O, response: &str) -> Request<bytes::Bytes> {
    let transport = Scripted::new([Reply::ok(response)]);
    transport.client().send(operation).await.unwrap();
    transport.requests().remove(0)
}

fn headers(request: &Request<bytes::Bytes>) -> String {
    let mut lines = vec![format!("{} {}", request.method(), request.uri())];
    for (name, value) in request.headers() {
        lines.push(format!("{name}: {}", value.to_str().unwrap()));
    }
    lines.join("\n")
}

#[tokio::test]
async fn a_read_has_its_parameters_and_the_key_last() {
    let mut operation = GetEvents::new().event(EventId::new(14));
    operation.instance_start_from = Some(date(2026, 3, 1).into());
    let request = sent(operation, "<Events/>").await;
    let version = env!("CARGO_PKG_VERSION");
    let accepts = if cfg!(feature = "compression") {
        "\naccept-encoding: br, gzip, deflate"
    } else {
        ""
    };
    let expected = format!(
        "GET https://api.system.spektrix.com/venue/api/v2/events?event_id=14&instance_start_from=2026-03-01&api_key=test-k3y\n\
         accept: application/xml\n\
         user-agent: spektrix-v2/{version}{accepts}"
    );
    assert_eq!(headers(&request), expected);
    assert!(request.body().is_empty());
}

#[tokio::test]
async fn a_write_has_a_body_with_what_is_set() {
    let mut basket = Basket::default();
    basket.customer = Some(CustomerId::new(7));
    let request = sent(UpdateBasket::new(basket), "").await;
    assert_eq!(request.method(), "PATCH");
    assert_eq!(
        request.uri(),
        "https://api.system.spektrix.com/venue/api/v2/basket?api_key=test-k3y"
    );
    assert_eq!(request.headers()["content-type"], "application/xml");
    let body = "<?xml version=\"1.0\" encoding=\"utf-8\"?><Basket><Customer id=\"7\"/></Basket>";
    assert_eq!(request.body(), body);
}

#[tokio::test]
async fn parameters_and_the_key_are_escaped() {
    let cases = [
        ("plain-text_1.0~", "plain-text_1.0~"),
        ("a b+c", "a%20b%2Bc"),
        ("a&b=c#d?e/f", "a%26b%3Dc%23d%3Fe%2Ff"),
        ("é%", "%C3%A9%25"),
        ("", ""),
    ];
    for (value, escaped) in cases {
        let transport = Scripted::new([Reply::ok("<Events/>")]);
        let client = transport.builder().api_key("k+&/é-test").build().unwrap();
        let code = Some(value.to_owned());
        client
            .send(ListIds {
                code,
                ..ListIds::default()
            })
            .await
            .unwrap();
        let expected = format!("code={escaped}&api_key=k%2B%26%2F%C3%A9-test");
        assert_eq!(transport.queries(), [expected], "{value}");
    }
}

#[tokio::test]
async fn only_the_calls_of_a_session_have_its_cookie() {
    let transport = Scripted::new([Reply::ok("<Event id=\"1\"/>"), Reply::ok("<Event id=\"1\"/>")]);
    let client = transport.client();
    let session = client.resume_session(SessionId::new("a1b2==").unwrap());
    session.send(NeedsSession).await.unwrap();
    client.send(NeedsSession).await.unwrap();
    let [within, without] = <[_; 2]>::try_from(transport.requests()).unwrap();
    assert_eq!(within.headers()["cookie"], "SessionId=a1b2==");
    assert!(within.headers()["cookie"].is_sensitive());
    assert!(!without.headers().contains_key("cookie"));
}

#[test]
fn a_session_identifier_must_be_a_valid_cookie() {
    let too_long = "a".repeat(4097);
    for value in [
        "",
        " ",
        "a b",
        "a;b",
        "a,b",
        "a\"b",
        "a\\b",
        "a\r\nSet-Cookie: b",
        "é",
        &too_long,
    ] {
        let error = SessionId::new(value).unwrap_err();
        assert!(error.is_invalid_request());
        assert!(value.trim().is_empty() || !error.to_string().contains(value), "{error}");
    }
}

#[tokio::test]
async fn an_invalid_request_is_not_sent() {
    let transport = Scripted::new([]);
    let client = transport.client();

    let mut both = ListIds::default();
    both.page.limit = Some(1);
    both.page.all = Some(true);
    let error = client.send(both).await.unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(
        error.to_string(),
        "GetEvents: not sent: only one of limit and all may be set"
    );

    let note = "a\u{1}b".to_owned();
    let error = client.send(RetiredWrite { note }).await.unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(
        error.to_string(),
        "UpdateBasket: not sent: the value of Note contains U+0001, which XML cannot represent: \
         remove it"
    );

    let code = Some("x".repeat(70_000));
    let error = client
        .send(ListIds {
            code,
            ..ListIds::default()
        })
        .await
        .unwrap_err();
    assert!(error.is_invalid_request());
    assert!(error.to_string().ends_with("is too long"), "{error}");

    assert!(transport.requests().is_empty());
}

#[tokio::test]
async fn a_call_can_be_sent_several_times() {
    let transport = Scripted::new([Reply::ok(ids([1])), Reply::ok(ids([2])), Reply::ok(ids([3]))]);
    let call = transport.client().call(ListIds::default()).limit(1).offset(5);
    assert_eq!(call.operation().page.limit, Some(1));
    assert_eq!(call.send().await.unwrap(), [EventId::new(1)]);
    assert_eq!(call.clone().await.unwrap(), [EventId::new(2)]);
    assert_eq!(call.await.unwrap(), [EventId::new(3)]);
    assert_eq!(transport.queries(), ["offset=5&limit=1&api_key=test-k3y"; 3]);
}

#[tokio::test]
async fn decode_options_are_used() {
    let transport = Scripted::new([Reply::ok("<Event id=\"1\"><Deeper><Deepest/></Deeper></Event>")]);
    let options = DecodeOptions::default().max_bytes(20);
    let client = transport.builder().decode_options(options).build().unwrap();
    let error = client.send(NeedsSession).await.unwrap_err();
    assert!(error.is_decode(), "{error}");
}
