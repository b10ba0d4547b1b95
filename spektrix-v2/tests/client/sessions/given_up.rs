//! A change that is given up, at every point where it can be: nothing is repeated, and the next one goes on.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use spektrix_v2::Session;

use super::{begins, cookies, id_of, ticket};
use crate::cancellation::Slow;
use crate::scripted::{Reply, Scripted};

fn session(transport: &Scripted) -> Session {
    let builder = transport.builder();
    builder.transport(Slow(transport.clone())).build().unwrap().session()
}

/// Polls a change this many times, and drops it. Whether it was done by then.
fn give_up_after(session: &Session, polls: usize) -> bool {
    let mut change = pin!(session.add(ticket()).into_future());
    let mut context = Context::from_waker(Waker::noop());
    (0..polls).any(|_| matches!(change.as_mut().poll(&mut context), Poll::Ready(Ok(()))))
}

/// Not sent; sent; its head arrived; all of it arrived.
#[tokio::test]
async fn a_first_change_leaves_no_session_until_its_cookie_has_come() {
    let expected = [
        (false, 0, None),
        (false, 1, None),
        (false, 1, Some("a1")),
        (true, 1, Some("a1")),
    ];
    for (polls, (done, sent, id)) in expected.into_iter().enumerate() {
        let transport = Scripted::new([begins("a1")]);
        let session = session(&transport);
        assert_eq!(give_up_after(&session, polls), done, "{polls} polls");
        assert_eq!(transport.requests().len(), sent, "{polls} polls");
        assert_eq!(id_of(&session).as_deref(), id, "{polls} polls");
    }
}

#[tokio::test]
async fn the_next_change_has_its_turn_and_begins_what_there_is_not() {
    // By the number of polls: what is answered, with which cookies, and the session in the end.
    let cases = [
        (vec![begins("b2")], vec![None], "b2"),
        (vec![begins("a1"), begins("b2")], vec![None, None], "b2"),
        (vec![begins("a1"), Reply::ok("")], vec![None, Some("a1")], "a1"),
        (vec![begins("a1"), Reply::ok("")], vec![None, Some("a1")], "a1"),
    ];
    for (polls, (replies, sent, id)) in cases.into_iter().enumerate() {
        let transport = Scripted::new(replies);
        let session = session(&transport);
        give_up_after(&session, polls);
        session.add(ticket()).await.unwrap();
        assert_eq!(transport.cookies(), cookies(sent), "{polls} polls");
        assert_eq!(id_of(&session).as_deref(), Some(id), "{polls} polls");
        assert_eq!(session.lost_baskets(), 0);
    }
}

#[tokio::test]
async fn a_change_that_waits_for_its_turn_was_not_sent_and_leaves_the_queue() {
    let transport = Scripted::new([begins("a1"), Reply::ok("")]);
    let session = session(&transport);
    let mut first = pin!(session.add(ticket()).into_future());
    let mut context = Context::from_waker(Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending());
    assert!(!give_up_after(&session, 5));
    assert_eq!(transport.requests().len(), 1);
    first.await.unwrap();
    session.add(ticket()).await.unwrap();
    assert_eq!(transport.cookies(), cookies([None, Some("a1")]));
}
