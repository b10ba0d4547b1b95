//! Tests of bodies that end early: a read is retried, and a status is not lost.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::StatusCode;
use spektrix_v2::{BodyStream, ErrorKind, EventId, Retry, TransportResponse};

use crate::operations::{ListIds, RetiredWrite};
use crate::scripted::{Reply, Scripted};

#[tokio::test(start_paused = true)]
async fn a_read_that_is_cut_short_is_retried() {
    for cut in ["<Events><Event id=\"1\"/>", "<Events><Ev", "", " "] {
        let transport = Scripted::new([Reply::ok(cut), Reply::ok("<Events><Event id=\"1\"/></Events>")]);
        let client = transport.builder().retry(Retry::new()).build().unwrap();
        assert_eq!(
            client.send(ListIds::default()).await.unwrap(),
            [EventId::new(1)],
            "{cut}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_last_error_shows_where_the_body_ends() {
    let transport = Scripted::new((0..3).map(|_| Reply::ok("<Events><Event id=\"1\"/>")));
    let client = transport.builder().retry(Retry::new()).build().unwrap();
    let error = client.send(ListIds::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 3));
    assert!(error.to_string().contains("it ends inside an element"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_complete_and_wrong_is_not_retried() {
    for body in [
        "<html>Sorry</html>",
        "<Events><Event id=\"x\"/></Events>",
        "<Instances>",
        "text",
    ] {
        let transport = Scripted::new([Reply::ok(body)]);
        let client = transport.builder().retry(Retry::new()).build().unwrap();
        let error = client.send(ListIds::default()).await.unwrap_err();
        assert_eq!(error.attempts(), 1, "{error}");
    }
}

fn stalled(status: StatusCode, beginning: &'static str) -> Reply {
    let chunk = stream::iter([Ok(Bytes::from_static(beginning.as_bytes()))]);
    Reply::Respond(TransportResponse::new(
        status,
        BodyStream::new(chunk.chain(stream::pending())),
    ))
}

/// Whatever limit is the shortest: that of the body, of the attempt, or of the call.
#[tokio::test(start_paused = true)]
async fn a_refusal_whose_body_stalls_keeps_its_status() {
    let second = Duration::from_secs(1);
    for (timeout, attempt_timeout) in [(30 * second, None), (second, None), (30 * second, Some(second))] {
        let transport = Scripted::new([
            stalled(StatusCode::CONFLICT, "Seat is taken"),
            stalled(StatusCode::CONFLICT, "Seat is taken"),
        ]);
        let mut builder = transport.builder().timeout(timeout);
        if let Some(limit) = attempt_timeout {
            builder = builder.attempt_timeout(limit);
        }
        let client = builder.build().unwrap();
        let error = client.send(ListIds::default()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Conflict, "{error}");
        assert_eq!(error.message(), Some("Seat is taken"));
        let error = client.send(RetiredWrite::default()).await.unwrap_err();
        assert!(!error.may_have_been_applied(), "{error}");
        assert_eq!(error.status(), Some(StatusCode::CONFLICT));
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_whose_body_drips_keeps_its_status() {
    let drops = stream::unfold((), |()| async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        Some((Ok(Bytes::from_static(b"drop ")), ()))
    });
    let response = TransportResponse::new(StatusCode::SERVICE_UNAVAILABLE, BodyStream::new(drops));
    let transport = Scripted::new([Reply::Respond(response), Reply::ok("<Events/>")]);
    let client = transport.builder().retry(Retry::new()).build().unwrap();
    assert_eq!(
        client.send(ListIds::default()).await.unwrap(),
        [],
        "the status is retried"
    );
}
