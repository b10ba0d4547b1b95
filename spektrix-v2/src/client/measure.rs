//! What metrics may know of calls and their attempts: names, numbers and kinds, nothing that a visitor or a venue said.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use http::StatusCode;
use tokio::time::Instant;

use crate::error::{Error, Fault, Tried};
use crate::operation::{Effect, Method};
use crate::transport::TransportErrorKind;

/// What came of a call, or of one attempt, in numbers.
///
/// [`ClientBuilder::on_call`](crate::ClientBuilder::on_call) and
/// [`on_attempt`](crate::ClientBuilder::on_attempt) hand it over. Nothing in it is secret or belongs to a person, and all
/// names are of a small set, so that they can be labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Measurement {
    /// The name of the operation: `GetEvents`.
    pub operation: &'static str,
    /// How it is sent.
    pub method: Method,
    /// Whether it reads or writes.
    pub effect: Effect,
    /// Of a call: how often it was sent, 0 if never. Of an attempt: which it was, from 1 on.
    pub attempts: u32,
    /// How long it took. Of a call with the waits between attempts, and for room among those in flight.
    pub elapsed: Duration,
    /// The status, if there was one.
    pub status: Option<StatusCode>,
    /// How many bytes of a successful answer came. 0 for an attempt that only opens a [stream](crate::Call::stream) or a
    /// [download](crate::Download): their bytes are counted for the call, if it comes to its end.
    pub bytes: usize,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a call or an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// The answer came and could be read. For an attempt it is enough that it came.
    Success,
    /// The request could not be made.
    NotSent,
    /// The client certificate is unusable, expired, or was refused at the connection.
    Certificate,
    /// There was no connection, or it ended early.
    Connection,
    /// Time was up.
    Timeout,
    /// The service asks for fewer requests: status 429.
    RateLimited,
    /// The service refused, or pointed elsewhere: status 3xx or 4xx.
    Refused,
    /// The service failed: status 5xx.
    ServerError,
    /// A successful answer could not be read.
    Unreadable,
    /// Nobody waited for it any more, or, for an attempt, the time of the whole call was up.
    Abandoned,
    /// Something else.
    Other,
}

impl Outcome {
    /// The name as a label: `rate_limited`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::NotSent => "not_sent",
            Self::Certificate => "certificate",
            Self::Connection => "connection",
            Self::Timeout => "timeout",
            Self::RateLimited => "rate_limited",
            Self::Refused => "refused",
            Self::ServerError => "server_error",
            Self::Unreadable => "unreadable",
            Self::Abandoned => "abandoned",
            Self::Other => "other",
        }
    }

    fn of(fault: &Fault) -> Self {
        match fault {
            Fault::Configuration { .. } | Fault::InvalidRequest(_) | Fault::NoSession => Self::NotSent,
            Fault::Identity { .. } => Self::Certificate,
            Fault::Transport(error) => Self::of_transport(error.kind()),
            Fault::Deadline(_) | Fault::Stalled(_) | Fault::NoTurn(_) => Self::Timeout,
            Fault::Status { status, .. } if *status == StatusCode::TOO_MANY_REQUESTS => Self::RateLimited,
            Fault::Status { status, .. } if status.is_server_error() => Self::ServerError,
            Fault::Status { .. } | Fault::Redirect { .. } => Self::Refused,
            Fault::Decode { .. } | Fault::NoDocument { .. } | Fault::NoCookie { .. } | Fault::NoProgress { .. } => {
                Self::Unreadable
            }
            Fault::File { .. } => Self::Other,
        }
    }

    fn of_transport(fault: TransportErrorKind) -> Self {
        use TransportErrorKind as Fault;
        match fault {
            Fault::ClientCertificate => Self::Certificate,
            Fault::ConnectTimeout | Fault::Timeout => Self::Timeout,
            Fault::Other => Self::Other,
            _ => Self::Connection,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Who is told.
pub(super) type Hook = Arc<dyn Fn(&Measurement) + Send + Sync>;

/// Runs until it is told how it ended. If it is dropped before, that was the end.
pub(super) struct Watch {
    hook: Option<Hook>,
    tried: Tried,
    attempts: AtomicU32,
    start: Instant,
    is_over: AtomicBool,
}

impl Watch {
    pub(super) fn start(hook: Option<&Hook>, tried: Tried) -> Self {
        Self {
            hook: hook.cloned(),
            tried,
            attempts: AtomicU32::new(tried.attempts),
            start: Instant::now(),
            is_over: AtomicBool::new(false),
        }
    }

    /// Another attempt begins.
    pub(super) fn note_attempt(&self, tried: Tried) {
        self.attempts.store(tried.attempts, Ordering::Relaxed);
    }

    pub(super) fn succeed(&self, status: StatusCode, bytes: usize) {
        self.end(Outcome::Success, Some(status), bytes);
    }

    pub(super) fn fail(&self, fault: &Fault) {
        self.end(Outcome::of(fault), fault.status(), 0);
    }

    /// Passes a result on; an error is the end.
    pub(super) fn check<T>(&self, result: Result<T, Error>) -> Result<T, Error> {
        result.inspect_err(|error| self.fail(error.fault()))
    }

    fn end(&self, outcome: Outcome, status: Option<StatusCode>, bytes: usize) {
        let was_over = self.is_over.swap(true, Ordering::Relaxed);
        if let (Some(hook), false) = (&self.hook, was_over) {
            hook(&Measurement {
                operation: self.tried.operation.name,
                method: self.tried.operation.method,
                effect: self.tried.operation.effect,
                attempts: self.attempts.load(Ordering::Relaxed),
                elapsed: self.start.elapsed(),
                status,
                bytes,
                outcome,
            });
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.end(Outcome::Abandoned, None, 0);
    }
}
