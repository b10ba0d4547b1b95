//! Tests of `Capture`: what it records, and what its output omits.

use spektrix_v2::operations::{AuthenticateCustomer, Echo, GetBands, GetEvents};
use spektrix_v2::testing::{Capture, Replay, Reply};
use spektrix_v2::{Client, CustomerCredentials, EventId, Retry, SessionId};

fn capture() -> (Capture<Replay>, Client) {
    let replay = Replay::new()
        .respond("GetBands", "<Bands/>")
        .respond("GetEvents", Reply::status(404))
        .respond("customers/authenticate", Reply::status(401));
    let capture = Capture::new(replay);
    let builder = Client::builder("venue").api_key("test-k3y&=").retry(Retry::none());
    let client = builder.transport(capture.clone()).build().unwrap();
    (capture, client)
}

#[tokio::test]
async fn requests_are_recorded_in_order() {
    let (capture, client) = capture();
    let mut events = GetEvents::new().event(EventId::new(3));
    events.page.limit = Some(5);
    client.send(events).await.unwrap_err();
    let session = client.resume_session(SessionId::new("s3ss10n").unwrap());
    session.send(GetBands::new()).await.unwrap();

    let [first, second] = <[_; 2]>::try_from(capture.requests()).unwrap();
    assert_eq!(first.to_string(), "GET events?limit=5&event_id=3");
    assert_eq!(first.operation, Some("GetEvents"));
    assert_eq!(first.parameter("limit"), Some("5"));
    assert_eq!(first.parameter("api_key"), None);
    assert!(!first.with_session && first.body.is_empty());
    assert_eq!(second.to_string(), "GET bands");
    assert!(second.with_session);
}

#[tokio::test]
async fn printed_requests_contain_no_secrets() {
    let (capture, client) = capture();
    let session = client.resume_session(SessionId::new("s3ss10n").unwrap());
    let credentials = CustomerCredentials::new("a@venue.example", "pa55word");
    session.send(AuthenticateCustomer::new(credentials)).await.unwrap_err();
    let printed = format!("{capture:?} {:#?} {}", capture.requests(), capture.requests()[0]);
    for secret in ["test-k3y", "s3ss10n", "pa55word"] {
        assert!(!printed.contains(secret), "{secret} is in {printed}");
    }
    let body = String::from_utf8(capture.requests()[0].body.to_vec()).unwrap();
    assert!(
        body.contains("<Password>pa55word</Password>"),
        "tests can read the body: {body}"
    );
}

#[tokio::test]
async fn a_request_is_printed_on_one_line() {
    let (capture, client) = capture();
    let text = "a\r\nGET /b\u{202E}c\u{7}d é";
    client.send(Echo::new(text)).await.unwrap_err();
    let request = &capture.requests()[0];
    assert_eq!(request.parameter("message"), Some(text), "the parameter is unchanged");
    let line = "GET echo?message=a\\r\\nGET /b\\u{202e}c\\u{7}d é";
    assert_eq!(request.to_string(), line);
    assert!(format!("{request:?}").contains(line), "{request:?}");
}
