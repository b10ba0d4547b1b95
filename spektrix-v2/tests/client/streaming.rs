//! Tests of lists that are decoded while they arrive: the request, the time limits, and how they end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use http::StatusCode;
use spektrix_v2::{
    BodyStream, Client, Error, EventId, ItemStream, TransportError, TransportErrorKind, TransportResponse,
};

use crate::errors::predicates;
use crate::operations::{ListIds, ids};
use crate::scripted::{Reply, Scripted};

type Chunk = Result<Bytes, TransportError>;

#[expect(clippy::unnecessary_wraps, reason = "a body is a stream of results")]
fn chunk(text: &str) -> Chunk {
    Ok(Bytes::from(text.to_owned()))
}

/// Creates a client that receives this body.
fn client(body: impl Stream<Item = Chunk> + Send + 'static) -> Client {
    let response = TransportResponse::new(StatusCode::OK, BodyStream::new(body));
    Scripted::new([Reply::Respond(response)]).client()
}

fn items(client: &Client) -> ItemStream<EventId> {
    client.call(ListIds::default()).stream()
}

/// Returns the items, and the error that ends them.
async fn read(mut items: ItemStream<EventId>) -> (Vec<i32>, Option<Error>) {
    let mut read = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(id) => read.push(id.get()),
            Err(error) => {
                assert!(items.next().await.is_none(), "an error ends the stream");
                return (read, Some(error));
            }
        }
    }
    assert!(items.next().await.is_none());
    (read, None)
}

#[tokio::test]
async fn one_request_is_sent_when_the_stream_is_read() {
    let transport = Scripted::new([Reply::ok(ids(1..=300))]);
    let items = transport.client().call(ListIds::default()).limit(2).offset(1).stream();
    assert_eq!(transport.requests().len(), 0);
    let (read, error) = read(items).await;
    assert!(error.is_none());
    assert_eq!(read, (1..=300).collect::<Vec<_>>());
    assert_eq!(transport.queries(), ["all=true&api_key=test-k3y"]);
}

#[tokio::test]
async fn an_item_is_returned_before_the_next_arrives() {
    let start = stream::iter([chunk("<Events><Event "), chunk("id=\"1\"/><Ev")]);
    let mut items = items(&client(start.chain(stream::pending())));
    assert_eq!(items.next().await.unwrap().unwrap(), EventId::new(1));
}

#[tokio::test]
async fn chunks_may_end_anywhere() {
    let bytes: Vec<_> = ids(1..=20)
        .into_bytes()
        .into_iter()
        .map(|byte| Ok(Bytes::from(vec![byte])))
        .collect();
    let (read, error) = read(items(&client(stream::iter(bytes)))).await;
    assert!(error.is_none());
    assert_eq!(read.len(), 20);
}

#[tokio::test(start_paused = true)]
async fn a_stream_may_take_longer_than_the_timeout() {
    let body = ids(1..=20).into_bytes();
    let chunks: Vec<_> = body.chunks(20).map(|chunk| Ok(Bytes::from(chunk.to_vec()))).collect();
    let slowly = stream::iter(chunks).then(|chunk| async {
        tokio::time::sleep(Duration::from_secs(29)).await;
        chunk
    });
    let start = tokio::time::Instant::now();
    let (read, error) = read(items(&client(slowly.boxed()))).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(read.len(), 20);
    assert!(start.elapsed() > Duration::from_secs(300));
}

#[tokio::test(start_paused = true)]
async fn a_stalled_response_is_an_error() {
    let start = stream::iter([chunk("<Events><Event id=\"1\"/>")]);
    let (read, error) = read(items(&client(start.chain(stream::pending())))).await;
    assert_eq!(read, [1]);
    let error = error.unwrap();
    assert_eq!(predicates(&error), ["timeout"]);
    assert!(
        error.to_string().contains("no data for 30s: start it again later"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_response_that_never_begins_is_an_error() {
    let transport = Scripted::new([Reply::Hang]);
    let (read, error) = read(items(&transport.client())).await;
    assert_eq!((read.len(), predicates(&error.unwrap())), (0, vec!["timeout"]));
}

#[tokio::test]
async fn errors_are_the_same_as_for_a_complete_body() {
    let lost = TransportError::new(TransportErrorKind::Body, "reset");
    let bodies: Vec<(Vec<Chunk>, usize, &str)> = vec![
        (vec![chunk("<Events><Event id=\"1\"/>"), Err(lost)], 1, "(reset)"),
        (
            vec![chunk("<Events><Event id=\"1\"/><Event id=\"x\"/>")],
            1,
            "`x` is not",
        ),
        (
            vec![chunk("<Events><Event id=\"1\"/>")],
            1,
            "it ends inside an element (in Events, at byte 23)",
        ),
        (
            vec![chunk("<html><p>Please sign in")],
            0,
            "is an HTML page, not XML (at byte 6) (\"Please sign in\")",
        ),
        (vec![chunk("<Plans/>")], 0, "the root element is `Plans`, not `Events`"),
        (vec![], 0, "the body is empty where XML was expected"),
    ];
    for (body, count, words) in bodies {
        let (read, error) = read(items(&client(stream::iter(body)))).await;
        let error = error.expect(words);
        assert_eq!(read.len(), count, "{error}");
        assert!(error.to_string().starts_with("GetEvents: "), "{error}");
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[tokio::test]
async fn a_refusal_is_the_first_item() {
    let transport = Scripted::new([Reply::status(401, "no")]);
    let (read, error) = read(items(&transport.client())).await;
    assert_eq!(read.len(), 0);
    assert_eq!(predicates(&error.unwrap()), ["unauthorized"]);
}

#[tokio::test]
async fn a_decode_error_quotes_no_secret() {
    let repeats = ["test-k3y", "first test-k3y", &format!("{}test-k3y", "x".repeat(36))];
    for value in repeats {
        let body = format!("<Events><Event id=\"1\"/><Event id=\"{value}\"/></Events>");
        let (read, error) = read(items(&client(stream::iter([chunk(&body)])))).await;
        let error = error.unwrap().to_string();
        assert_eq!(read, [1]);
        assert!(error.contains("is not a whole number"), "{error}");
        assert!(!error.contains("test") && !error.contains("k3"), "{error}");
    }
}

#[tokio::test]
async fn dropping_the_stream_drops_the_response() {
    struct DropFlag(Arc<AtomicBool>);
    impl Drop for DropFlag {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    let dropped = Arc::new(AtomicBool::new(false));
    let flag = DropFlag(Arc::clone(&dropped));
    let endless = stream::repeat_with(move || {
        let _ = &flag;
        chunk(" ")
    });
    let body = stream::iter([chunk("<Events><Event id=\"1\"/>")]).chain(endless);
    let mut items = items(&client(body));
    items.next().await.unwrap().unwrap();
    assert!(!dropped.load(Ordering::Relaxed));
    drop(items);
    assert!(dropped.load(Ordering::Relaxed));
}

#[tokio::test]
async fn a_stream_is_send_and_unpin() {
    fn needs<S: Stream + Send + Unpin + 'static>(stream: S) -> S {
        stream
    }
    let transport = Scripted::new([Reply::ok(ids(1..=3))]);
    let items = needs(items(&transport.client()));
    assert_eq!(tokio::spawn(items.count()).await.unwrap(), 3);
}
