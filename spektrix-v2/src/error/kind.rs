//! The kinds of errors, to match on.

use http::StatusCode;

use super::{Error, ErrorContext, Fault};
use crate::transport::TransportErrorKind;

/// The kind of an error: the most specific one that applies. [`Error::kind`] returns it.
///
/// The predicates of [`Error`] are wider, and several may hold: [`is_not_found`](Error::is_not_found) holds for
/// [`NotFound`](Self::NotFound) and for most of [`SessionExpired`](Self::SessionExpired).
///
/// ```no_run
/// # async fn example(client: spektrix_v2::Client) {
/// use spektrix_v2::ErrorKind;
///
/// if let Err(error) = client.events().all().await {
///     match error.kind() {
///         ErrorKind::RateLimited => println!("send fewer requests"),
///         ErrorKind::Certificate | ErrorKind::Unauthorized => println!("alert an operator: {error}"),
///         _ if error.is_unavailable() => println!("show the events from the cache"),
///         _ => println!("a bug in the program: {error}"),
///     }
/// }
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting of the client is missing or wrong, or it is called outside a Tokio runtime. Nothing was sent.
    Configuration,
    /// The client certificate or its key is missing, unusable, expired or refused.
    Certificate,
    /// The request is invalid. Nothing was sent.
    InvalidRequest,
    /// The service did not accept the API key: status 401.
    Unauthorized,
    /// The service refused access: status 403.
    Forbidden,
    /// The requested object does not exist: status 404.
    NotFound,
    /// The session has not started, has expired, or is unknown.
    SessionExpired,
    /// The request conflicts with the current state: status 409.
    Conflict,
    /// The service did not accept the values of the request: status 400 or 422.
    Validation,
    /// There were too many requests: status 429.
    RateLimited,
    /// The service refused a write that it no longer offers.
    Retired,
    /// The service refused the request for another reason: any other status 4xx.
    Refused,
    /// The service failed: status 5xx.
    Server,
    /// The service redirected the request to another address: status 3xx.
    Redirect,
    /// There was no connection, or it ended before the response was complete.
    Connection,
    /// The time was over.
    Timeout,
    /// A successful response is not what the operation returns.
    Decode,
    /// A list cannot be read page by page.
    Paging,
    /// A list lacks so many items that are expected that it is not used.
    Implausible,
    /// A file could not be written.
    File,
    /// Another error.
    Other,
}

impl Error {
    /// Returns the kind of the error, to match on.
    pub fn kind(&self) -> ErrorKind {
        let fault = &self.0.fault;
        match fault {
            Fault::Configuration { .. } | Fault::NoRuntime => ErrorKind::Configuration,
            Fault::Identity { .. } => ErrorKind::Certificate,
            Fault::InvalidRequest(_) => ErrorKind::InvalidRequest,
            Fault::NoSession => ErrorKind::SessionExpired,
            Fault::Deadline(_) | Fault::Stalled(_) | Fault::SessionBusy(_) => ErrorKind::Timeout,
            Fault::Redirect { .. } => ErrorKind::Redirect,
            Fault::Decode { .. } | Fault::NoDocument { .. } | Fault::NoCookie { .. } => ErrorKind::Decode,
            Fault::File { .. } => ErrorKind::File,
            Fault::Implausible { .. } => ErrorKind::Implausible,
            Fault::NoProgress { .. } => ErrorKind::Paging,
            Fault::Transport(error) => of_transport(error.kind()),
            Fault::Status { .. } if fault.names_certificate() => ErrorKind::Certificate,
            Fault::Status { .. } if fault.is_retired(self.0.context.as_ref()) => ErrorKind::Retired,
            Fault::Status { status, .. } => of_status(*status, self.0.context.as_ref()),
        }
    }
}

fn of_transport(kind: TransportErrorKind) -> ErrorKind {
    match kind {
        TransportErrorKind::ClientCertificate => ErrorKind::Certificate,
        TransportErrorKind::Timeout => ErrorKind::Timeout,
        TransportErrorKind::Decompression => ErrorKind::Decode,
        TransportErrorKind::Other => ErrorKind::Other,
        _ => ErrorKind::Connection,
    }
}

fn of_status(status: StatusCode, context: Option<&ErrorContext>) -> ErrorKind {
    match status.as_u16() {
        400 | 422 => ErrorKind::Validation,
        401 => ErrorKind::Unauthorized,
        403 => ErrorKind::Forbidden,
        404 if context.is_some_and(ErrorContext::needs_session) => ErrorKind::SessionExpired,
        404 => ErrorKind::NotFound,
        409 => ErrorKind::Conflict,
        429 => ErrorKind::RateLimited,
        500.. => ErrorKind::Server,
        _ => ErrorKind::Refused,
    }
}
