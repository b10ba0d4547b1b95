//! What metrics hear of calls that a session keeps from being sent, or cannot use.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use spektrix_v2::Session;

use super::ticket;
use crate::scripted::{Reply, Scripted};

type Told = Arc<Mutex<Vec<String>>>;

fn session(replies: impl IntoIterator<Item = Reply>) -> (Session, Told) {
    let told = Told::default();
    let hear = Arc::clone(&told);
    let builder = Scripted::new(replies).builder().timeout(Duration::from_secs(9));
    let client = builder
        .on_call(move |call| {
            let line = format!("{} {} {}", call.operation, call.attempts, call.outcome);
            hear.lock().unwrap().push(line);
        })
        .build()
        .unwrap();
    (client.session(), told)
}

#[tokio::test]
async fn a_call_without_a_session_was_not_sent_and_one_without_its_cookie_is_unreadable() {
    let (session, told) = session([Reply::ok("")]);
    session.basket().await.unwrap_err();
    session.add(ticket()).await.unwrap_err();
    let expected = ["GetBasket 0 not_sent", "AddBasketItems 1 unreadable"];
    assert_eq!(*told.lock().unwrap(), expected);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_never_has_its_turn_ran_out_of_time() {
    let (session, told) = session([Reply::Hang]);
    let (one, two) = tokio::join!(session.add(ticket()), session.add(ticket()));
    assert!(one.is_err() && two.is_err());
    told.lock().unwrap().sort();
    let expected = ["AddBasketItems 0 timeout", "AddBasketItems 1 timeout"];
    assert_eq!(*told.lock().unwrap(), expected);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_given_up_was_abandoned_whether_it_had_its_turn_or_not() {
    let (session, told) = session([Reply::Hang]);
    let both = async { tokio::join!(session.add(ticket()), session.add(ticket())) };
    tokio::time::timeout(Duration::from_secs(1), both).await.unwrap_err();
    told.lock().unwrap().sort();
    let expected = ["AddBasketItems 0 abandoned", "AddBasketItems 1 abandoned"];
    assert_eq!(*told.lock().unwrap(), expected);
}
