//! A basket that is gone: the service begins another, and nobody is left in the dark.

use std::time::Duration;

use spektrix_v2::SessionId;
use tokio::task::yield_now;

use super::{basket, begins, cookies, id_of, ticket};
use crate::canary::search::Log;
use crate::errors::predicates;
use crate::scripted::{Reply, Scripted};

#[tokio::test]
async fn a_change_of_a_basket_that_is_gone_counts() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let transport = Scripted::new([Reply::ok(""), begins("a1"), begins("b2"), begins("c3"), basket()]);
    let session = transport.client().resume_session(SessionId::new("a1").unwrap());
    let clone = session.clone();
    // With no cookie, or with the same one, it is still the same basket.
    for (lost, id) in [(0, "a1"), (0, "a1"), (1, "b2"), (2, "c3")] {
        session.add(ticket()).await.unwrap();
        assert_eq!((session.lost_baskets(), clone.lost_baskets()), (lost, lost));
        assert_eq!(id_of(&session).as_deref(), Some(id));
    }
    clone.basket().await.unwrap();
    assert_eq!(transport.cookies(), cookies(["a1", "a1", "a1", "b2", "c3"].map(Some)));
    let warning = "the service did not know the session any more";
    assert_eq!(log.text().matches(warning).count(), 2, "{}", log.text());
}

#[tokio::test]
async fn a_read_of_a_basket_that_is_gone_is_an_error_and_changes_nothing() {
    let transport = Scripted::new([
        Reply::status(404, ""),
        Reply::status(404, "").with_header("set-cookie", "SessionId="),
    ]);
    let session = transport.client().resume_session(SessionId::new("a1").unwrap());
    let error = session.basket().await.unwrap_err();
    assert_eq!(predicates(&error), ["not_found", "session_expired"]);
    assert_eq!(id_of(&session).as_deref(), Some("a1"));
    // Unless the service says so.
    assert!(session.basket().await.unwrap_err().is_session_expired());
    assert_eq!(session.id(), None);
    assert!(session.basket().await.unwrap_err().is_session_expired());
    assert_eq!(transport.requests().len(), 2);
}

/// A read with the old cookie may be answered after a change has brought a new one.
#[tokio::test(start_paused = true)]
async fn an_answer_that_comes_late_does_not_bring_an_old_session_back() {
    for late in ["SessionId=", "SessionId=a1", "SessionId=d4"] {
        let transport = Scripted::new([
            Reply::After(
                Duration::from_secs(1),
                Box::new(basket().with_header("set-cookie", late)),
            ),
            begins("b2"),
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
