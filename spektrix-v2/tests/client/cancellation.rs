//! Tests that drop a call at every point: nothing is sent afterwards, and nothing stays occupied.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::Request;
use spektrix_v2::{BodyStream, Client, Operation, Retry, Transport, TransportFuture, TransportResponse};
use tokio::task::yield_now;
use tokio::time::advance;

use crate::operations::{ListIds, RetiredWrite};
use crate::scripted::{Reply, Scripted};

/// Returns `Pending` once before the headers, and once before the body.
pub(crate) struct Slow(pub(crate) Scripted);

impl Transport for Slow {
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        let reply = self.0.send(request);
        Box::pin(async {
            yield_now().await;
            let response = reply.await?;
            let body = stream::once(async {
                yield_now().await;
                response.body
            });
            Ok(TransportResponse::new(response.status, BodyStream::new(body.flatten())).with_headers(response.headers))
        })
    }
}

/// Creates a client with one request in flight, and a budget for one retry.
fn client(transport: &Scripted) -> Client {
    let builder = Client::builder("venue").api_key("test-k3y");
    builder
        .transport(Slow(transport.clone()))
        .retry(Retry::new().attempts(2))
        .retry_budget(5)
        .max_in_flight(1)
        .build()
        .unwrap()
}

/// Polls a call this many times and drops it. Returns whether it had completed.
async fn cancel_after<O: Operation>(client: &Client, operation: O, polls: usize) -> bool {
    let mut call = pin!(client.send(operation));
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..polls {
        if let Poll::Ready(result) = call.as_mut().poll(&mut context) {
            result.unwrap();
            return true;
        }
        advance(Duration::from_secs(1)).await;
    }
    false
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_read_occupies_nothing() {
    let mut sent = Vec::new();
    for polls in 0.. {
        let replies = [503, 200, 503, 200].map(|status| Reply::status(status, "<Events/>"));
        let transport = Scripted::new(replies);
        let client = client(&transport);
        let completed = cancel_after(&client, ListIds::default(), polls).await;
        let before = transport.requests().len();
        sent.push(before);
        advance(Duration::from_secs(100)).await;
        yield_now().await;
        assert_eq!(transport.requests().len(), before, "after {polls} polls");
        // The next call needs the only permit and, if its first response is a 503, the whole budget.
        client.send(ListIds::default()).await.unwrap();
        if completed {
            break;
        }
    }
    assert_eq!(sent[..2], [0, 1]);
    assert_eq!(sent.last(), Some(&2));
    let enough = sent.len() >= 6;
    assert!(
        enough,
        "both attempts were cancelled at their headers and at their body: {sent:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_write_is_not_retried() {
    for polls in 0..3 {
        let transport = Scripted::new([Reply::ok("")]);
        let client = client(&transport);
        assert!(!cancel_after(&client, RetiredWrite::default(), polls).await);
        advance(Duration::from_secs(100)).await;
        yield_now().await;
        assert_eq!(transport.requests().len(), usize::from(polls > 0));
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_cancelled_in_the_queue_leaves_it() {
    let transport = Scripted::new([Reply::ok("<Events/>"), Reply::ok("<Events/>")]);
    let client = client(&transport);
    let mut first = pin!(client.send(ListIds::default()));
    let mut context = Context::from_waker(Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending());
    assert!(!cancel_after(&client, ListIds::default(), 1).await);
    first.await.unwrap();
    client.send(ListIds::default()).await.unwrap();
    assert_eq!(transport.requests().len(), 2);
}
