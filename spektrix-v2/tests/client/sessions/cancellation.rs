//! Tests that cancel a change at every point: nothing is sent twice, and the next change works.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use spektrix_v2::Session;

use super::{cookies, id_of, starts, ticket};
use crate::cancellation::Slow;
use crate::scripted::{Reply, Scripted};

fn session(transport: &Scripted) -> Session {
    let builder = transport.builder();
    builder.transport(Slow(transport.clone())).build().unwrap().session()
}

/// Polls a change this many times and drops it. Returns whether it had completed.
fn cancel_after(session: &Session, polls: usize) -> bool {
    let mut change = pin!(session.add(ticket()).into_future());
    let mut context = Context::from_waker(Waker::noop());
    (0..polls).any(|_| matches!(change.as_mut().poll(&mut context), Poll::Ready(Ok(()))))
}

/// The polls: not sent, sent, headers received, complete.
#[tokio::test]
async fn a_session_starts_as_soon_as_its_cookie_arrives() {
    let expected = [
        (false, 0, None),
        (false, 1, None),
        (false, 1, Some("a1")),
        (true, 1, Some("a1")),
    ];
    for (polls, (done, sent, id)) in expected.into_iter().enumerate() {
        let transport = Scripted::new([starts("a1")]);
        let session = session(&transport);
        assert_eq!(cancel_after(&session, polls), done, "{polls} polls");
        assert_eq!(transport.requests().len(), sent, "{polls} polls");
        assert_eq!(id_of(&session).as_deref(), id, "{polls} polls");
    }
}

#[tokio::test]
async fn after_a_cancelled_change_the_next_one_succeeds() {
    // By number of polls: the responses, the cookies that are sent, and the session at the end.
    let cases = [
        (vec![starts("b2")], vec![None], "b2"),
        (vec![starts("a1"), starts("b2")], vec![None, None], "b2"),
        (vec![starts("a1"), Reply::ok("")], vec![None, Some("a1")], "a1"),
        (vec![starts("a1"), Reply::ok("")], vec![None, Some("a1")], "a1"),
    ];
    for (polls, (replies, sent, id)) in cases.into_iter().enumerate() {
        let transport = Scripted::new(replies);
        let session = session(&transport);
        cancel_after(&session, polls);
        session.add(ticket()).await.unwrap();
        assert_eq!(transport.cookies(), cookies(sent), "{polls} polls");
        assert_eq!(id_of(&session).as_deref(), Some(id), "{polls} polls");
        assert_eq!(session.lost_baskets(), 0);
    }
}

#[tokio::test]
async fn cancelling_a_waiting_change_sends_nothing() {
    let transport = Scripted::new([starts("a1"), Reply::ok("")]);
    let session = session(&transport);
    let mut first = pin!(session.add(ticket()).into_future());
    let mut context = Context::from_waker(Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending());
    assert!(!cancel_after(&session, 5));
    assert_eq!(transport.requests().len(), 1);
    first.await.unwrap();
    session.add(ticket()).await.unwrap();
    assert_eq!(transport.cookies(), cookies([None, Some("a1")]));
}
