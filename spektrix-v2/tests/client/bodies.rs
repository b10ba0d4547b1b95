//! Answers that come slowly, in pieces, too long or not at all.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::StatusCode;
use spektrix_v2::{BodyStream, DecodeErrorKind, DecodeOptions, TransportError, TransportErrorKind, TransportResponse};

use crate::errors::{list, predicates};
use crate::operations::ListIds;
use crate::scripted::{Reply, Scripted};

#[tokio::test]
async fn a_call_ends_when_its_time_is_up() {
    let transport = Scripted::new([Reply::Hang]);
    let client = transport.builder().timeout(Duration::from_millis(5)).build().unwrap();
    let error = client.send(ListIds::default()).await.unwrap_err();
    assert_eq!(predicates(&error), ["timeout"]);
    assert!(
        error
            .to_string()
            .contains("no whole answer came within 5ms: ask for fewer items"),
        "{error}"
    );
}

#[tokio::test]
async fn the_time_is_for_the_body_as_well() {
    let head_only = TransportResponse::new(StatusCode::OK, BodyStream::new(stream::pending()));
    let transport = Scripted::new([Reply::Respond(head_only)]);
    let client = transport.builder().timeout(Duration::from_millis(5)).build().unwrap();
    assert!(client.send(ListIds::default()).await.unwrap_err().is_timeout());
}

/// A body without end, which counts how much of it is taken.
fn endless(taken: &Arc<AtomicUsize>) -> BodyStream {
    let taken = Arc::clone(taken);
    BodyStream::new(stream::repeat_with(move || {
        taken.fetch_add(1000, Ordering::Relaxed);
        Ok(Bytes::from_static(&[b'x'; 1000]))
    }))
}

#[tokio::test]
async fn a_body_over_the_limit_is_not_read_to_its_end() {
    for (announced, most) in [(None, 11_000), (Some("50000"), 0)] {
        let taken = Arc::default();
        let mut reply = Reply::Respond(TransportResponse::new(StatusCode::OK, endless(&taken)));
        if let Some(length) = announced {
            reply = reply.with_header("content-length", length);
        }
        let transport = Scripted::new([reply]);
        let options = DecodeOptions::default().max_bytes(10_000);
        let client = transport.builder().decode_options(options).build().unwrap();
        let error = client.send(ListIds::default()).await.unwrap_err();
        assert!(matches!(error.decode().unwrap().kind(), DecodeErrorKind::Limit(_)));
        assert!(
            error.to_string().contains("more than the 10000 bytes that are allowed"),
            "{error}"
        );
        assert_eq!(taken.load(Ordering::Relaxed), most);
    }
}

#[tokio::test]
async fn an_error_page_without_end_is_cut_short() {
    let taken = Arc::default();
    let answer = TransportResponse::new(StatusCode::BAD_GATEWAY, endless(&taken));
    let error = list(Reply::Respond(answer)).await;
    assert_eq!(error.excerpt().unwrap().chars().count(), 301);
    assert!(taken.load(Ordering::Relaxed) < 100_000);
}

#[tokio::test]
async fn a_body_in_pieces_is_put_together_and_a_broken_one_is_an_error() {
    let piece = |text: &'static str| Ok(Bytes::from_static(text.as_bytes()));
    let whole = stream::iter([piece("<Events><Event"), piece(" id=\"1\""), piece("/></Events>")]);
    let broken = stream::iter([piece("<Events>")]).chain(stream::iter([Err(TransportError::new(
        TransportErrorKind::Body,
        "reset",
    ))]));
    let answer = |body| Reply::Respond(TransportResponse::new(StatusCode::OK, body));
    let transport = Scripted::new([answer(BodyStream::new(whole)), answer(BodyStream::new(broken))]);
    let client = transport.client();
    assert_eq!(client.send(ListIds::default()).await.unwrap().len(), 1);
    let error = client.send(ListIds::default()).await.unwrap_err();
    assert!(
        error.to_string().contains("in the middle of the response (reset)"),
        "{error}"
    );
}
