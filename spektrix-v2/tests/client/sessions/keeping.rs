//! The keeper: how often it asks, and when it stops.

use std::time::Duration;

use spektrix_v2::session::KeeperState;
use spektrix_v2::{Session, SessionId, TransportError, TransportFault};
use tokio::time::sleep;

use super::{begins, fresh, ticket};
use crate::canary::search::Log;
use crate::scripted::{Reply, Scripted};

const PERIOD: Duration = Duration::from_secs(240);

fn resumed(transport: &Scripted) -> Session {
    transport.client().resume_session(SessionId::new("a1").unwrap())
}

/// Lets time pass, and the keeper act on it.
async fn pass(time: Duration) {
    sleep(time).await;
    // The clock stands still only while somebody has something to do.
    sleep(Duration::from_millis(1)).await;
}

#[tokio::test(start_paused = true)]
async fn it_asks_once_each_period_until_it_is_dropped() {
    let transport = Scripted::new([Reply::ok(""), Reply::ok(""), Reply::ok("")]);
    let keeper = resumed(&transport).keep_alive_every(PERIOD);
    assert_eq!(keeper.state(), KeeperState::Waiting);
    for sent in 0..3 {
        assert_eq!(transport.requests().len(), sent);
        pass(PERIOD).await;
        assert_eq!(keeper.state(), KeeperState::Kept);
    }
    drop(keeper);
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
async fn it_ends_with_the_session() {
    let transport = Scripted::new([Reply::ok(""), Reply::status(404, "")]);
    let mut keeper = resumed(&transport).keep_alive_every(PERIOD);
    keeper.over().await;
    assert_eq!(keeper.state(), KeeperState::Over);
    pass(10 * PERIOD).await;
    assert_eq!(transport.requests().len(), 2);
    keeper.over().await;
}

#[tokio::test(start_paused = true)]
async fn it_goes_on_after_a_failure_and_tells() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let closed = || Reply::Fail(TransportError::new(TransportFault::Closed, "reset"));
    let transport = Scripted::new([closed(), Reply::ok("")]);
    let keeper = resumed(&transport).keep_alive_every(PERIOD);
    pass(PERIOD).await;
    assert_eq!(keeper.state(), KeeperState::Failing);
    assert!(
        log.text().contains("a session could not be kept alive"),
        "{}",
        log.text()
    );
    pass(PERIOD).await;
    assert_eq!(keeper.state(), KeeperState::Kept);
    assert_eq!(transport.requests().len(), 2);
}

/// Where the service cannot have acted, it does not wait for the next period.
#[tokio::test(start_paused = true)]
async fn it_tries_again_at_once_where_nothing_was_sent() {
    let refused = || Reply::Fail(TransportError::new(TransportFault::Connect, "refused"));
    let transport = Scripted::new([refused(), refused(), Reply::ok("")]);
    let keeper = resumed(&transport).keep_alive_every(PERIOD);
    pass(PERIOD + Duration::from_secs(5)).await;
    assert_eq!(keeper.state(), KeeperState::Kept);
}

#[tokio::test(start_paused = true)]
async fn it_waits_for_a_session_to_begin_and_ends_when_the_service_ends_it() {
    let over = Reply::ok("").with_header("set-cookie", "SessionId=; path=/");
    let transport = Scripted::new([begins("a1"), Reply::ok(""), over]);
    let session = fresh(&transport);
    let mut keeper = session.keep_alive_every(PERIOD);
    pass(5 * PERIOD).await;
    assert_eq!(keeper.state(), KeeperState::Waiting);
    assert!(transport.requests().is_empty());
    session.add(ticket()).await.unwrap();
    pass(PERIOD).await;
    assert_eq!(keeper.state(), KeeperState::Kept);
    keeper.over().await;
    assert_eq!(transport.requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn no_period_makes_it_a_flood() {
    let transport = Scripted::new((0..5).map(|_| Reply::ok("")));
    let keeper = resumed(&transport).keep_alive_every(Duration::ZERO);
    pass(Duration::from_millis(500)).await;
    assert!(transport.requests().is_empty());
    pass(Duration::from_secs(3)).await;
    assert!((2..=4).contains(&transport.requests().len()));
    assert_eq!(format!("{keeper:?}"), "Keeper { state: Kept }");
}
