//! Tests of response bodies that are slow, cut into chunks, too long, or never arrive.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::StatusCode;
use spektrix_v2::{BodyStream, TransportError, TransportErrorKind, TransportResponse};
use spektrix_v2::{DecodeErrorKind, DecodeOptions};

use crate::errors::{list, predicates};
use crate::operations::ListIds;
use crate::scripted::{Reply, Scripted};

#[tokio::test]
async fn a_call_ends_at_its_deadline() {
    let transport = Scripted::new([Reply::Hang]);
    let client = transport.builder().timeout(Duration::from_millis(5)).build().unwrap();
    let error = client.send(ListIds::default()).await.unwrap_err();
    assert_eq!(predicates(&error), ["timeout"]);
    let line = "no complete response within 5ms: ask for fewer items";
    assert!(error.to_string().contains(line), "{error}");
}

#[tokio::test]
async fn the_deadline_includes_the_body() {
    let headers_only = TransportResponse::new(StatusCode::OK, BodyStream::new(stream::pending()));
    let transport = Scripted::new([Reply::Respond(headers_only)]);
    let client = transport.builder().timeout(Duration::from_millis(5)).build().unwrap();
    assert!(client.send(ListIds::default()).await.unwrap_err().is_timeout());
}

/// Returns an endless body, which counts the bytes that are read.
fn endless(read: &Arc<AtomicUsize>) -> BodyStream {
    let read = Arc::clone(read);
    BodyStream::new(stream::repeat_with(move || {
        read.fetch_add(1000, Ordering::Relaxed);
        Ok(Bytes::from_static(&[b'x'; 1000]))
    }))
}

#[tokio::test]
async fn a_body_over_the_limit_is_not_read_to_its_end() {
    for (declared, most) in [(None, 11_000), (Some("50000"), 0)] {
        let read = Arc::default();
        let mut reply = Reply::Respond(TransportResponse::new(StatusCode::OK, endless(&read)));
        if let Some(length) = declared {
            reply = reply.with_header("content-length", length);
        }
        let transport = Scripted::new([reply]);
        let options = DecodeOptions::default().max_bytes(10_000);
        let client = transport.builder().decode_options(options).build().unwrap();
        let error = client.send(ListIds::default()).await.unwrap_err();
        assert!(matches!(
            error.decode_error().unwrap().kind(),
            DecodeErrorKind::Limit(_)
        ));
        let line = "more than the 10000 bytes that are allowed";
        assert!(error.to_string().contains(line), "{error}");
        assert_eq!(read.load(Ordering::Relaxed), most);
    }
}

#[tokio::test]
async fn an_endless_error_page_is_cut() {
    let read = Arc::default();
    let response = TransportResponse::new(StatusCode::BAD_GATEWAY, endless(&read));
    let error = list(Reply::Respond(response)).await;
    assert_eq!(error.excerpt().unwrap().chars().count(), 301);
    assert!(read.load(Ordering::Relaxed) < 100_000);
}

#[tokio::test]
async fn chunks_are_joined_and_a_broken_body_is_an_error() {
    let chunk = |text: &'static str| Ok(Bytes::from_static(text.as_bytes()));
    let complete = stream::iter([chunk("<Events><Event"), chunk(" id=\"1\""), chunk("/></Events>")]);
    let broken = stream::iter([chunk("<Events>")]).chain(stream::iter([Err(TransportError::new(
        TransportErrorKind::Body,
        "reset",
    ))]));
    let reply = |body| Reply::Respond(TransportResponse::new(StatusCode::OK, body));
    let transport = Scripted::new([reply(BodyStream::new(complete)), reply(BodyStream::new(broken))]);
    let client = transport.client();
    assert_eq!(client.send(ListIds::default()).await.unwrap().len(), 1);
    let error = client.send(ListIds::default()).await.unwrap_err();
    assert!(error.is_connect() && error.to_string().contains("(reset)"), "{error}");
}
