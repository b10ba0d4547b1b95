//! Tests of concurrent calls: changes are serialized, reads do not wait.

use std::time::Duration;

use futures_util::future::join_all;
use spektrix_v2::{BasketItemId, Client};
use tokio::task::yield_now;

use super::{basket, cookies, new_session, starts, ticket};
use crate::cancellation::Slow;
use crate::errors::predicates;
use crate::operations::ListIds;
use crate::scripted::{Reply, Scripted};

fn slow(transport: &Scripted) -> Client {
    let builder = transport.builder();
    builder.transport(Slow(transport.clone())).build().unwrap()
}

#[tokio::test]
async fn concurrent_first_changes_start_one_session() {
    let transport = Scripted::new([starts("a1"), Reply::ok(""), Reply::ok(""), Reply::ok("")]);
    let session = slow(&transport).session();
    let results = join_all((0..4).map(|_| session.add(ticket()).into_future())).await;
    assert!(results.into_iter().all(|result| result.is_ok()));
    let a1 = Some("a1");
    assert_eq!(transport.cookies(), cookies([None, a1, a1, a1]));
}

#[tokio::test]
async fn a_change_waits_for_the_one_that_starts_the_session() {
    let transport = Scripted::new([starts("a1"), Reply::ok(""), Reply::ok("")]);
    let session = slow(&transport).session();
    let (added, kept, removed) = tokio::join!(
        session.add(ticket()),
        session.keep_alive(),
        session.delete_item(BasketItemId::new(1))
    );
    added.and(kept).and(removed).unwrap();
    assert_eq!(transport.cookies(), cookies([None, Some("a1"), Some("a1")]));
}

#[tokio::test]
async fn after_a_failed_first_change_the_next_one_starts_it() {
    let transport = Scripted::new([Reply::status(400, ""), starts("a1"), Reply::ok("")]);
    let session = slow(&transport).session();
    let (one, two, three) = tokio::join!(session.add(ticket()), session.add(ticket()), session.add(ticket()));
    assert!(one.unwrap_err().is_validation());
    two.and(three).unwrap();
    assert_eq!(transport.cookies(), cookies([None, None, Some("a1")]));
}

#[tokio::test]
async fn reads_do_not_wait_for_a_change() {
    let transport = Scripted::new([starts("a1"), Reply::Hang, basket(), Reply::ok("<Events/>")]);
    let session = new_session(&transport);
    session.add(ticket()).await.unwrap();
    let hanging = tokio::spawn(session.add(ticket()).into_future());
    yield_now().await;
    session.basket().await.unwrap();
    session.send(ListIds::default()).await.unwrap();
    assert_eq!(transport.requests().len(), 4);
    hanging.abort();
}

#[tokio::test]
async fn different_sessions_do_not_wait_for_each_other() {
    let transport = Scripted::new([Reply::Hang, starts("b2")]);
    let client = transport.client();
    let (one, two) = (client.session(), client.session());
    let hanging = tokio::spawn(one.add(ticket()).into_future());
    yield_now().await;
    two.add(ticket()).await.unwrap();
    hanging.abort();
}

#[tokio::test(start_paused = true)]
async fn waiting_for_other_changes_counts_towards_the_timeout() {
    let transport = Scripted::new([Reply::Hang]);
    let client = transport.builder().timeout(Duration::from_secs(30)).build().unwrap();
    let session = client.session();
    let (one, two) = tokio::join!(session.add(ticket()), session.add(ticket()));
    let (one, two) = (one.unwrap_err(), two.unwrap_err());
    assert_eq!((predicates(&one), predicates(&two)), (vec!["timeout"], vec!["timeout"]));
    assert_eq!((one.attempts(), two.attempts()), (1, 0));
    assert!(one.may_have_been_applied());
    assert!(!two.may_have_been_applied(), "it was never sent: {two}");
    let line = "AddBasketItems: not sent: other changes of the session took more than 30s: \
                the changes of a session are serialized";
    assert!(two.to_string().starts_with(line), "{two}");
}
