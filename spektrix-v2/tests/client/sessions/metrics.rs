//! Tests of the metrics for calls that a session does not send, serializes, or cannot use.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use spektrix_v2::Session;

use super::ticket;
use crate::scripted::{Reply, Scripted};

type Measured = Arc<Mutex<Vec<String>>>;

fn session(replies: impl IntoIterator<Item = Reply>) -> (Session, Measured) {
    let measured = Measured::default();
    let hook = Arc::clone(&measured);
    let builder = Scripted::new(replies).builder().timeout(Duration::from_secs(9));
    let client = builder
        .on_call(move |call| {
            let line = format!("{} {} {}", call.operation, call.attempts, call.outcome);
            hook.lock().unwrap().push(line);
        })
        .build()
        .unwrap();
    (client.session(), measured)
}

#[tokio::test]
async fn calls_without_a_session_or_cookie_are_measured() {
    let (session, measured) = session([Reply::ok("")]);
    session.basket().await.unwrap_err();
    session.add(ticket()).await.unwrap_err();
    let expected = ["GetBasket 0 not_sent", "AddBasketItems 1 unreadable"];
    assert_eq!(*measured.lock().unwrap(), expected);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_waits_too_long_is_measured_as_a_timeout() {
    let (session, measured) = session([Reply::Hang]);
    let (one, two) = tokio::join!(session.add(ticket()), session.add(ticket()));
    assert!(one.is_err() && two.is_err());
    measured.lock().unwrap().sort();
    let expected = ["AddBasketItems 0 timeout", "AddBasketItems 1 timeout"];
    assert_eq!(*measured.lock().unwrap(), expected);
}

#[tokio::test(start_paused = true)]
async fn cancelled_calls_are_measured_as_abandoned() {
    let (session, measured) = session([Reply::Hang]);
    let both = async { tokio::join!(session.add(ticket()), session.add(ticket())) };
    tokio::time::timeout(Duration::from_secs(1), both).await.unwrap_err();
    measured.lock().unwrap().sort();
    let expected = ["AddBasketItems 0 abandoned", "AddBasketItems 1 abandoned"];
    assert_eq!(*measured.lock().unwrap(), expected);
}
