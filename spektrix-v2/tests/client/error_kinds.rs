//! Tests of the kind of an error, its message, and its clones.

use spektrix_v2::{Error, ErrorKind, SessionId, TransportError, TransportErrorKind};

use crate::errors::list;
use crate::operations::{NeedsSession, RetiredWrite};
use crate::scripted::{Reply, Scripted};

async fn refused_write(status: u16) -> Error {
    let transport = Scripted::new([Reply::status(status, "")]);
    transport.client().send(RetiredWrite::default()).await.unwrap_err()
}

#[tokio::test]
async fn every_status_has_its_kind() {
    let cases = [
        (302, "", ErrorKind::Redirect),
        (400, "", ErrorKind::Validation),
        (400, "No required SSL certificate was sent", ErrorKind::Certificate),
        (401, "", ErrorKind::Unauthorized),
        (403, "", ErrorKind::Forbidden),
        (404, "", ErrorKind::NotFound),
        (409, "", ErrorKind::Conflict),
        (410, "", ErrorKind::Refused),
        (422, "", ErrorKind::Validation),
        (429, "", ErrorKind::RateLimited),
        (496, "", ErrorKind::Certificate),
        (500, "", ErrorKind::Server),
        (599, "", ErrorKind::Server),
    ];
    for (status, body, kind) in cases {
        assert_eq!(list(Reply::status(status, body)).await.kind(), kind, "{status} {body}");
    }
    for (status, kind) in [
        (400, ErrorKind::Validation),
        (403, ErrorKind::Retired),
        (410, ErrorKind::Retired),
        (429, ErrorKind::RateLimited),
        (500, ErrorKind::Server),
        (501, ErrorKind::Retired),
    ] {
        assert_eq!(refused_write(status).await.kind(), kind, "{status}");
    }
}

#[tokio::test]
async fn other_failures_have_their_kind() {
    let transport = |kind| Reply::Fail(TransportError::new(kind, ""));
    let cases = [
        (transport(TransportErrorKind::Connect), ErrorKind::Connection),
        (transport(TransportErrorKind::ConnectTimeout), ErrorKind::Connection),
        (transport(TransportErrorKind::ClientCertificate), ErrorKind::Certificate),
        (transport(TransportErrorKind::Timeout), ErrorKind::Timeout),
        (transport(TransportErrorKind::Decompression), ErrorKind::Decode),
        (transport(TransportErrorKind::Other), ErrorKind::Other),
        (Reply::ok("not XML"), ErrorKind::Decode),
    ];
    for (reply, kind) in cases {
        let error = list(reply).await;
        assert_eq!(error.kind(), kind, "{error}");
    }
    let unset = Scripted::default().builder().api_key("").build().unwrap_err();
    assert_eq!(unset.kind(), ErrorKind::Configuration);
    assert_eq!(SessionId::new("").unwrap_err().kind(), ErrorKind::InvalidRequest);
    let transport = Scripted::new([Reply::status(404, "")]);
    let client = transport.client();
    let session = client.resume_session(SessionId::new("a1").unwrap());
    assert_eq!(
        session.send(NeedsSession).await.unwrap_err().kind(),
        ErrorKind::SessionExpired
    );
    let not_started = client.session().send(NeedsSession).await.unwrap_err();
    assert_eq!(not_started.kind(), ErrorKind::SessionExpired);
}

#[tokio::test]
async fn the_message_is_the_sentence_of_the_service() {
    let cases = [
        (
            "<Error><Code>7</Code><Message>Seat A&amp;1 is taken</Message></Error>",
            Some("Seat A&1 is taken"),
        ),
        ("{\"Message\": \"no such key: test-k3y\"}", Some("no such key: ***")),
        ("Card 4111 1111 1111 1111 refused", Some("Card *** refused")),
        ("<html><body><h1>Bad Gateway</h1></body></html>", None),
        ("", None),
    ];
    for (body, message) in cases {
        let error = list(Reply::status(409, body)).await;
        assert_eq!(error.message(), message, "{error}");
    }
    assert_eq!(list(Reply::ok("<Other/>")).await.message(), None);
}

#[tokio::test]
async fn a_clone_is_the_same_error() {
    let error = list(Reply::status(409, "Seat is taken")).await;
    let clone = error.clone();
    assert_eq!(clone.to_string(), error.to_string());
    assert_eq!((clone.kind(), clone.attempts()), (error.kind(), error.attempts()));
}

/// Servers that require certificates at the level of HTTP.
#[tokio::test]
async fn a_certificate_may_be_refused_with_other_statuses() {
    let refused = [
        (
            400,
            "<html><title>400 The SSL certificate error</title><h1>400 Bad Request</h1></html>",
        ),
        (400, "<center>No required SSL certificate was sent</center>"),
        (401, "No client certificate chain in this request"),
        (
            403,
            "HTTP Error 403.16 - Forbidden: your client certificate is either not trusted or is invalid",
        ),
        (403, "A certificate is needed."),
        (400, "<h1>No required SSL<br>certificate&#32;was sent</h1>"),
        (400, "{\"error\": \"<b>client</b> certificate missing\"}"),
        (400, "The client&nbsp;cert has not been verified"),
        (401, "Mutual TLS is required"),
        (403, "mTLS authentication failed"),
        (403, "<h2>403.16 - Forbidden</h2>"),
        (403, "HTTP Error 403.7"),
        (421, "client certificate and server name do not match"),
        (495, ""),
        (496, "SSL Certificate Required"),
    ];
    for (status, body) in refused {
        let error = list(Reply::status(status, body)).await;
        assert!(
            error.is_certificate() && !error.is_validation() && !error.is_unauthorized(),
            "{error}"
        );
        let hint = error.hint().unwrap();
        assert!(
            hint.starts_with("the service does not accept the client certificate"),
            "{error}"
        );
    }
    for (status, body) in [
        (400, "The gift certificate is required"),
        (400, "There is no certificate for this order"),
        (403, "This gift certificate is not yours"),
        (400, "Your gift&nbsp;certificate is not valid"),
        (401, "The certificate of this voucher is not valid"),
        (400, "403.7"),
        (403, "403.70"),
        (401, "no such key"),
        (500, "No required SSL certificate was sent"),
    ] {
        let error = list(Reply::status(status, body)).await;
        assert!(!error.is_certificate(), "{error}");
    }
}

#[tokio::test]
async fn waiting_helps_only_if_the_service_is_unavailable() {
    use TransportErrorKind as Kind;
    let failure = |kind| Reply::Fail(TransportError::new(kind, ""));
    let unavailable = [
        failure(Kind::Connect),
        failure(Kind::ConnectTimeout),
        failure(Kind::Closed),
        failure(Kind::Body),
        failure(Kind::NotProcessed),
        failure(Kind::Timeout),
        Reply::status(408, ""),
        Reply::status(429, ""),
        Reply::status(500, ""),
        Reply::status(522, ""),
        Reply::ok("<html>Down for maintenance</html>"),
    ];
    for reply in unavailable {
        let error = list(reply).await;
        assert!(error.is_unavailable(), "{error}");
    }
    let others = [
        failure(Kind::ClientCertificate),
        failure(Kind::ServerCertificate),
        failure(Kind::ServerName),
        failure(Kind::Tls),
        failure(Kind::NotTls),
        failure(Kind::Other),
        Reply::status(302, ""),
        Reply::status(401, ""),
        Reply::status(404, ""),
        Reply::status(409, ""),
        Reply::status(496, ""),
        Reply::ok("<Other/>"),
    ];
    for reply in others {
        let error = list(reply).await;
        assert!(!error.is_unavailable(), "{error}");
    }
    assert!(!refused_write(501).await.is_unavailable(), "the write is retired");
}
