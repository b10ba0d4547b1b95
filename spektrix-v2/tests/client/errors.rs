//! Tests of the predicates and the message of every kind of failure.

use http::StatusCode;
use spektrix_v2::{DecodeErrorKind, Error, SessionId, TransportError, TransportErrorKind, TransportResponse};
pub(crate) use spektrix_v2_test_support::predicates::predicates;

use crate::operations::{ListIds, NeedsSession, RetiredWrite};
use crate::scripted::{Reply, Scripted};

pub(crate) async fn list(reply: Reply) -> Error {
    let transport = Scripted::new([reply]);
    transport.client().send(ListIds::default()).await.unwrap_err()
}

#[tokio::test]
async fn every_status_has_its_predicate_and_hint() {
    let cases: [(u16, &str, &[&str], &str); 14] = [
        (
            400,
            "<p>Bad <b>date</b></p>",
            &["validation"],
            "400 Bad Request (\"Bad date\"): the service did not accept the values of the request",
        ),
        (
            401,
            "",
            &["unauthorized"],
            "401 Unauthorized: check the API key, and that it belongs to this client name and certificate",
        ),
        (
            403,
            "No.",
            &["forbidden"],
            "403 Forbidden (\"No.\"): check that the API key and the client certificate belong to this venue and are valid",
        ),
        (
            403,
            "<h2>403.7 - Client Certificate required</h2>",
            &["certificate", "forbidden"],
            "403 Forbidden (\"403.7 - Client Certificate required\"): the service does not accept the client certificate. Check that Spektrix issued it for this venue, that it has not expired and is not revoked, and that no proxy decrypts the connection",
        ),
        (
            404,
            "",
            &["not_found"],
            "404 Not Found: the object does not exist. If nothing is ever found, check the client name and the base URL",
        ),
        (
            405,
            "",
            &[],
            "405 Method Not Allowed: a server or a proxy does not allow this method. Check the base URL",
        ),
        (418, "", &[], "418 I'm a teapot"),
        (
            422,
            "",
            &["validation"],
            "422 Unprocessable Entity: the service did not accept the values of the request",
        ),
        (
            429,
            "",
            &["rate_limited"],
            "429 Too Many Requests: too many requests. Wait, then send fewer at the same time",
        ),
        (
            500,
            "<Error>Oops</Error>",
            &["server"],
            "500 Internal Server Error (\"Oops\"): the service failed. If the same call fails again, ask Spektrix support",
        ),
        (502, "", &["server"], "502 Bad Gateway: the service is not available"),
        (
            503,
            "",
            &["server"],
            "503 Service Unavailable: the service is not available",
        ),
        (
            504,
            "",
            &["server"],
            "504 Gateway Timeout: the service is not available",
        ),
        (561, "", &["server"], "561 <unknown status code>"),
    ];
    check_statuses(&cases).await;
}

#[tokio::test]
async fn statuses_of_proxies_and_gateways_have_hints() {
    let cases: [(u16, &str, &[&str], &str); 12] = [
        (
            407,
            "",
            &[],
            "407 Proxy Authentication Required: the proxy asks for a user name and a password. Set them in the address of `ClientBuilder::proxy`",
        ),
        (
            408,
            "",
            &[],
            "408 Request Timeout: the request did not reach the server in time. Check the network",
        ),
        (
            409,
            "Seat is taken",
            &[],
            "409 Conflict (\"Seat is taken\"): the request conflicts with the current state, for example a seat that is taken. Read it, then decide",
        ),
        (
            413,
            "",
            &[],
            "413 Payload Too Large: the request is too large. Send fewer items in one request",
        ),
        (
            414,
            "",
            &[],
            "414 URI Too Long: the address of the request is too long. Set fewer or shorter parameters",
        ),
        (
            421,
            "",
            &[],
            "421 Misdirected Request: the server does not serve this name on this connection. Check the base URL, and try `ClientBuilder::http1_only`",
        ),
        (
            431,
            "",
            &[],
            "431 Request Header Fields Too Large: the headers of the request are too large. Start a new session if its cookies have grown, or shorten the user agent",
        ),
        (
            400,
            "The plain HTTP request was sent to HTTPS port",
            &["validation"],
            "400 Bad Request (\"The plain HTTP request was sent to HTTPS port\"): the server expects TLS on this port. Begin the base URL with `https://`",
        ),
        (
            511,
            "",
            &["server"],
            "511 Network Authentication Required: the network asks you to sign in before it lets requests pass",
        ),
        (
            522,
            "",
            &["server"],
            "522 <unknown status code>: a gateway does not reach the service behind it",
        ),
        (
            526,
            "",
            &["server"],
            "526 <unknown status code>: a gateway does not trust the service behind it. Ask who operates the gateway",
        ),
        (
            501,
            "",
            &["server"],
            "501 Not Implemented: a server or a proxy does not allow this method. Check the base URL",
        ),
    ];
    check_statuses(&cases).await;
}

#[tokio::test]
async fn every_status_that_names_a_cause_has_a_hint() {
    let cases = [
        (304, "a cache between"),
        (406, "a server or a proxy refuses XML"),
        (410, "no longer exists"),
        (411, "`ClientBuilder::http1_only`"),
        (415, "a server or a proxy refuses XML"),
        (417, "`ClientBuilder::http1_only`"),
        (426, "`ClientBuilder::http1_only`"),
        (451, "a filter between"),
        (494, "the headers of the request are too large"),
        (497, "`https://`"),
        (505, "`ClientBuilder::http1_only`"),
        (506, "not set up as it should be"),
        (510, "not set up as it should be"),
        (520, "a gateway does not reach the service"),
        (525, "a gateway does not trust the service"),
        (530, "a gateway does not reach the service"),
        (598, "the service is not available"),
        (599, "the service is not available"),
    ];
    for (status, words) in cases {
        let error = list(Reply::status(status, "")).await;
        assert_eq!(error.status().unwrap(), status);
        assert!(error.hint().is_some_and(|hint| hint.contains(words)), "{error}");
    }
}

async fn check_statuses(cases: &[(u16, &str, &[&str], &str)]) {
    for (status, body, names, line) in cases {
        let error = list(Reply::status(*status, *body)).await;
        assert_eq!(predicates(&error), *names, "{status}");
        assert_eq!(error.to_string(), format!("GetEvents: {line}"));
        assert_eq!(error.operation(), Some("GetEvents"));
        assert_eq!(error.status().unwrap(), *status);
        assert_eq!(error.excerpt().is_some(), !body.is_empty(), "{status}");
        assert!(error.hint().is_none_or(|hint| line.ends_with(&*hint)), "{status}");
    }
}

#[tokio::test]
async fn a_missing_session_differs_from_an_expired_one() {
    let transport = Scripted::new([Reply::status(404, ""), Reply::status(404, ""), Reply::status(404, "")]);
    let client = transport.client();
    let session = client.resume_session(SessionId::new("a1").unwrap());

    let expired = session.send(NeedsSession).await.unwrap_err();
    assert_eq!(predicates(&expired), ["not_found", "session_expired"]);
    assert_eq!(
        expired.to_string(),
        "GetBasket: 404 Not Found: no session, or the session expired (10 minutes after the last change). Start a new session"
    );

    let missing = client.send(NeedsSession).await.unwrap_err();
    assert_eq!(predicates(&missing), ["not_found", "session_expired"]);
    assert!(missing.hint().unwrap().contains("Call it on a `Session`"), "{missing}");

    let other = session.send(ListIds::default()).await.unwrap_err();
    assert_eq!(predicates(&other), ["not_found"]);
    assert!(other.hint().unwrap().contains("or the session expired"), "{other}");
}

#[tokio::test]
async fn a_refused_retired_write_has_a_hint() {
    let cases: [(u16, &[&str]); 9] = [
        (403, &["forbidden", "retired"]),
        (404, &["not_found", "retired"]),
        (405, &["retired"]),
        (410, &["retired"]),
        (501, &["retired", "server"]),
        // About the values, and about the service as a whole.
        (400, &["validation"]),
        (500, &["server"]),
        (401, &["unauthorized"]),
        (429, &["rate_limited"]),
    ];
    for (status, names) in cases {
        let transport = Scripted::new([Reply::status(status, "")]);
        let error = transport.client().send(RetiredWrite::default()).await.unwrap_err();
        assert_eq!(predicates(&error), names, "{status}");
        let has_hint = error
            .hint()
            .is_some_and(|hint| hint.to_lowercase().contains("since 2025"));
        assert_eq!(has_hint, error.is_retired(), "{error}");
    }
}

#[tokio::test]
async fn every_undecodable_body_has_its_reason() {
    let cases = [
        (
            "<!-- x --><html><head><title>Down for maintenance</title></head></html>",
            "the body is an HTML page, not XML (at byte 16) (\"Down for maintenance\"): a proxy, a sign-in page or a \
             maintenance page may have responded instead of the service",
        ),
        (
            "<Events><Event id=\"1\"/>",
            "the body is not well-formed XML: it ends inside an element",
        ),
        (
            "",
            "the body is empty where XML was expected (at byte 0): something between the client and the service may have cut",
        ),
        ("<Events><Event id=\"1\"></Events>", "the body is not well-formed XML"),
        (
            "<Events><Show id=\"1\"/></Events>",
            "the list contains `Show`, and no `Event` (in Events/Show, at byte 8): the service has changed, or another",
        ),
        ("<Instances/>", "the root element is `Instances`, not `Events`"),
        ("<Events><Event id=\"x\"/></Events>", "`x` is not"),
    ];
    for (body, line) in cases {
        let error = list(Reply::ok(body)).await;
        let is_html = *error.decode_error().unwrap().kind() == DecodeErrorKind::Html;
        assert_eq!(predicates(&error), ["decode"], "{body}");
        assert_eq!(error.is_unavailable(), is_html, "{body}");
        assert_eq!(error.status(), Some(StatusCode::OK));
        let start = "GetEvents: ";
        let text = error.to_string();
        let said = text.strip_prefix(start).unwrap();
        assert!(said.starts_with(line), "{said}");
        assert_eq!(error.excerpt().is_some(), is_html, "{said}");
    }
}

#[tokio::test]
async fn a_redirect_is_refused_and_only_its_host_is_named() {
    let cases = [
        (
            "https://elsewhere.example:8443/venue?api_key=test-k3y",
            "elsewhere.example",
        ),
        ("/venue/api/v2/events/?api_key=test-k3y", "the same host"),
        ("login.aspx?api_key=test-k3y", "the same host"),
        ("?api_key=test-k3y", "the same host"),
        ("//elsewhere.example/?api_key=test-k3y", "elsewhere.example"),
        ("//elsewhere.example:8443", "elsewhere.example"),
        ("\\\\elsewhere.example\\x", "elsewhere.example"),
        ("/\\elsewhere.example/", "elsewhere.example"),
        ("http://[broken", "an unreadable address"),
        ("//", "an unreadable address"),
        ("https:elsewhere.example", "an unreadable address"),
    ];
    for (location, host) in cases {
        let error = list(Reply::status(302, "").with_header("location", location)).await;
        assert_eq!(predicates(&error), [""; 0]);
        let text = error.to_string();
        let expected = format!("302 Found, a redirect to {host}: redirects are not followed");
        assert!(text.contains(&expected), "{text}");
        assert!(!text.contains("api_key") && !text.contains("venue?"), "{text}");
    }
    assert!(
        list(Reply::status(302, ""))
            .await
            .to_string()
            .contains("a redirect to no address")
    );
}

#[tokio::test]
async fn every_transport_error_has_its_predicate_and_hint() {
    use TransportErrorKind as Kind;
    let cases: [(TransportErrorKind, &[&str], &str); 16] = [
        (
            Kind::Connect,
            &["connect"],
            "no connection could be made (why): check the base URL",
        ),
        (
            Kind::ConnectTimeout,
            &["connect", "timeout"],
            "no connection could be made in time (why): check the base URL",
        ),
        (
            Kind::ServerCertificate,
            &["connect"],
            "the server's certificate was not accepted (why): the server's certificate is not trusted",
        ),
        (
            Kind::ServerName,
            &["connect"],
            "the server's certificate was not accepted (why): the server's certificate is for another name",
        ),
        (
            Kind::ClientCertificate,
            &["certificate", "connect"],
            "the server did not accept the client certificate (why): the service does not accept",
        ),
        (
            Kind::Tls,
            &["connect"],
            "no encrypted connection could be negotiated (why): the client offers TLS 1.2 and 1.3",
        ),
        (
            Kind::NotTls,
            &["connect"],
            "the server does not use TLS on this port (why): check the port in the base URL",
        ),
        (
            Kind::Closed,
            &["connect"],
            "the connection was closed before the response (why): a refused client certificate often shows",
        ),
        (
            Kind::NotProcessed,
            &["connect"],
            "the server refused the request without processing it (why): the server closes connections or limits",
        ),
        (
            Kind::Http2,
            &["connect"],
            "HTTP/2 failed (why): use HTTP/1.1 with `ClientBuilder::http1_only`",
        ),
        (
            Kind::Headers,
            &["connect"],
            "the headers of the response cannot be read (why): the server or something between violates HTTP",
        ),
        (
            Kind::RuntimeGone,
            &["connect"],
            "the Tokio runtime of the connection has ended (why): the client was used in a runtime that has ended",
        ),
        (
            Kind::Body,
            &["connect"],
            "the connection was closed in the middle of the response (why): the connection broke",
        ),
        (
            Kind::Decompression,
            &["decode"],
            "the body of the response cannot be decompressed (why): a proxy may compress responses",
        ),
        (
            Kind::Timeout,
            &["timeout"],
            "there was no response in time (why): the service or the network is slow",
        ),
        (Kind::Other, &[], "the request failed (why)"),
    ];
    for (fault, names, line) in cases {
        let error = list(Reply::Fail(TransportError::new(fault, "why"))).await;
        assert_eq!(predicates(&error), names, "{fault:?}");
        let text = error.to_string();
        assert!(text.starts_with(&format!("GetEvents: {line}")), "{text}");
        assert_eq!(error.status(), None);
    }
}

#[tokio::test]
async fn bodies_that_are_compressed_without_a_header_are_named() {
    let cases: [(&[u8], &str); 3] = [
        (b"\x1F\x8B\x08\0\0", "gzip"),
        (b"x\xDA\xB3\xB1\xAF", "zlib"),
        (b"(\xB5\x2F\xFD\x04", "zstd"),
    ];
    for (body, name) in cases {
        let response = TransportResponse::new(StatusCode::OK, body.to_vec());
        let error = list(Reply::Respond(response)).await.to_string();
        let expected = format!("the body is not UTF-8: it is compressed with {name}");
        assert!(
            error.contains(&expected) && error.contains("left out the header `Content-Encoding`"),
            "{error}"
        );
    }
}

#[test]
fn errors_are_small_send_and_sync() {
    fn is_send_and_sync<T: std::error::Error + Send + Sync + 'static>() {}
    is_send_and_sync::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}
