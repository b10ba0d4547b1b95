//! What is tried again, when, and how often; and what never is.

use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use http::{HeaderMap, StatusCode};
use spektrix_v2::operations::AddCustomers;
use spektrix_v2::{BodyStream, Client, Customer, Error, Retry, TransportError, TransportFault, TransportResponse};
use tokio::time::Instant;

use crate::authority::Authority;
use crate::operations::{ListIds, RetiredWrite};
use crate::scripted::{Reply, Scripted};
use crate::server::{Server, Setup, Then};

/// Retries without a wait in between.
fn at_once() -> Retry {
    Retry::new().base_delay(Duration::ZERO)
}

fn broken_body() -> Reply {
    let pieces = stream::iter([
        Ok(Bytes::from_static(b"<Events>")),
        Err(TransportError::new(TransportFault::Body, "reset")),
    ]);
    Reply::Answer(TransportResponse::new(StatusCode::OK, BodyStream::new(pieces)))
}

fn fail(fault: TransportFault) -> Reply {
    Reply::Fail(TransportError::new(fault, "why"))
}

struct Case {
    reply: fn() -> Reply,
    /// Whether a read is sent again, and whether a write is that was given a policy of its own.
    again: (bool, bool),
    /// Whether a write may have been applied.
    open: bool,
}

const fn case(reply: fn() -> Reply, again: (bool, bool), open: bool) -> Case {
    Case { reply, again, open }
}

const CASES: [Case; 19] = [
    case(|| Reply::status(400, ""), (false, false), false),
    case(|| Reply::status(401, ""), (false, false), false),
    case(|| Reply::status(404, ""), (false, false), false),
    case(|| Reply::status(429, ""), (true, true), false),
    case(|| Reply::status(302, ""), (false, false), false),
    case(|| Reply::status(500, ""), (false, false), true),
    case(|| Reply::status(502, ""), (true, false), true),
    case(|| Reply::status(503, ""), (true, false), true),
    case(|| Reply::status(504, ""), (true, false), true),
    case(|| fail(TransportFault::Connect), (true, true), false),
    case(|| fail(TransportFault::ConnectTimeout), (true, true), false),
    case(|| fail(TransportFault::ServerCertificate), (false, false), false),
    case(|| fail(TransportFault::ClientCertificate), (false, false), false),
    case(|| fail(TransportFault::Tls), (false, false), true),
    case(|| fail(TransportFault::Closed), (true, false), true),
    case(|| fail(TransportFault::Timeout), (true, false), true),
    case(|| fail(TransportFault::Other), (false, false), true),
    case(broken_body, (true, false), true),
    case(|| Reply::Hang, (true, false), true),
];

/// A client whose first answer is the given one, and whose second would be good.
fn client(reply: Reply, then: &str) -> (Scripted, Client) {
    let transport = Scripted::new([reply, Reply::ok(then)]);
    let builder = transport.builder().retry(at_once());
    let client = builder.attempt_timeout(Duration::from_secs(1)).build().unwrap();
    (transport, client)
}

#[tokio::test(start_paused = true)]
async fn a_read_is_sent_again_after_what_may_pass() {
    for Case { reply, again, .. } in CASES {
        let (transport, client) = client(reply(), "<Events/>");
        let result = client.send(ListIds::default()).await;
        assert_eq!(result.is_ok(), again.0, "{result:?}");
        assert_eq!(transport.requests().len(), 1 + usize::from(again.0), "{result:?}");
        let wrong = result.err().is_some_and(|error| error.may_have_been_applied());
        assert!(!wrong, "a read applies nothing");
    }
}

#[tokio::test(start_paused = true)]
async fn a_write_is_sent_once_and_its_error_says_whether_it_may_have_acted() {
    for Case { reply, open, .. } in CASES {
        let (transport, client) = client(reply(), "");
        let error = client.send(RetiredWrite::default()).await.unwrap_err();
        assert_eq!(transport.requests().len(), 1, "{error}");
        assert_eq!(error.attempts(), 1);
        assert_eq!(error.may_have_been_applied(), open, "{error}");
        let says_so = error.to_string().contains("the service may have acted: look before");
        assert_eq!(says_so, open, "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_write_with_a_policy_of_its_own_is_sent_again_only_if_it_cannot_have_been_applied() {
    for Case { reply, again, open } in CASES {
        assert!(!(again.1 && open));
        let (transport, client) = client(reply(), "");
        let call = client.call(RetiredWrite::default()).retry(at_once());
        let result = call.await;
        assert_eq!(result.is_ok(), again.1, "{result:?}");
        assert_eq!(transport.requests().len(), 1 + usize::from(again.1), "{result:?}");
    }
}

#[tokio::test]
async fn a_write_that_was_applied_and_whose_answer_cannot_be_read_says_so() {
    let transport = Scripted::new([Reply::ok("no XML")]);
    let customer = Customer::new().with_email("a@example.org").with_last_name("A");
    let add = AddCustomers::new(vec![customer]);
    let error = transport.client().send(add).await.unwrap_err();
    assert!(error.is_decode() && error.may_have_been_applied(), "{error}");

    let note = "\u{1}".to_owned();
    let error = transport.client().send(RetiredWrite { note }).await.unwrap_err();
    assert!(!error.may_have_been_applied());
    assert_eq!(error.attempts(), 0);
}

fn down(count: usize) -> Scripted {
    Scripted::new((0..count).map(|_| Reply::status(503, "")))
}

async fn error_after(transport: &Scripted, policy: Retry) -> (Error, Duration) {
    let client = transport.builder().retry(policy).build().unwrap();
    let start = Instant::now();
    let error = client.send(ListIds::default()).await.unwrap_err();
    (error, start.elapsed())
}

#[tokio::test(start_paused = true)]
async fn there_are_as_many_attempts_as_the_policy_allows() {
    for (attempts, sent) in [(0, 1), (1, 1), (2, 2), (3, 3), (7, 7)] {
        let transport = down(8);
        let (error, _) = error_after(&transport, at_once().attempts(attempts)).await;
        assert_eq!(transport.requests().len(), sent);
        assert_eq!(u32::try_from(sent), Ok(error.attempts()));
        let said = format!("({sent} attempts)");
        assert_eq!(error.to_string().contains(&said), sent > 1, "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_attempt_sends_the_same() {
    let transport = Scripted::new([Reply::status(503, ""), Reply::status(429, ""), Reply::ok("<Events/>")]);
    let client = transport.builder().retry(at_once()).build().unwrap();
    client.call(ListIds::default()).limit(2).await.unwrap();
    let requests = transport.requests();
    assert_eq!(requests.len(), 3);
    for request in &requests {
        assert_eq!(request.uri(), requests[0].uri());
        assert_eq!(request.headers(), requests[0].headers());
    }
}

#[tokio::test(start_paused = true)]
async fn one_call_can_have_another_policy() {
    let transport = down(9);
    let client = transport.builder().retry(at_once().attempts(2)).build().unwrap();
    let call = client.call(ListIds::default());
    let mut sent = Vec::new();
    for call in [call.clone(), call.clone().no_retry(), call.retry(at_once().attempts(4))] {
        sent.push(call.clone().limit(1).await.unwrap_err().attempts());
    }
    assert_eq!(sent, [2, 1, 4]);
}

#[tokio::test(start_paused = true)]
async fn a_walk_keeps_the_policy_of_its_call() {
    let transport = Scripted::new([Reply::status(503, ""), Reply::ok("<Events/>")]);
    let client = transport.client();
    let mut items = client.call(ListIds::default()).retry(at_once()).items();
    assert!(items.next().await.is_none());
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn waits_stay_below_their_bound() {
    let policy = Retry::new()
        .attempts(5)
        .base_delay(Duration::from_secs(1))
        .max_delay(Duration::from_secs(3));
    let (error, elapsed) = error_after(&down(5), policy).await;
    assert_eq!(error.attempts(), 5);
    // 1 + 2 + 3 + 3, and the clock of the runtime counts whole milliseconds.
    assert!(
        elapsed > Duration::ZERO && elapsed < Duration::from_millis(9_004),
        "{elapsed:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_service_can_ask_for_a_longer_wait() {
    let date = |value: &str| value.parse().unwrap();
    let cases = [
        ("7", 7),
        ("Sun, 06 Nov 2033 12:00:09 GMT", 9),
        ("Sun, 06 Nov 2033 11:00:00 GMT", 0),
        ("whenever", 0),
        // Beyond the end of the call: it ends at once.
        ("30", 0),
        ("18446744073709551615", 0),
    ];
    for (value, seconds) in cases {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", date(value));
        headers.insert("date", date("Sun, 06 Nov 2033 12:00:00 GMT"));
        let answer = TransportResponse::new(StatusCode::SERVICE_UNAVAILABLE, "").with_headers(headers);
        let transport = Scripted::new([Reply::Answer(answer), Reply::status(400, "")]);
        let (error, elapsed) = error_after(&transport, at_once()).await;
        assert_eq!(elapsed.as_secs(), seconds, "{value}: {error}");
        let gave_up = value.len() != 1 && value.starts_with(['1', '3']);
        assert_eq!(error.attempts(), 2 - u32::from(gave_up), "{value}: {error}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_time_of_a_call_is_for_all_its_attempts() {
    let transport = Scripted::new((0..9).map(|_| Reply::Hang));
    let client = transport
        .builder()
        .retry(at_once().attempts(9))
        .attempt_timeout(Duration::from_secs(1))
        .timeout(Duration::from_millis(2_500))
        .build()
        .unwrap();
    let start = Instant::now();
    let error = client.send(ListIds::default()).await.unwrap_err();
    assert!(
        error.is_timeout() && error.to_string().contains("within 2.5s"),
        "{error}"
    );
    assert_eq!(error.attempts(), 3);
    assert_eq!(start.elapsed().as_millis() / 10, 250);
}

#[tokio::test]
async fn the_built_in_transport_does_not_send_again_on_its_own() {
    let authority = Authority::new("a root");
    let server = Server::start(Setup::new(&authority, Then::Close)).await;
    let builder = server.builder().identity(authority.client()).retry(at_once());
    let client = builder.build().unwrap();

    let error = client.send(RetiredWrite::default()).await.unwrap_err();
    assert!(error.may_have_been_applied(), "{error}");
    assert_eq!(server.seen(|seen| (seen.connections, seen.requests.len())), (1, 1));

    let error = client.send(ListIds::default()).await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert_eq!(server.seen(|seen| (seen.connections, seen.requests.len())), (4, 4));
}
