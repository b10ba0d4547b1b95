//! Tests of what all clones of a client share: the retry budget, and the limit of requests in flight.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::join_all;
use http::{Request, StatusCode};
use spektrix_v2::{Client, Retry, Transport, TransportFuture, TransportResponse};

use crate::operations::{ListIds, RetiredWrite};
use crate::scripted::{Reply, Scripted};

fn two_attempts() -> Retry {
    Retry::new().attempts(2).base_delay(Duration::ZERO)
}

async fn attempts(client: &Client) -> u32 {
    client.send(ListIds::default()).await.unwrap_err().attempts()
}

#[tokio::test(start_paused = true)]
async fn clones_share_the_budget_and_success_fills_it() {
    let down = (0..3).map(|_| Reply::status(503, ""));
    let up = (0..5).map(|_| Reply::ok("<Events/>"));
    let retried = [Reply::status(503, ""), Reply::ok("<Events/>")];
    let later = (0..2).map(|_| Reply::status(503, ""));
    let transport = Scripted::new(down.chain(up).chain(retried).chain(later));
    let client = transport
        .builder()
        .retry(two_attempts())
        .retry_budget(5)
        .build()
        .unwrap();
    let clone = client.clone();
    assert_eq!(attempts(&client).await, 2);
    assert_eq!(attempts(&clone).await, 1, "the budget is empty");
    for _ in 0..6 {
        clone.send(ListIds::default()).await.unwrap();
    }
    assert_eq!(attempts(&client).await, 2, "a successful retry costs nothing");
    assert_eq!(transport.requests().len(), 12);
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_a_timeout_costs_more() {
    let transport = Scripted::new([Reply::Hang]);
    let builder = transport.builder().retry(two_attempts()).retry_budget(9);
    let client = builder.attempt_timeout(Duration::from_secs(1)).build().unwrap();
    assert_eq!(attempts(&client).await, 1);
}

/// Responds after a second, and counts the requests in flight.
#[derive(Clone, Default)]
struct Busy {
    now: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

impl Transport for Busy {
    fn send(&self, _: Request<Bytes>) -> TransportFuture<'_> {
        Box::pin(async {
            let now = self.now.fetch_add(1, Ordering::Relaxed) + 1;
            self.most.fetch_max(now, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_secs(1)).await;
            self.now.fetch_sub(1, Ordering::Relaxed);
            Ok(TransportResponse::new(StatusCode::OK, "<Events/>"))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn clones_share_the_limit_of_requests_in_flight() {
    for limit in [1, 3, usize::MAX] {
        let transport = Busy::default();
        let builder = Client::builder("venue")
            .api_key("test-k3y")
            .transport(transport.clone());
        let client = builder.max_in_flight(limit).build().unwrap();
        let calls = (0..10).map(|_| client.clone().call(ListIds::default()).into_future());
        assert!(join_all(calls).await.iter().all(Result::is_ok));
        assert_eq!(transport.most.load(Ordering::Relaxed), limit.min(10));
    }
}

/// Responds immediately to one operation, and never to the others.
struct OnlyBands;

impl Transport for OnlyBands {
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        Box::pin(async move {
            if request.uri().path().ends_with("/bands") {
                return Ok(TransportResponse::new(StatusCode::OK, "<Bands/>"));
            }
            std::future::pending().await
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_operation_leaves_room_for_the_others() {
    for limit in [4, 32] {
        let builder = Client::builder("venue").api_key("test-k3y").transport(OnlyBands);
        let client = builder.max_in_flight(limit).build().unwrap();
        let slow = (0..2 * limit).map(|_| client.clone().call(ListIds::default()).into_future());
        let mut slow = pin!(join_all(slow));
        let mut context = Context::from_waker(Waker::noop());
        assert!(slow.as_mut().poll(&mut context).is_pending());
        let start = tokio::time::Instant::now();
        assert_eq!(client.bands().await.unwrap(), [], "{limit}");
        assert_eq!(start.elapsed(), Duration::ZERO, "{limit}");
    }
}

#[tokio::test(start_paused = true)]
async fn requests_are_spread_over_a_second() {
    let transport = Scripted::new((0..9).map(|_| Reply::ok("<Events/>")));
    let client = transport.builder().requests_per_second(4).build().unwrap();
    let start = tokio::time::Instant::now();
    let calls = (0..9).map(|_| client.clone().call(ListIds::default()).into_future());
    assert!(join_all(calls).await.iter().all(Result::is_ok));
    assert_eq!(start.elapsed(), Duration::from_secs(2));
    assert!(
        transport
            .builder()
            .requests_per_second(0)
            .build()
            .unwrap_err()
            .is_configuration()
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_may_have_its_own_timeout() {
    let transport = Scripted::new([Reply::Hang, Reply::Hang]);
    let client = transport.builder().timeout(Duration::from_secs(9)).build().unwrap();
    let start = tokio::time::Instant::now();
    let error = client
        .call(ListIds::default())
        .timeout(Duration::from_secs(2))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("no complete response within 2s"), "{error}");
    client
        .call(ListIds::default())
        .timeout(Duration::from_secs(3))
        .stream()
        .next()
        .await
        .unwrap()
        .unwrap_err();
    assert_eq!(start.elapsed(), Duration::from_secs(5));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_waits_in_the_queue_sends_nothing() {
    let transport = Scripted::new([Reply::Hang]);
    let builder = transport.builder().max_in_flight(1);
    let client = builder.timeout(Duration::from_secs(5)).build().unwrap();
    let mut first = pin!(client.send(RetiredWrite::default()));
    let mut context = Context::from_waker(Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending());
    let second = client.send(RetiredWrite::default()).await.unwrap_err();
    let first = first.await.unwrap_err();
    assert!(first.is_timeout() && first.may_have_been_applied(), "{first}");
    assert!(second.is_timeout() && !second.may_have_been_applied(), "{second}");
    assert_eq!([first.attempts(), second.attempts()], [1, 0]);
    assert_eq!(transport.requests().len(), 1);
}
