//! What metrics are told: every attempt and every call once, whichever way it ends.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use spektrix_v2::{Client, CustomerId, Measurement, PrintAtHomeLinkId, Retry, TransportError, TransportErrorKind};

use crate::canary::{API_KEY, assert_unseen};
use crate::operations::{ListIds, RetiredWrite, ids};
use crate::scripted::{Reply, Scripted};

/// What was told, a line each.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<String>>>);

impl Told {
    fn listener(&self, what: &'static str) -> impl Fn(&Measurement) + Send + Sync + 'static {
        let told = self.clone();
        move |measured| told.0.lock().unwrap().push(line(what, measured))
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

fn line(what: &str, measured: &Measurement) -> String {
    assert_unseen(&format!("{measured:?}"), "a measurement");
    let Measurement {
        operation,
        method,
        effect,
        attempts,
        elapsed,
        status,
        bytes,
        outcome,
        ..
    } = measured;
    let status = status.map_or_else(|| "-".to_owned(), |status| status.as_u16().to_string());
    format!("{what} {operation} {method} {effect:?} {attempts} {status} {bytes}B {elapsed:?} {outcome}")
}

fn client(replies: impl IntoIterator<Item = Reply>, told: &Told) -> Client {
    Scripted::new(replies)
        .builder()
        .api_key(API_KEY)
        .timeout(Duration::from_secs(9))
        .retry(Retry::new())
        .on_attempt(told.listener("attempt"))
        .on_call(told.listener("call"))
        .build()
        .unwrap()
}

fn fail(fault: TransportErrorKind) -> Reply {
    Reply::Fail(TransportError::new(fault, ""))
}

#[tokio::test(start_paused = true)]
async fn every_outcome_is_told_of_the_attempt_and_of_the_call() {
    use TransportErrorKind as Fault;
    let cases = [
        (Reply::ok("<Events/>"), "200 9B 0ns success"),
        (Reply::ok("<Events>"), "200 8B 0ns success"),
        (
            Reply::status(429, "").with_header("retry-after", "60"),
            "429 0B 0ns rate_limited",
        ),
        (Reply::status(404, ""), "404 0B 0ns refused"),
        (Reply::status(302, ""), "302 0B 0ns refused"),
        (Reply::status(500, ""), "500 0B 0ns server_error"),
        (fail(Fault::ClientCertificate), "- 0B 0ns certificate"),
        (fail(Fault::ServerName), "- 0B 0ns connection"),
        (fail(Fault::Other), "- 0B 0ns other"),
        (Reply::Hang, "- 0B 9s abandoned"),
    ];
    for (reply, attempt) in cases {
        let told = Told::default();
        let sent = client([reply], &told).send(ListIds::default()).await;
        let call = match (attempt, sent) {
            ("200 8B 0ns success", Err(_)) => "200 0B 0ns unreadable",
            ("- 0B 9s abandoned", Err(_)) => "- 0B 9s timeout",
            (attempt, _) => attempt,
        };
        let expected = [("attempt", attempt), ("call", call)];
        let expected = expected.map(|(what, rest)| format!("{what} GetEvents GET Read 1 {rest}"));
        assert_eq!(told.take(), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn repetitions_are_attempts_of_one_call() {
    let told = Told::default();
    let replies = [
        Reply::status(503, "").with_header("retry-after", "2"),
        Reply::status(429, "").with_header("retry-after", "1"),
        Reply::ok("<Events/>"),
    ];
    client(replies, &told).send(ListIds::default()).await.unwrap();
    let expected = [
        "attempt GetEvents GET Read 1 503 0B 0ns server_error",
        "attempt GetEvents GET Read 2 429 0B 0ns rate_limited",
        "attempt GetEvents GET Read 3 200 9B 0ns success",
        "call GetEvents GET Read 3 200 9B 3s success",
    ];
    assert_eq!(told.take(), expected);
}

#[tokio::test]
async fn what_is_not_sent_is_a_call_without_attempts() {
    let told = Told::default();
    let note = "\u{1}".to_owned();
    client([], &told).send(RetiredWrite { note }).await.unwrap_err();
    let told = told.take();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("call UpdateBasket PATCH Write 0 - 0B ") && told[0].ends_with(" not_sent"),
        "{told:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_that_nobody_waits_for_is_abandoned() {
    let told = Told::default();
    let client = client([Reply::Hang], &told);
    let call = tokio::time::timeout(Duration::from_secs(1), client.send(ListIds::default()));
    call.await.unwrap_err();
    let expected = ["attempt", "call"].map(|what| format!("{what} GetEvents GET Read 1 - 0B 1s abandoned"));
    assert_eq!(told.take(), expected);
}

#[tokio::test(start_paused = true)]
async fn streams_and_downloads_are_over_with_their_last_piece() {
    let told = Told::default();
    let body = ids(1..=2);
    let client = client(
        [Reply::ok(body.clone()), Reply::ok(body.clone()), Reply::ok("PDF")],
        &told,
    );

    let mut read = client.call(ListIds::default()).stream();
    while let Some(item) = read.next().await {
        item.unwrap();
    }
    let mut abandoned = client.call(ListIds::default()).stream();
    abandoned.next().await.unwrap().unwrap();
    drop(abandoned);
    let document = client.download_ticket(CustomerId::new(1), PrintAtHomeLinkId::new(2));
    let mut document = document.await.unwrap();
    while let Some(piece) = document.next().await {
        piece.unwrap();
    }

    let expected = [
        "attempt GetEvents GET Read 1 200 0B 0ns success".to_owned(),
        format!("call GetEvents GET Read 1 200 {}B 0ns success", body.len()),
        "attempt GetEvents GET Read 1 200 0B 0ns success".to_owned(),
        "call GetEvents GET Read 1 - 0B 0ns abandoned".to_owned(),
        "attempt DownloadTicket GET Read 1 200 0B 0ns success".to_owned(),
        "call DownloadTicket GET Read 1 200 3B 0ns success".to_owned(),
    ];
    assert_eq!(told.take(), expected);
}
