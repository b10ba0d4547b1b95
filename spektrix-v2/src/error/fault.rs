//! The kinds of failure, each with its message, and the call in which one occurred.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::error_page::CertificateMention;
use super::{ErrorPage, Shown};
use crate::operation::{Effect, Lifecycle, OperationInfo, SessionUse};
use crate::runtime::DecodeError;
use crate::transport::{TransportError, TransportErrorKind};

/// The call that failed: its operation, whether it carried a session, and how many times it was sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ErrorContext {
    pub(crate) operation: OperationInfo,
    pub(crate) with_session: bool,
    pub(crate) attempts: u32,
}

impl ErrorContext {
    /// The context of a call that has not been sent.
    pub(crate) fn new(operation: OperationInfo, with_session: bool) -> Self {
        Self {
            operation,
            with_session,
            attempts: 0,
        }
    }

    pub(super) fn needs_session(&self) -> bool {
        self.operation.session == SessionUse::Needs
    }

    pub(super) fn is_retired_write(&self) -> bool {
        self.operation.lifecycle == Lifecycle::Retired && self.operation.effect == Effect::Write
    }
}

/// What happened. Strings from a response are [`Shown`], so that an error contains no secret.
#[derive(Clone)]
pub(crate) enum Fault {
    /// The client cannot be set up.
    Configuration { what: String, remedy: String },
    /// The client certificate or its key cannot be used. Nothing was sent.
    Identity { what: String, remedy: String },
    /// The request is invalid. Nothing was sent.
    InvalidRequest(String),
    /// There is no complete response.
    Transport(TransportError),
    /// The time limit for the whole call was reached.
    Deadline(Duration),
    /// No data arrived for this long. The response as a whole has no time limit.
    Stalled(Duration),
    /// The service refused the request, or failed.
    Status { status: StatusCode, page: Box<ErrorPage> },
    /// The service redirects to another address.
    Redirect { status: StatusCode, target: Shown },
    /// The body of a successful response cannot be decoded.
    Decode {
        status: StatusCode,
        error: DecodeError,
        excerpt: Shown,
    },
    /// The response to a download is not the document. `what` describes what it is instead.
    NoDocument {
        status: StatusCode,
        what: Shown,
        excerpt: Shown,
    },
    /// The session has no cookie: it has not started, or it ended. Nothing was sent.
    NoSession,
    /// Other changes of the session took all the time. Nothing was sent.
    SessionBusy(Duration),
    /// The response to a change of the basket has no cookie, so the basket cannot be reached.
    NoCookie { status: StatusCode, what: &'static str },
    /// A file cannot be written.
    File { what: String },
    /// The service sent only items of a list that it had sent before.
    NoProgress { offset: u32 },
    /// A list lacks items that are expected, too many for this to be a change of the programme.
    Implausible { missing: usize, expected: usize },
    /// There is no Tokio runtime to connect with. Nothing was sent.
    NoRuntime,
}

impl Fault {
    /// The status of the response, if there was one.
    pub(crate) fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Status { status, .. }
            | Self::Redirect { status, .. }
            | Self::Decode { status, .. }
            | Self::NoCookie { status, .. }
            | Self::NoDocument { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// The fault of an attempt that took longer than its limit.
    pub(crate) fn attempt_timeout(limit: Duration) -> Self {
        Self::Transport(TransportError::new(
            TransportErrorKind::Timeout,
            format!("the attempt took more than {limit:?}"),
        ))
    }

    /// Whether the service may have applied a request that failed like this. It has not applied it if it refused the
    /// request (status 4xx) or the certificate. When in doubt, this is true.
    pub(crate) fn leaves_outcome_open(&self) -> bool {
        use TransportErrorKind::{
            ClientCertificate, Connect, ConnectTimeout, NotProcessed, NotTls, ServerCertificate, ServerName,
        };
        match self {
            Self::Deadline(_)
            | Self::Stalled(_)
            | Self::Decode { .. }
            | Self::NoDocument { .. }
            | Self::NoCookie { .. } => true,
            // A server that refuses the certificate with a status has not processed the request.
            Self::Status { status, .. } => status.is_server_error() && !self.names_certificate(),
            Self::Transport(error) => {
                let before_sending = [
                    ClientCertificate,
                    Connect,
                    ConnectTimeout,
                    NotProcessed,
                    NotTls,
                    ServerCertificate,
                    ServerName,
                ];
                let is_before_sending = before_sending.contains(&error.kind())
                    // TLS that failed before the certificates failed before the request.
                    || error.kind() == TransportErrorKind::Tls
                        && error.connection().is_some_and(|facts| !facts.has_handshake);
                !is_before_sending
            }
            Self::Configuration { .. }
            | Self::Identity { .. }
            | Self::InvalidRequest(_)
            | Self::NoSession
            | Self::SessionBusy(_)
            | Self::File { .. }
            | Self::Redirect { .. }
            | Self::NoProgress { .. }
            | Self::Implausible { .. }
            | Self::NoRuntime => false,
        }
    }

    /// Whether a write failed because the service no longer offers it. How the service refuses is not documented: these
    /// statuses are about the operation, and not about its values, the key, or the number of requests.
    pub(super) fn is_retired(&self, context: Option<&ErrorContext>) -> bool {
        let (Self::Status { status, .. }, Some(context)) = (self, context) else {
            return false;
        };
        let is_about_the_operation = match status.as_u16() {
            403 | 405 | 410 | 501 => true,
            // Without a session, the service responds with 404 as well.
            404 => !context.needs_session(),
            _ => false,
        };
        is_about_the_operation && context.is_retired_write()
    }

    /// Whether a server that requires certificates at the level of HTTP refused this one: it has a status for that, or a
    /// page about it.
    pub(crate) fn names_certificate(&self) -> bool {
        let Self::Status { status, page } = self else {
            return false;
        };
        match status.as_u16() {
            400 | 421 => page.certificate == CertificateMention::OfClient,
            401 => [CertificateMention::OfClient, CertificateMention::Any].contains(&page.certificate),
            403 => page.certificate != CertificateMention::Nothing,
            // The statuses of nginx for a certificate that is invalid or missing.
            495 | 496 => true,
            _ => false,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration { what, .. } | Self::Identity { what, .. } | Self::File { what } => f.write_str(what),
            Self::InvalidRequest(what) => write!(f, "not sent: {what}"),
            Self::NoSession => f.write_str("not sent: the session has not started, or it ended"),
            Self::SessionBusy(time) => {
                write!(f, "not sent: other changes of the session took more than {time:?}")
            }
            Self::Transport(error) => write!(f, "{error}"),
            Self::Deadline(time) => write!(f, "no complete response within {time:?}"),
            Self::Stalled(time) => write!(f, "no data for {time:?}"),
            Self::Status { status, page } => write!(f, "{status}{}", Quoted(&page.excerpt)),
            Self::Redirect { status, target } => write!(f, "{status}, a redirect to {target}"),
            Self::Decode { error, excerpt, .. } => write!(f, "{error}{}", Quoted(excerpt)),
            Self::NoDocument { what, excerpt, .. } => {
                write!(f, "the response is {what}, not a document{}", Quoted(excerpt))
            }
            Self::NoCookie { status, what } => write!(f, "{status}, but {what}"),
            Self::Implausible { missing, expected } => {
                write!(f, "the list lacks {missing} of {expected} items that are expected")
            }
            Self::NoProgress { offset } => write!(
                f,
                "the service sent items of the list again, instead of the page from item {offset} on"
            ),
            Self::NoRuntime => f.write_str("not sent: there is no Tokio runtime"),
        }
    }
}

/// An excerpt in brackets and quotes; nothing if there is none.
struct Quoted<'a>(&'a Shown);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Shown::Text(text) if text.is_empty() => Ok(()),
            Shown::Text(text) => write!(f, " (\"{text}\")"),
            Shown::Withheld => write!(f, " {}", self.0),
        }
    }
}
