//! A call that is given up, at every point where it can be: nothing is repeated, nothing is kept.

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

/// Waits before each head and before each body.
pub(crate) struct Slow(pub(crate) Scripted);

impl Transport for Slow {
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        let reply = self.0.send(request);
        Box::pin(async {
            yield_now().await;
            let answer = reply.await?;
            let body = stream::once(async {
                yield_now().await;
                answer.body
            });
            Ok(TransportResponse::new(answer.status, BodyStream::new(body.flatten())).with_headers(answer.headers))
        })
    }
}

/// Room for one request, and a budget for one repetition.
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

/// Polls a call this many times, and drops it. Whether it was done by then.
async fn give_up_after<O: Operation>(client: &Client, operation: O, polls: usize) -> bool {
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
async fn a_read_that_is_given_up_leaves_room_budget_and_peace() {
    let mut sent = Vec::new();
    for polls in 0.. {
        let replies = [503, 200, 503, 200].map(|status| Reply::status(status, "<Events/>"));
        let transport = Scripted::new(replies);
        let client = client(&transport);
        let done = give_up_after(&client, ListIds::default(), polls).await;
        let before = transport.requests().len();
        sent.push(before);
        advance(Duration::from_secs(100)).await;
        yield_now().await;
        assert_eq!(transport.requests().len(), before, "after {polls} polls");
        // The next call needs the only room, and, where its first answer is a 503, the whole budget.
        client.send(ListIds::default()).await.unwrap();
        if done {
            break;
        }
    }
    assert_eq!(sent[..2], [0, 1]);
    assert_eq!(sent.last(), Some(&2));
    assert!(
        sent.len() >= 6,
        "both attempts were given up at their head and at their body: {sent:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_write_that_is_given_up_is_not_sent_again() {
    for polls in 0..3 {
        let transport = Scripted::new([Reply::ok("")]);
        let client = client(&transport);
        assert!(!give_up_after(&client, RetiredWrite::default(), polls).await);
        advance(Duration::from_secs(100)).await;
        yield_now().await;
        assert_eq!(transport.requests().len(), usize::from(polls > 0));
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_given_up_while_it_waits_for_room_leaves_the_queue() {
    let transport = Scripted::new([Reply::ok("<Events/>"), Reply::ok("<Events/>")]);
    let client = client(&transport);
    let mut first = pin!(client.send(ListIds::default()));
    let mut context = Context::from_waker(Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending());
    assert!(!give_up_after(&client, ListIds::default(), 1).await);
    first.await.unwrap();
    client.send(ListIds::default()).await.unwrap();
    assert_eq!(transport.requests().len(), 2);
}
