//! Classifies the errors of reqwest, and extracts the parts that may be shown.

use std::error::Error as StdError;
use std::io;

use h2::Reason;
use rustls::{AlertDescription, CertificateError, InvalidMessage};

use crate::transport::{TransportError, TransportErrorKind};

/// Converts an error of reqwest, which carries the address of the request, and with it the API key.
pub(super) fn sanitize(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let kind = classify(Stage::of(&error), error.is_timeout(), &error);
    TransportError::new(kind, describe(&error))
}

/// Returns the causes of an error on one line, each once, without addresses.
pub(super) fn describe(error: &(dyn StdError + 'static)) -> String {
    let mut causes: Vec<String> = Vec::new();
    for text in chain(error).map(|cause| without_addresses(&cause.to_string())) {
        if !is_generic(&text) && !causes.iter().any(|earlier| earlier.contains(&text)) {
            causes.push(text);
        }
    }
    causes.join(": ")
}

/// How a server refuses HTTP/2, although it offered it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Http2Refusal {
    /// It requires HTTP/1.1, and has not processed the request.
    Required,
    /// What it sends is not HTTP/2.
    Protocol,
}

/// Returns how a server refused HTTP/2, if that is the error.
pub(super) fn http2_refusal(error: &(dyn StdError + 'static)) -> Option<Http2Refusal> {
    let error = chain(error).find_map(|cause| cause.downcast_ref::<h2::Error>())?;
    match error.reason() {
        Some(Reason::HTTP_1_1_REQUIRED | Reason::INADEQUATE_SECURITY) if error.is_remote() => {
            Some(Http2Refusal::Required)
        }
        Some(_) if error.is_library() => Some(Http2Refusal::Protocol),
        _ => None,
    }
}

/// How far a request got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Connecting,
    /// The connection was open, and the response headers had not arrived.
    Requesting,
    ReadingBody,
    Other,
}

impl Stage {
    fn of(error: &reqwest::Error) -> Self {
        if error.is_connect() {
            Self::Connecting
        } else if error.is_request() {
            Self::Requesting
        } else if error.is_body() || error.is_decode() {
            Self::ReadingBody
        } else {
            Self::Other
        }
    }
}

fn classify(stage: Stage, timed_out: bool, error: &(dyn StdError + 'static)) -> TransportErrorKind {
    if let Some(kind) = chain(error).find_map(tls_error) {
        return kind;
    }
    if chain(error).any(quotes_refused_certificate) {
        return TransportErrorKind::ClientCertificate;
    }
    if let Some(kind) = chain(error).find_map(http_error) {
        return kind;
    }
    match stage {
        Stage::Connecting if timed_out => TransportErrorKind::ConnectTimeout,
        _ if timed_out => TransportErrorKind::Timeout,
        Stage::Connecting if chain(error).any(is_early_end) => TransportErrorKind::Closed,
        Stage::Connecting => TransportErrorKind::Connect,
        Stage::Requesting => TransportErrorKind::Closed,
        Stage::ReadingBody => TransportErrorKind::Body,
        Stage::Other => TransportErrorKind::Other,
    }
}

/// Classifies an error of HTTP that says more than the stage at which it occurred.
fn http_error(cause: &(dyn StdError + 'static)) -> Option<TransportErrorKind> {
    if let Some(error) = cause.downcast_ref::<h2::Error>() {
        return http2_error(error);
    }
    let error = cause.downcast_ref::<hyper::Error>()?;
    if error.is_parse() {
        // Bytes of HTTP/2 over a connection for HTTP/1.1 cannot be parsed either.
        return Some(TransportErrorKind::Headers);
    }
    // There is no predicate for it.
    error
        .to_string()
        .contains("dispatch task is gone")
        .then_some(TransportErrorKind::RuntimeGone)
}

fn http2_error(error: &h2::Error) -> Option<TransportErrorKind> {
    let reason = error.reason()?;
    let is_not_processed = error.is_remote()
        && match reason {
            Reason::REFUSED_STREAM | Reason::HTTP_1_1_REQUIRED => true,
            // Streams that the server has begun to process do not fail with the announcement, but later with the
            // connection (RFC 9113, section 6.8).
            _ => error.is_go_away(),
        };
    match reason {
        _ if is_not_processed => Some(TransportErrorKind::NotProcessed),
        Reason::CANCEL | Reason::NO_ERROR | Reason::INTERNAL_ERROR | Reason::STREAM_CLOSED => None,
        _ => Some(TransportErrorKind::Http2),
    }
}

/// Classifies an error of TLS.
fn tls_error(cause: &(dyn StdError + 'static)) -> Option<TransportErrorKind> {
    match cause.downcast_ref()? {
        rustls::Error::AlertReceived(alert) if ABOUT_CLIENT_CERTIFICATE.contains(alert) => {
            Some(TransportErrorKind::ClientCertificate)
        }
        rustls::Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => Some(TransportErrorKind::ServerName),
        rustls::Error::InvalidCertificate(_) => Some(TransportErrorKind::ServerCertificate),
        rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType | InvalidMessage::UnknownProtocolVersion) => {
            Some(TransportErrorKind::NotTls)
        }
        _ => Some(TransportErrorKind::Tls),
    }
}

/// Whether an error quotes the alert of a server that refused the client certificate.
///
/// With TLS 1.3 the alert arrives when the client is already sending. HTTP/2 keeps only the message of an error of its
/// connection, so there is nothing to downcast.
fn quotes_refused_certificate(cause: &(dyn StdError + 'static)) -> bool {
    let text = cause.to_string();
    let mut refusals = ABOUT_CLIENT_CERTIFICATE.map(rustls::Error::AlertReceived).into_iter();
    refusals.any(|refusal| text.contains(&refusal.to_string()))
}

/// The alerts by which a server refuses a client certificate.
const ABOUT_CLIENT_CERTIFICATE: [AlertDescription; 9] = [
    AlertDescription::AccessDenied,
    AlertDescription::BadCertificate,
    AlertDescription::CertificateExpired,
    AlertDescription::CertificateRequired,
    AlertDescription::CertificateRevoked,
    AlertDescription::CertificateUnknown,
    AlertDescription::NoCertificate,
    AlertDescription::UnknownCA,
    AlertDescription::UnsupportedCertificate,
];

/// Whether the other side closed the connection after it had been opened.
fn is_early_end(cause: &(dyn StdError + 'static)) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
    kind.is_some_and(|kind| [BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof].contains(&kind))
}

/// Removes every word that holds an address or the API key's parameter. Libraries also add links to their manuals.
fn without_addresses(text: &str) -> String {
    let words = text.split_whitespace();
    let words = words.filter(|word| !word.contains("://") && !word.contains("api_key="));
    words.collect::<Vec<_>>().join(" ").trim_end_matches(':').to_owned()
}

/// Whether a message names only the layer that failed, like the messages of the layers above the cause.
fn is_generic(text: &str) -> bool {
    text.starts_with("error sending request") || text.starts_with("client error (")
}

/// Iterates over an error and its causes.
fn chain<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&cause| {
        // The `source` of an I/O error skips the error that it was made of.
        let inside = cause.downcast_ref().and_then(io::Error::get_ref);
        inside.map_or_else(|| cause.source(), |inside| Some(inside as _))
    })
}

#[cfg(test)]
mod tests {
    use std::fmt;

    use super::*;

    type Cause = Box<dyn StdError + Send + Sync>;

    /// A layer of a network stack: its message, and the error below it.
    #[derive(Debug)]
    struct Layer(&'static str, Option<Cause>);

    impl fmt::Display for Layer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl StdError for Layer {
        fn source(&self) -> Option<&(dyn StdError + 'static)> {
            self.1.as_deref().map(|cause| cause as _)
        }
    }

    /// A cause below two generic layers and within an I/O error, as hyper and reqwest wrap it.
    fn below(cause: impl Into<Cause>) -> Layer {
        let cause = io::Error::other(cause);
        let client = Layer("client error (Connect)", Some(Box::new(cause)));
        Layer("error sending request", Some(Box::new(client)))
    }

    fn os_error(kind: io::ErrorKind) -> Layer {
        Layer("error sending request", Some(Box::new(io::Error::from(kind))))
    }

    #[test]
    fn the_stage_classifies_causes_that_are_unknown() {
        let cases = [
            (
                Stage::Connecting,
                TransportErrorKind::Connect,
                TransportErrorKind::ConnectTimeout,
            ),
            (
                Stage::Requesting,
                TransportErrorKind::Closed,
                TransportErrorKind::Timeout,
            ),
            (
                Stage::ReadingBody,
                TransportErrorKind::Body,
                TransportErrorKind::Timeout,
            ),
            (Stage::Other, TransportErrorKind::Other, TransportErrorKind::Timeout),
        ];
        let error = below("a cause");
        for (stage, kind, timed_out) in cases {
            assert_eq!(classify(stage, false, &error), kind, "{stage:?}");
            assert_eq!(classify(stage, true, &error), timed_out, "{stage:?}");
        }
    }

    #[test]
    fn connections_that_ended_differ_from_those_never_made() {
        use io::ErrorKind;
        let cases = [
            (ErrorKind::BrokenPipe, TransportErrorKind::Closed),
            (ErrorKind::ConnectionAborted, TransportErrorKind::Closed),
            (ErrorKind::ConnectionReset, TransportErrorKind::Closed),
            (ErrorKind::UnexpectedEof, TransportErrorKind::Closed),
            (ErrorKind::ConnectionRefused, TransportErrorKind::Connect),
            (ErrorKind::NetworkUnreachable, TransportErrorKind::Connect),
            (ErrorKind::NotFound, TransportErrorKind::Connect),
        ];
        for (kind, expected) in cases {
            assert_eq!(
                classify(Stage::Connecting, false, &os_error(kind)),
                expected,
                "{kind:?}"
            );
            assert_eq!(
                classify(Stage::ReadingBody, false, &os_error(kind)),
                TransportErrorKind::Body,
                "{kind:?}"
            );
        }
    }

    #[test]
    fn errors_of_tls_are_classified_at_every_stage() {
        use rustls::Error::{AlertReceived, InvalidCertificate};
        let mut cases = vec![
            (
                InvalidCertificate(CertificateError::NotValidForName),
                TransportErrorKind::ServerName,
            ),
            (
                InvalidCertificate(CertificateError::Expired),
                TransportErrorKind::ServerCertificate,
            ),
            (
                InvalidCertificate(CertificateError::UnknownIssuer),
                TransportErrorKind::ServerCertificate,
            ),
            (
                AlertReceived(AlertDescription::HandshakeFailure),
                TransportErrorKind::Tls,
            ),
            (
                AlertReceived(AlertDescription::ProtocolVersion),
                TransportErrorKind::Tls,
            ),
            (rustls::Error::General("else".into()), TransportErrorKind::Tls),
        ];
        cases.extend(
            ABOUT_CLIENT_CERTIFICATE.map(|alert| (AlertReceived(alert), TransportErrorKind::ClientCertificate)),
        );
        for (error, expected) in cases {
            for stage in [Stage::Connecting, Stage::Requesting, Stage::ReadingBody, Stage::Other] {
                assert_eq!(classify(stage, false, &below(error.clone())), expected, "{error:?}");
                assert_eq!(classify(stage, true, &below(error.clone())), expected, "{error:?}");
            }
        }
    }

    /// Resets by the client itself. What a server sends is tested with a server.
    #[test]
    fn errors_of_http_2_are_classified() {
        let cases = [
            (Reason::REFUSED_STREAM, TransportErrorKind::Http2),
            (Reason::HTTP_1_1_REQUIRED, TransportErrorKind::Http2),
            (Reason::PROTOCOL_ERROR, TransportErrorKind::Http2),
            (Reason::FLOW_CONTROL_ERROR, TransportErrorKind::Http2),
            // These only end a request.
            (Reason::CANCEL, TransportErrorKind::Closed),
            (Reason::NO_ERROR, TransportErrorKind::Closed),
            (Reason::INTERNAL_ERROR, TransportErrorKind::Closed),
            (Reason::STREAM_CLOSED, TransportErrorKind::Closed),
        ];
        for (reason, expected) in cases {
            let error = below(h2::Error::from(reason));
            assert_eq!(classify(Stage::Requesting, false, &error), expected, "{reason:?}");
            assert_eq!(http2_refusal(&error), None, "{reason:?}");
        }
    }

    #[test]
    fn a_refused_certificate_is_detected_by_its_message() {
        for alert in ABOUT_CLIENT_CERTIFICATE {
            let message = format!("connection error: {}", rustls::Error::AlertReceived(alert));
            let kind = classify(Stage::Requesting, false, &below(message));
            assert_eq!(kind, TransportErrorKind::ClientCertificate, "{alert:?}");
        }
        let other = rustls::Error::AlertReceived(AlertDescription::InternalError).to_string();
        assert_eq!(
            classify(Stage::Requesting, false, &below(other)),
            TransportErrorKind::Closed
        );
    }

    #[test]
    fn each_cause_is_listed_once_without_addresses() {
        let repeated = Layer("reset by peer", Some(Box::new(Layer("reset", None))));
        let cases = [
            (below("a cause"), "a cause"),
            (Layer("outer", Some(Box::new(repeated))), "outer: reset by peer"),
            (
                Layer("error sending request for url (https://host/?api_key=k3y)", None),
                "",
            ),
            (
                Layer("at https://host/venue/api/v2/events?api_key=k3y it failed", None),
                "at it failed",
            ),
            (Layer("see: https://manual.example/tls", None), "see"),
            (
                Layer("GET /venue/api/v2/events?all=true&api_key=k3y failed", None),
                "GET failed",
            ),
            (Layer("two\nlines  and\ttabs", None), "two lines and tabs"),
        ];
        for (error, expected) in cases {
            assert_eq!(describe(&error), expected, "{error:?}");
        }
    }

    #[test]
    fn addresses_are_removed_from_errors_of_reqwest() {
        let request = http::Request::get("ftp://host/venue?api_key=k3y")
            .body(reqwest::Body::default())
            .unwrap();
        let request = reqwest::Request::try_from(request).unwrap();
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(config())
            .build()
            .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let error = runtime.block_on(client.execute(request)).unwrap_err();
        assert!(error.to_string().contains("k3y"), "reqwest quotes the address: {error}");
        let shown = format!("{0:?} {0}", sanitize(error));
        assert!(!shown.contains("k3y") && !shown.contains("host"), "{shown}");
    }

    fn config() -> rustls::ClientConfig {
        let builder = rustls::ClientConfig::builder_with_provider(crate::crypto::provider().unwrap());
        let builder = builder.with_safe_default_protocol_versions().unwrap();
        builder
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth()
    }
}
