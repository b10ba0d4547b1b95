//! Tests of HTTP/2 that is refused, fails, or falls silent.

use std::pin::Pin;
use std::task::{Context, Waker};
use std::time::Duration;

use spektrix_v2::{Client, Error, ErrorKind, EventId, Retry};

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

/// A server that has responded over HTTP/2 supports it. Its failure is not the reason to leave it.
#[tokio::test]
async fn one_broken_connection_does_not_end_http_2() {
    let authority = Authority::new("a root");
    let server = server(&authority, Then::PretendHttp2Later).await;
    let client = server.builder().identity(authority.client()).build().unwrap();
    client.send(ListIds::default()).await.unwrap();
    for _ in 0..2 {
        client.send(ListIds::default()).await.unwrap_err();
        assert_eq!(server.seen(|seen| seen.protocol.clone()).as_deref(), Some("h2"));
    }
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

/// A client whose first call has made a connection.
async fn connected() -> (Server, Client) {
    let authority = Authority::new("a root");
    let server = server(&authority, Then::RespondAsAsked).await;
    let client = server.builder().identity(authority.client()).build().unwrap();
    client.send(ListIds::default()).await.unwrap();
    (server, client)
}

type Waiting = Pin<Box<dyn Future<Output = Result<Vec<EventId>, Error>>>>;

/// Sends a request that the server treats in this way, and waits for exactly this long.
async fn wait(client: &Client, code: &str, time: Duration) -> Waiting {
    let (client, code) = (client.clone(), Some(code.to_owned()));
    let operation = ListIds {
        code,
        ..ListIds::default()
    };
    let mut call: Waiting = Box::pin(async move { client.send(operation).await });
    tokio::time::pause();
    assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    tokio::time::advance(time).await;
    tokio::time::resume();
    call
}

/// The connection stays open, and no reset ever comes. A request that is dropped early was only cancelled.
#[tokio::test]
async fn a_connection_that_falls_silent_is_given_up() {
    for (milliseconds, connections) in [(199, 1), (200, 2)] {
        let (server, client) = connected().await;
        drop(wait(&client, "never", Duration::from_millis(milliseconds)).await);
        for _ in 0..3 {
            client.send(ListIds::default()).await.unwrap();
        }
        assert_eq!(server.seen(|seen| seen.connections), connections, "{milliseconds} ms");
    }
}

#[tokio::test]
async fn a_connection_with_other_responses_is_kept() {
    let (server, client) = connected().await;
    let waiting = wait(&client, "never", Duration::from_millis(500)).await;
    client.send(ListIds::default()).await.unwrap();
    drop(waiting);
    client.send(ListIds::default()).await.unwrap();
    assert_eq!(server.seen(|seen| seen.connections), 1);
}

#[tokio::test]
async fn a_slow_response_keeps_the_connection() {
    let (server, client) = connected().await;
    let waiting = wait(&client, "later", Duration::from_millis(500)).await;
    let (slow, next) = tokio::join!(waiting, client.send(ListIds::default()));
    assert_eq!((slow.unwrap(), next.unwrap()), (vec![], vec![]));
    client.send(ListIds::default()).await.unwrap();
    assert_eq!(server.seen(|seen| seen.connections), 1);
}
