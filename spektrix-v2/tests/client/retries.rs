//! Retries: which failures are retried, how often, and after what delay.

use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use http::{HeaderMap, StatusCode};
use spektrix_v2::operations::AddCustomers;
use spektrix_v2::{BodyStream, Client, Customer, Error, Retry, TransportError, TransportErrorKind, TransportResponse};
use tokio::time::Instant;

use crate::authority::Authority;
use crate::operations::{ListIds, RetiredWrite};
use crate::scripted::{Reply, Scripted};
use crate::server::{Server, Setup, Then};

/// A policy without delays.
fn immediate() -> Retry {
    Retry::new().base_delay(Duration::ZERO)
}

fn broken_body() -> Reply {
    let chunks = stream::iter([
        Ok(Bytes::from_static(b"<Events>")),
        Err(TransportError::new(TransportErrorKind::Body, "reset")),
    ]);
    Reply::Respond(TransportResponse::new(StatusCode::OK, BodyStream::new(chunks)))
}

fn fail(kind: TransportErrorKind) -> Reply {
    Reply::Fail(TransportError::new(kind, "why"))
}

/// The calls that are retried after a failure.
#[derive(Clone, Copy, PartialEq)]
enum Retried {
    Nothing,
    Reads,
    /// Reads, and writes whose call has its own policy.
    WritesToo,
}

/// Whether a write that failed may have been applied.
#[derive(Clone, Copy, PartialEq)]
enum Applied {
    No,
    Maybe,
}

struct Case {
    reply: fn() -> Reply,
    retried: Retried,
    applied: Applied,
}

const fn case(reply: fn() -> Reply, retried: Retried, applied: Applied) -> Case {
    Case {
        reply,
        retried,
        applied,
    }
}

const CASES: [Case; 19] = {
    use Applied::{Maybe, No};
    use Retried::{Nothing, Reads, WritesToo};
    [
        case(|| Reply::status(400, ""), Nothing, No),
        case(|| Reply::status(401, ""), Nothing, No),
        case(|| Reply::status(404, ""), Nothing, No),
        case(|| Reply::status(429, ""), WritesToo, No),
        case(|| Reply::status(302, ""), Nothing, No),
        case(|| Reply::status(500, ""), Nothing, Maybe),
        case(|| Reply::status(502, ""), Reads, Maybe),
        case(|| Reply::status(503, ""), Reads, Maybe),
        case(|| Reply::status(504, ""), Reads, Maybe),
        case(|| fail(TransportErrorKind::Connect), WritesToo, No),
        case(|| fail(TransportErrorKind::ConnectTimeout), WritesToo, No),
        case(|| fail(TransportErrorKind::ServerCertificate), Nothing, No),
        case(|| fail(TransportErrorKind::ClientCertificate), Nothing, No),
        case(|| fail(TransportErrorKind::Tls), Nothing, Maybe),
        case(|| fail(TransportErrorKind::Closed), Reads, Maybe),
        case(|| fail(TransportErrorKind::Timeout), Reads, Maybe),
        case(|| fail(TransportErrorKind::Other), Nothing, Maybe),
        case(broken_body, Reads, Maybe),
        case(|| Reply::Hang, Reads, Maybe),
    ]
};

/// A client that gets this reply first, and then a successful response.
fn client(reply: Reply, then: &str) -> (Scripted, Client) {
    let transport = Scripted::new([reply, Reply::ok(then)]);
    let builder = transport.builder().retry(immediate());
    let client = builder.attempt_timeout(Duration::from_secs(1)).build().unwrap();
    (transport, client)
}

#[tokio::test(start_paused = true)]
async fn a_read_is_retried_after_a_temporary_failure() {
    for Case { reply, retried, .. } in CASES {
        let is_retried = retried != Retried::Nothing;
        let (transport, client) = client(reply(), "<Events/>");
        let result = client.send(ListIds::default()).await;
        assert_eq!(result.is_ok(), is_retried, "{result:?}");
        assert_eq!(transport.requests().len(), 1 + usize::from(is_retried), "{result:?}");
        let is_uncertain = result.err().is_some_and(|error| error.may_have_been_applied());
        assert!(!is_uncertain, "a read changes nothing");
    }
}

#[tokio::test(start_paused = true)]
async fn a_write_is_sent_once_and_may_have_been_applied() {
    for Case { reply, applied, .. } in CASES {
        let is_uncertain = applied == Applied::Maybe;
        let (transport, client) = client(reply(), "");
        let error = client.send(RetiredWrite::default()).await.unwrap_err();
        assert_eq!(transport.requests().len(), 1, "{error}");
        assert_eq!(error.attempts(), 1);
        assert_eq!(error.may_have_been_applied(), is_uncertain, "{error}");
        let has_hint = error
            .to_string()
            .contains("the service may have applied the change. Check before");
        assert_eq!(has_hint, is_uncertain, "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_write_with_a_policy_is_retried_if_it_was_not_applied() {
    for Case {
        reply,
        retried,
        applied,
    } in CASES
    {
        let is_retried = retried == Retried::WritesToo;
        assert!(!is_retried || applied == Applied::No);
        let (transport, client) = client(reply(), "");
        let result = client.call(RetiredWrite::default()).retry(immediate()).await;
        assert_eq!(result.is_ok(), is_retried, "{result:?}");
        assert_eq!(transport.requests().len(), 1 + usize::from(is_retried), "{result:?}");
    }
}

#[tokio::test]
async fn a_write_with_an_unreadable_response_may_be_applied() {
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
async fn the_policy_limits_the_attempts() {
    for (attempts, sent) in [(0, 1), (1, 1), (2, 2), (3, 3), (7, 7)] {
        let transport = down(8);
        let (error, _) = error_after(&transport, immediate().attempts(attempts)).await;
        assert_eq!(transport.requests().len(), sent);
        assert_eq!(u32::try_from(sent), Ok(error.attempts()));
        let count = format!("({sent} attempts)");
        assert_eq!(error.to_string().contains(&count), sent > 1, "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_attempt_sends_the_same_request() {
    let transport = Scripted::new([Reply::status(503, ""), Reply::status(429, ""), Reply::ok("<Events/>")]);
    let client = transport.builder().retry(immediate()).build().unwrap();
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
    let client = transport.builder().retry(immediate().attempts(2)).build().unwrap();
    let call = client.call(ListIds::default());
    let mut sent = Vec::new();
    for call in [
        call.clone(),
        call.clone().no_retry(),
        call.retry(immediate().attempts(4)),
    ] {
        sent.push(call.clone().limit(1).await.unwrap_err().attempts());
    }
    assert_eq!(sent, [2, 1, 4]);
}

#[tokio::test(start_paused = true)]
async fn items_use_the_policy_of_their_call() {
    let transport = Scripted::new([Reply::status(503, ""), Reply::ok("<Events/>")]);
    let client = transport.client();
    let mut items = client.call(ListIds::default()).retry(immediate()).items();
    assert!(items.next().await.is_none());
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn delays_are_below_their_bound() {
    let policy = Retry::new()
        .attempts(5)
        .base_delay(Duration::from_secs(1))
        .max_delay(Duration::from_secs(3));
    let (error, elapsed) = error_after(&down(5), policy).await;
    assert_eq!(error.attempts(), 5);
    // 1 + 2 + 3 + 3 seconds. The clock of the runtime counts whole milliseconds.
    assert!(
        elapsed > Duration::ZERO && elapsed < Duration::from_millis(9_004),
        "{elapsed:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_service_can_ask_for_a_longer_delay() {
    let date = |value: &str| value.parse().unwrap();
    let cases = [
        ("7", 7),
        ("Sun, 06 Nov 2033 12:00:09 GMT", 9),
        ("Sun, 06 Nov 2033 11:00:00 GMT", 0),
        ("not a date", 0),
        // Beyond the timeout of the call, which fails immediately.
        ("30", 0),
        ("18446744073709551615", 0),
    ];
    for (value, seconds) in cases {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", date(value));
        headers.insert("date", date("Sun, 06 Nov 2033 12:00:00 GMT"));
        let response = TransportResponse::new(StatusCode::SERVICE_UNAVAILABLE, "").with_headers(headers);
        let transport = Scripted::new([Reply::Respond(response), Reply::status(400, "")]);
        let (error, elapsed) = error_after(&transport, immediate()).await;
        assert_eq!(elapsed.as_secs(), seconds, "{value}: {error}");
        let gave_up = value.len() != 1 && value.starts_with(['1', '3']);
        assert_eq!(error.attempts(), 2 - u32::from(gave_up), "{value}: {error}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_timeout_of_a_call_covers_all_its_attempts() {
    let transport = Scripted::new((0..9).map(|_| Reply::Hang));
    let client = transport
        .builder()
        .retry(immediate().attempts(9))
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
async fn the_built_in_transport_does_not_retry() {
    let authority = Authority::new("a root");
    let server = Server::start(Setup::new(&authority, Then::Close)).await;
    let builder = server.builder().identity(authority.client()).retry(immediate());
    let client = builder.build().unwrap();

    let error = client.send(RetiredWrite::default()).await.unwrap_err();
    assert!(error.may_have_been_applied(), "{error}");
    assert_eq!(server.seen(|seen| (seen.connections, seen.requests.len())), (1, 1));

    let error = client.send(ListIds::default()).await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert_eq!(server.seen(|seen| (seen.connections, seen.requests.len())), (4, 4));
}

/// HTTP/2 allows a client to send a refused request again. reqwest would do so by default, unknown to the retry policy.
#[tokio::test]
async fn the_built_in_transport_does_not_retry_refused_streams() {
    let authority = Authority::new("a root");
    let setup = Setup {
        protocols: &["h2"],
        ..Setup::new(&authority, Then::RefuseOverHttp2)
    };
    let server = Server::start(setup).await;
    let client = server.builder().identity(authority.client()).build().unwrap();
    client.send(RetiredWrite::default()).await.unwrap_err();
    assert_eq!(server.seen(|seen| seen.requests.len()), 1);
    client.send(ListIds::default()).await.unwrap_err();
    assert_eq!(server.seen(|seen| seen.requests.len()), 2);
}
