//! Tests of the metrics hooks: they are called once for every attempt and every call, for every result.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use spektrix_v2::{Client, CustomerId, Measurement, PrintAtHomeLinkId, Retry, TransportError, TransportErrorKind};

use crate::canary::{API_KEY, assert_unseen};
use crate::operations::{ListIds, RetiredWrite, ids};
use crate::scripted::{Reply, Scripted};

/// The measurements, one per line.
#[derive(Clone, Default)]
struct Measured(Arc<Mutex<Vec<String>>>);

impl Measured {
    fn hook(&self, what: &'static str) -> impl Fn(&Measurement) + Send + Sync + 'static {
        let measured = self.clone();
        move |measurement| measured.0.lock().unwrap().push(line(what, measurement))
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

fn line(what: &str, measurement: &Measurement) -> String {
    assert_unseen(&format!("{measurement:?}"), "a measurement");
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
    } = measurement;
    let status = status.map_or_else(|| "-".to_owned(), |status| status.as_u16().to_string());
    format!("{what} {operation} {method} {effect:?} {attempts} {status} {bytes}B {elapsed:?} {outcome}")
}

fn client(replies: impl IntoIterator<Item = Reply>, measured: &Measured) -> Client {
    Scripted::new(replies)
        .builder()
        .api_key(API_KEY)
        .timeout(Duration::from_secs(9))
        .retry(Retry::new())
        .on_attempt(measured.hook("attempt"))
        .on_call(measured.hook("call"))
        .build()
        .unwrap()
}

fn fail(kind: TransportErrorKind) -> Reply {
    Reply::Fail(TransportError::new(kind, ""))
}

#[tokio::test(start_paused = true)]
async fn every_outcome_is_reported_for_attempt_and_call() {
    use TransportErrorKind as Kind;
    let cases = [
        (Reply::ok("<Events/>"), "200 9B 0ns success"),
        (Reply::ok("<Other/>"), "200 8B 0ns success"),
        (
            Reply::status(429, "").with_header("retry-after", "60"),
            "429 0B 0ns rate_limited",
        ),
        (Reply::status(404, ""), "404 0B 0ns refused"),
        (Reply::status(302, ""), "302 0B 0ns refused"),
        (Reply::status(500, ""), "500 0B 0ns server_error"),
        (fail(Kind::ClientCertificate), "- 0B 0ns certificate"),
        (fail(Kind::ServerName), "- 0B 0ns connection"),
        (fail(Kind::Other), "- 0B 0ns other"),
        (Reply::Hang, "- 0B 9s abandoned"),
    ];
    for (reply, attempt) in cases {
        let measured = Measured::default();
        let sent = client([reply], &measured).send(ListIds::default()).await;
        // The attempt ends before the body is decoded, and before the deadline of the call.
        let call = match (attempt, sent) {
            ("200 8B 0ns success", Err(_)) => "200 0B 0ns unreadable",
            ("- 0B 9s abandoned", Err(_)) => "- 0B 9s timeout",
            (attempt, _) => attempt,
        };
        let expected = [("attempt", attempt), ("call", call)];
        let expected = expected.map(|(what, rest)| format!("{what} GetEvents GET Read 1 {rest}"));
        assert_eq!(measured.take(), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn retries_are_attempts_of_one_call() {
    let measured = Measured::default();
    let replies = [
        Reply::status(503, "").with_header("retry-after", "2"),
        Reply::status(429, "").with_header("retry-after", "1"),
        Reply::ok("<Events/>"),
    ];
    client(replies, &measured).send(ListIds::default()).await.unwrap();
    let expected = [
        "attempt GetEvents GET Read 1 503 0B 0ns server_error",
        "attempt GetEvents GET Read 2 429 0B 0ns rate_limited",
        "attempt GetEvents GET Read 3 200 9B 0ns success",
        "call GetEvents GET Read 3 200 9B 3s success",
    ];
    assert_eq!(measured.take(), expected);
}

#[tokio::test]
async fn an_invalid_request_is_a_call_without_attempts() {
    let measured = Measured::default();
    let note = "\u{1}".to_owned();
    client([], &measured).send(RetiredWrite { note }).await.unwrap_err();
    let lines = measured.take();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(
        lines[0].starts_with("call UpdateBasket PATCH Write 0 - 0B "),
        "{lines:?}"
    );
    assert!(lines[0].ends_with(" not_sent"), "{lines:?}");
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_is_abandoned() {
    let measured = Measured::default();
    let client = client([Reply::Hang], &measured);
    let call = tokio::time::timeout(Duration::from_secs(1), client.send(ListIds::default()));
    call.await.unwrap_err();
    let expected = ["attempt", "call"].map(|what| format!("{what} GetEvents GET Read 1 - 0B 1s abandoned"));
    assert_eq!(measured.take(), expected);
}

#[tokio::test(start_paused = true)]
async fn streams_and_downloads_end_with_their_last_chunk() {
    let measured = Measured::default();
    let body = ids(1..=2);
    let replies = [Reply::ok(body.clone()), Reply::ok(body.clone()), Reply::ok("%PDF")];
    let client = client(replies, &measured);

    let mut items = client.call(ListIds::default()).stream();
    while let Some(item) = items.next().await {
        item.unwrap();
    }
    let mut abandoned = client.call(ListIds::default()).stream();
    abandoned.next().await.unwrap().unwrap();
    drop(abandoned);
    let document = client.download_ticket(CustomerId::new(1), PrintAtHomeLinkId::new(2));
    let mut document = document.await.unwrap();
    while let Some(chunk) = document.next().await {
        chunk.unwrap();
    }

    let expected = [
        "attempt GetEvents GET Read 1 200 0B 0ns success".to_owned(),
        format!("call GetEvents GET Read 1 200 {}B 0ns success", body.len()),
        "attempt GetEvents GET Read 1 200 0B 0ns success".to_owned(),
        "call GetEvents GET Read 1 - 0B 0ns abandoned".to_owned(),
        "attempt DownloadTicket GET Read 1 200 0B 0ns success".to_owned(),
        "call DownloadTicket GET Read 1 200 4B 0ns success".to_owned(),
    ];
    assert_eq!(measured.take(), expected);
}
