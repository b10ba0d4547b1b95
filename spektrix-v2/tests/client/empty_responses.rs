//! Tests of operations whose response is empty: anything but an empty body is an error.

use spektrix_v2::operations::{GetEvents, KeepAlive};
use spektrix_v2::{BodyNames, DecodeErrorKind, Error, Operation, OperationInfo, Parameters};

use crate::errors::predicates;
use crate::operations::RetiredWrite;
use crate::scripted::{Reply, Scripted};

/// A read with an empty response. The service has none today.
struct EmptyRead;

impl Operation for EmptyRead {
    const INFO: OperationInfo = {
        let mut info = GetEvents::INFO;
        info.response = BodyNames::EMPTY;
        info
    };
    type Request = ();
    type Response = ();
    type Codec = spektrix_v2::runtime::Xml;

    fn parameters(&self, _: &mut Parameters) {}

    fn request(&self) -> &() {
        &()
    }
}

const PAGE: &str = "<!DOCTYPE html><html><head><title>Maintenance</title></head>\
                    <body><h1>Down for maintenance</h1></body></html>";

async fn write(reply: Reply) -> Result<(), Error> {
    Scripted::new([reply]).client().send(RetiredWrite::default()).await
}

#[tokio::test]
async fn an_empty_body_is_success() {
    for body in ["", " ", "\r\n\t \n", "\u{FEFF}", "\u{FEFF}\r\n"] {
        write(Reply::ok(body)).await.unwrap();
        for kind in ["application/xml; charset=utf-8", "text/plain", "text/htmlx", ""] {
            write(Reply::ok(body).with_header("content-type", kind)).await.unwrap();
        }
        Scripted::new([Reply::ok(body)]).client().send(EmptyRead).await.unwrap();
    }
    write(Reply::status(204, "")).await.unwrap();
}

#[tokio::test]
async fn a_body_that_is_not_empty_is_an_error() {
    let bodies = [
        PAGE,
        "<html>\n<body>Sign in</body></html>",
        "<Basket/>",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
        "<!-- nothing -->",
        "{}",
        "OK",
        ".",
        "\0",
        "\u{A0}",
    ];
    for body in bodies {
        let error = write(Reply::ok(body)).await.unwrap_err();
        assert_eq!(predicates(&error), ["decode"], "{body}");
        assert!(error.may_have_been_applied(), "{body}");
        assert_eq!(error.status().unwrap(), 200);
        assert!(error.hint().unwrap().contains("Check before"), "{error}");

        let read = Scripted::new([Reply::ok(body)]).client().send(EmptyRead).await;
        let error = read.unwrap_err();
        assert_eq!(predicates(&error), ["decode"], "{body}");
        assert!(!error.may_have_been_applied(), "a read changes nothing");
    }
}

#[tokio::test]
async fn bytes_that_are_not_text_are_an_error() {
    for body in [&b"\xFF\xFE"[..], b"\x1F\x8B\x08", b" \xC3"] {
        let body = spektrix_v2::BodyStream::from(bytes::Bytes::from_static(body));
        let reply = Reply::Respond(spektrix_v2::TransportResponse::new(http::StatusCode::OK, body));
        assert!(write(reply).await.unwrap_err().may_have_been_applied());
    }
}

#[tokio::test]
async fn the_content_type_of_a_web_page_is_enough() {
    for kind in [
        "text/html",
        "text/html; charset=utf-8",
        " Text/HTML;x",
        "application/xml, text/html; charset=utf-8",
        "application/xhtml+xml",
    ] {
        for body in ["", "\r\n", PAGE, "OK"] {
            let reply = Reply::ok(body).with_header("content-type", kind);
            let error = write(reply).await.unwrap_err();
            assert_eq!(predicates(&error), ["decode"], "{kind} {body}");
            assert!(error.may_have_been_applied(), "{kind} {body}");
            assert_eq!(*error.decode_error().unwrap().kind(), DecodeErrorKind::Html);
        }
    }
}

#[tokio::test]
async fn a_web_page_is_quoted_and_another_body_is_not() {
    let page = write(Reply::ok(PAGE)).await.unwrap_err();
    assert_eq!(page.excerpt(), Some("Down for maintenance"));
    assert!(page.hint().unwrap().contains("a maintenance page"), "{page}");

    let other = write(Reply::ok("<Customer><Name>Ada</Name></Customer>"))
        .await
        .unwrap_err();
    assert_eq!(other.excerpt(), None);
    assert!(!other.to_string().contains("Ada"), "{other}");
    assert!(other.to_string().contains("a body where none was expected"), "{other}");
}

#[tokio::test]
async fn a_session_is_not_kept_alive_by_a_web_page() {
    let transport = Scripted::new([Reply::ok(PAGE)]);
    let session = transport
        .client()
        .resume_session(spektrix_v2::SessionId::new("a1").unwrap());
    let error = session.send(KeepAlive::new()).await.unwrap_err();
    assert!(error.is_decode() && error.may_have_been_applied(), "{error}");
}
