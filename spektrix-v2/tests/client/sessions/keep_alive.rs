//! Tests of `keep_alive_every`: how often it sends, and when it stops.

use std::time::Duration;

use spektrix_v2::session::KeepAliveState;
use spektrix_v2::{Session, SessionId, TransportError, TransportErrorKind};
use tokio::time::sleep;

use super::{new_session, starts, ticket};
use crate::scripted::{Reply, Scripted};
use spektrix_v2_test_support::canary::Log;

const PERIOD: Duration = Duration::from_secs(240);

fn resumed(transport: &Scripted) -> Session {
    transport.client().resume_session(SessionId::new("a1").unwrap())
}

/// Advances the time, and lets the background task run.
async fn pass(time: Duration) {
    sleep(time).await;
    // The paused clock advances only when no task can run: this sleep ends after the background task has run.
    sleep(Duration::from_millis(1)).await;
}

#[tokio::test(start_paused = true)]
async fn it_sends_once_each_period_until_it_is_dropped() {
    let transport = Scripted::new([Reply::ok(""), Reply::ok(""), Reply::ok("")]);
    let keep_alive = resumed(&transport).keep_alive_every(PERIOD).unwrap();
    assert_eq!(keep_alive.state(), KeepAliveState::Waiting);
    for sent in 0..3 {
        assert_eq!(transport.requests().len(), sent);
        pass(PERIOD).await;
        assert_eq!(keep_alive.state(), KeepAliveState::Alive);
    }
    drop(keep_alive);
    pass(10 * PERIOD).await;
    assert_eq!(transport.requests().len(), 3);
    assert!(
        transport
            .requests()
            .iter()
            .all(|request| request.uri().path().ends_with("/keep-alive"))
    );
}

#[tokio::test(start_paused = true)]
async fn it_stops_when_the_session_has_ended() {
    let transport = Scripted::new([Reply::ok(""), Reply::status(404, "")]);
    let mut keep_alive = resumed(&transport).keep_alive_every(PERIOD).unwrap();
    keep_alive.ended().await;
    assert_eq!(keep_alive.state(), KeepAliveState::Ended);
    pass(10 * PERIOD).await;
    assert_eq!(transport.requests().len(), 2);
    keep_alive.ended().await;
}

#[tokio::test(start_paused = true)]
async fn it_continues_after_a_failure_and_logs_it() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let closed = || Reply::Fail(TransportError::new(TransportErrorKind::Closed, "reset"));
    let transport = Scripted::new([closed(), Reply::ok("")]);
    let keep_alive = resumed(&transport).keep_alive_every(PERIOD).unwrap();
    pass(PERIOD).await;
    assert_eq!(keep_alive.state(), KeepAliveState::Failing);
    assert!(
        log.text().contains("a session could not be kept alive"),
        "{}",
        log.text()
    );
    pass(PERIOD).await;
    assert_eq!(keep_alive.state(), KeepAliveState::Alive);
    assert_eq!(transport.requests().len(), 2);
}

/// If the service cannot have received the request, the task does not wait for the next period.
#[tokio::test(start_paused = true)]
async fn it_retries_immediately_if_nothing_was_sent() {
    let refused = || Reply::Fail(TransportError::new(TransportErrorKind::Connect, "refused"));
    let transport = Scripted::new([refused(), refused(), Reply::ok("")]);
    let keep_alive = resumed(&transport).keep_alive_every(PERIOD).unwrap();
    pass(PERIOD + Duration::from_secs(5)).await;
    assert_eq!(keep_alive.state(), KeepAliveState::Alive);
}

#[tokio::test(start_paused = true)]
async fn it_waits_for_the_session_to_start() {
    let over = Reply::ok("").with_header("set-cookie", "SessionId=; path=/");
    let transport = Scripted::new([starts("a1"), Reply::ok(""), over]);
    let session = new_session(&transport);
    let mut keep_alive = session.keep_alive_every(PERIOD).unwrap();
    pass(5 * PERIOD).await;
    assert_eq!(keep_alive.state(), KeepAliveState::Waiting);
    assert!(transport.requests().is_empty());
    session.add(ticket()).await.unwrap();
    pass(PERIOD).await;
    assert_eq!(keep_alive.state(), KeepAliveState::Alive);
    keep_alive.ended().await;
    assert_eq!(transport.requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_period_of_zero_counts_as_one_second() {
    let transport = Scripted::new((0..5).map(|_| Reply::ok("")));
    let keep_alive = resumed(&transport).keep_alive_every(Duration::ZERO).unwrap();
    pass(Duration::from_millis(500)).await;
    assert!(transport.requests().is_empty());
    pass(Duration::from_secs(3)).await;
    assert!((2..=4).contains(&transport.requests().len()));
    assert_eq!(format!("{keep_alive:?}"), "KeepAlive { state: Alive }");
}
