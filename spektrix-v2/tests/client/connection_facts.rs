//! Tests of the hints about the client certificate: they appear only where the certificate can be the cause.

use spektrix_v2::{ConnectionFacts, Error, TransportError, TransportErrorKind, TransportResponse};

use crate::errors::list;
use crate::scripted::Reply;

fn facts(has_handshake: bool, is_certificate_requested: bool, has_responded: bool) -> ConnectionFacts {
    let mut facts = ConnectionFacts::default();
    facts.has_handshake = has_handshake;
    facts.is_certificate_requested = is_certificate_requested;
    facts.has_responded = has_responded;
    facts
}

async fn failure(kind: TransportErrorKind, facts: ConnectionFacts) -> Error {
    list(Reply::Fail(TransportError::new(kind, "why").with_connection(facts))).await
}

async fn refusal(status: u16, body: &'static str, facts: ConnectionFacts) -> Error {
    let response = TransportResponse::new(http::StatusCode::from_u16(status).unwrap(), body);
    list(Reply::Respond(response.with_connection(facts))).await
}

const REFUSED: &str = "a refused client certificate often shows only as a closed connection";
const NOT_REQUESTED: &str = "the server did not ask for the client certificate when the connection was made";

#[tokio::test]
async fn a_failure_hints_at_the_certificate_if_it_may_be_it() {
    use TransportErrorKind::{Closed, Tls};
    let cases = [
        (Closed, facts(true, true, false), REFUSED),
        (Closed, facts(true, false, false), NOT_REQUESTED),
        (Closed, facts(false, false, false), "check the base URL and its port"),
        (Closed, facts(true, true, true), "the connection broke"),
        (Closed, facts(true, false, true), "the connection broke"),
        (Tls, facts(true, true, false), REFUSED),
        (Tls, facts(true, false, false), NOT_REQUESTED),
        (Tls, facts(false, false, false), "the client offers TLS 1.2 and 1.3"),
        (Tls, facts(true, true, true), "the client offers TLS 1.2 and 1.3"),
    ];
    for (kind, facts, hint) in cases {
        let error = failure(kind, facts).await;
        assert!(error.hint().unwrap().starts_with(hint), "{facts:?}: {error}");
    }
}

/// The status of a server that never asked, and so cannot have seen the certificate.
#[tokio::test]
async fn a_refusal_without_a_request_says_so() {
    let page = "HTTP Error 403.7 - Forbidden: requires your browser to have an SSL client certificate";
    for (facts, hint) in [
        (facts(true, false, true), NOT_REQUESTED),
        (
            facts(true, true, true),
            "the service does not accept the client certificate",
        ),
    ] {
        let error = refusal(403, page, facts).await;
        assert!(error.is_certificate(), "{error}");
        assert!(error.hint().unwrap().starts_with(hint), "{error}");
    }
}

/// A write that could not be sent because TLS failed before it.
#[tokio::test]
async fn a_failed_handshake_leaves_no_outcome_open() {
    use crate::operations::RetiredWrite;
    use crate::scripted::Scripted;
    for (facts, is_open) in [(facts(false, false, false), false), (facts(true, true, false), true)] {
        let error = TransportError::new(TransportErrorKind::Tls, "").with_connection(facts);
        let transport = Scripted::new([Reply::Fail(error)]);
        let error = transport.client().send(RetiredWrite::default()).await.unwrap_err();
        assert_eq!(error.may_have_been_applied(), is_open, "{error}");
    }
}
