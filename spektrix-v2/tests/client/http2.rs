//! Tests of HTTP/2 that is refused, fails, or falls silent.

use std::time::Duration;

use spektrix_v2::{ErrorKind, Retry};

use crate::authority::Authority;
use crate::operations::{ListIds, RetiredWrite};
use crate::server::{Server, Setup, Then};

async fn server(authority: &Authority, then: Then) -> Server {
    let setup = Setup {
        protocols: &["h2", "http/1.1"],
        ..Setup::new(authority, then)
    };
    Server::start(setup).await
}

#[tokio::test]
async fn http_1_is_used_where_the_server_requires_it() {
    let authority = Authority::new("a root");
    let server = server(&authority, Then::RequireHttp1).await;
    let client = server.builder().identity(authority.client()).build().unwrap();
    for _ in 0..2 {
        assert_eq!(client.send(ListIds::default()).await.unwrap(), []);
    }
    let requests = server.seen(|seen| seen.requests.clone());
    let over_http_1: Vec<_> = requests.iter().map(|request| request.starts_with("GET ")).collect();
    assert_eq!(
        over_http_1,
        [false, true, true],
        "the refusal is remembered: {requests:?}"
    );
}

#[tokio::test]
async fn http_1_can_be_chosen() {
    let authority = Authority::new("a root");
    let server = server(&authority, Then::RequireHttp1).await;
    let builder = server.builder().identity(authority.client()).http1_only();
    builder.build().unwrap().send(ListIds::default()).await.unwrap();
    assert_eq!(server.seen(|seen| seen.protocol.clone()).as_deref(), Some("http/1.1"));
    assert_eq!(server.seen(|seen| seen.requests.len()), 1);
}

/// A read is retried, and the retry is sent over HTTP/1.1.
#[tokio::test]
async fn a_server_that_only_pretends_is_used_over_http_1() {
    let authority = Authority::new("a root");
    let server = server(&authority, Then::PretendHttp2).await;
    let builder = server.builder().identity(authority.client());
    let client = builder.retry(Retry::new().base_delay(Duration::ZERO)).build().unwrap();
    assert_eq!(client.send(ListIds::default()).await.unwrap(), []);
    assert_eq!(client.send(ListIds::default()).await.unwrap(), []);
    assert_eq!(server.seen(|seen| seen.requests.len()), 2);
}

#[tokio::test]
async fn a_refused_stream_was_not_processed() {
    let authority = Authority::new("a root");
    let server = server(&authority, Then::RefuseOverHttp2).await;
    let builder = server.builder().identity(authority.client());
    let client = builder.retry(Retry::new().base_delay(Duration::ZERO)).build().unwrap();

    let write = client.send(RetiredWrite::default()).await.unwrap_err();
    assert_eq!((write.kind(), write.attempts()), (ErrorKind::Connection, 1));
    assert!(!write.may_have_been_applied(), "{write}");
    let text = write.to_string();
    assert!(
        text.contains("the server refused the request without processing it"),
        "{text}"
    );
    assert!(!text.contains("certificate"), "{text}");

    let read = client.send(ListIds::default()).await.unwrap_err();
    assert_eq!(read.attempts(), 3, "{read}");
}

/// The connection stays open, and no reset ever comes.
#[tokio::test]
async fn a_connection_that_falls_silent_is_given_up() {
    let authority = Authority::new("a root");
    let server = server(&authority, Then::FallSilent).await;
    let builder = server.builder().identity(authority.client());
    let client = builder.timeout(Duration::from_millis(500)).build().unwrap();
    client.send(ListIds::default()).await.unwrap();
    let error = client.send(ListIds::default()).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    for _ in 0..3 {
        client.send(ListIds::default()).await.unwrap();
    }
    assert_eq!(server.seen(|seen| seen.connections), 2, "the new connection is kept");
}
