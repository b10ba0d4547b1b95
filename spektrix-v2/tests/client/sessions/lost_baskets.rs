//! Tests of expired baskets: the service starts a new session, and the loss is counted and logged.

use std::time::Duration;

use spektrix_v2::SessionId;
use tokio::task::yield_now;

use super::{basket, cookies, id_of, starts, ticket};
use crate::errors::predicates;
use crate::scripted::{Reply, Scripted};
use spektrix_v2_test_support::canary::Log;

#[tokio::test]
async fn a_change_of_an_expired_basket_counts_as_a_loss() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let transport = Scripted::new([Reply::ok(""), starts("a1"), starts("b2"), starts("c3"), basket()]);
    let session = transport.client().resume_session(SessionId::new("a1").unwrap());
    let clone = session.clone();
    // A response without a cookie, or with the same one, means the same basket.
    for (lost, id) in [(0, "a1"), (0, "a1"), (1, "b2"), (2, "c3")] {
        session.add(ticket()).await.unwrap();
        assert_eq!((session.lost_baskets(), clone.lost_baskets()), (lost, lost));
        assert_eq!(id_of(&session).as_deref(), Some(id));
    }
    clone.basket().await.unwrap();
    assert_eq!(transport.cookies(), cookies(["a1", "a1", "a1", "b2", "c3"].map(Some)));
    let warning = "the service no longer knew the session";
    assert_eq!(log.text().matches(warning).count(), 2, "{}", log.text());
}

#[tokio::test]
async fn reading_an_expired_basket_is_an_error_and_not_a_loss() {
    let transport = Scripted::new([
        Reply::status(404, ""),
        Reply::status(404, "").with_header("set-cookie", "SessionId="),
    ]);
    let session = transport.client().resume_session(SessionId::new("a1").unwrap());
    let error = session.basket().await.unwrap_err();
    assert_eq!(predicates(&error), ["not_found", "session_expired"]);
    assert_eq!(id_of(&session).as_deref(), Some("a1"));
    // This response ends the session.
    assert!(session.basket().await.unwrap_err().is_session_expired());
    assert_eq!(session.id(), None);
    assert!(session.basket().await.unwrap_err().is_session_expired());
    assert_eq!(transport.requests().len(), 2);
}

/// The response to a read with the old cookie may arrive after a change has started a new session.
#[tokio::test(start_paused = true)]
async fn a_late_response_does_not_restore_an_old_session() {
    for late in ["SessionId=", "SessionId=a1", "SessionId=d4"] {
        let transport = Scripted::new([
            Reply::After(
                Duration::from_secs(1),
                Box::new(basket().with_header("set-cookie", late)),
            ),
            starts("b2"),
        ]);
        let session = transport.client().resume_session(SessionId::new("a1").unwrap());
        let read = tokio::spawn(session.basket().into_future());
        yield_now().await;
        session.add(ticket()).await.unwrap();
        read.await.unwrap().unwrap();
        assert_eq!(id_of(&session).as_deref(), Some("b2"), "{late}");
        assert_eq!(session.lost_baskets(), 1);
    }
}
