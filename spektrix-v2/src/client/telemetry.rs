//! What programs can observe: metrics of calls and attempts, a span for each attempt, unknown parts of responses.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::StatusCode;
use tokio::time::Instant;
use tracing::Span;
use tracing::field::Empty;

use crate::error::{Error, ErrorContext, Fault, PATH, Redactor};
use crate::operation::{Effect, Method};
use crate::transport::TransportErrorKind;

/// The result of a call, or of one attempt, in numbers.
///
/// The hooks [`ClientBuilder::on_call`](crate::ClientBuilder::on_call) and
/// [`on_attempt`](crate::ClientBuilder::on_attempt) are called with it. It contains no secret and no personal data, and all
/// names are from a small set, so they can be used as labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Measurement {
    /// The name of the operation: `GetEvents`.
    pub operation: &'static str,
    /// The HTTP method of the operation.
    pub method: Method,
    /// Whether the operation reads or writes.
    pub effect: Effect,
    /// For a call: how many times it was sent, 0 if never. For an attempt: its number, from 1.
    pub attempts: u32,
    /// The time it took. For a call, this includes the waits between attempts and the wait for
    /// [`max_in_flight`](crate::ClientBuilder::max_in_flight).
    pub elapsed: Duration,
    /// The status of the response, if there was one.
    pub status: Option<StatusCode>,
    /// The number of bytes of a successful response that were received. It is 0 for an attempt that opens a
    /// [stream](crate::Call::stream) or a [download](crate::Download): their bytes are counted for the call, if it completes.
    pub bytes: usize,
    /// The kind of result.
    pub outcome: Outcome,
}

/// The kind of result of a call or an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// The response was received and decoded. For an attempt, it is enough that it was received.
    Success,
    /// The request was invalid and was not sent.
    NotSent,
    /// The client certificate is unusable or expired, or the server refused it when connecting.
    Certificate,
    /// There was no connection, or it closed early.
    Connection,
    /// The time limit was reached.
    Timeout,
    /// There were too many requests: status 429.
    RateLimited,
    /// The service refused the request, or redirected it: status 3xx or 4xx.
    Refused,
    /// The service failed: status 5xx.
    ServerError,
    /// A successful response could not be decoded.
    Unreadable,
    /// The call was dropped. For an attempt also: the time limit of the whole call was reached.
    Abandoned,
    /// Another result.
    Other,
}

impl Outcome {
    /// Returns the name as a label: `rate_limited`.
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
            Fault::Configuration { .. } | Fault::InvalidRequest(_) | Fault::NoSession | Fault::NoRuntime => {
                Self::NotSent
            }
            Fault::Identity { .. } => Self::Certificate,
            Fault::Transport(error) => Self::of_transport(error.kind()),
            Fault::Deadline(_) | Fault::Stalled(_) | Fault::SessionBusy(_) => Self::Timeout,
            Fault::Status { .. } if fault.names_certificate() => Self::Certificate,
            Fault::Status { status, .. } if *status == StatusCode::TOO_MANY_REQUESTS => Self::RateLimited,
            Fault::Status { status, .. } if status.is_server_error() => Self::ServerError,
            Fault::Status { .. } | Fault::Redirect { .. } => Self::Refused,
            Fault::Decode { .. } | Fault::NoDocument { .. } | Fault::NoCookie { .. } | Fault::NoProgress { .. } => {
                Self::Unreadable
            }
            Fault::File { .. } | Fault::Implausible { .. } => Self::Other,
        }
    }

    fn of_transport(kind: TransportErrorKind) -> Self {
        match kind {
            TransportErrorKind::ClientCertificate => Self::Certificate,
            TransportErrorKind::ConnectTimeout | TransportErrorKind::Timeout => Self::Timeout,
            TransportErrorKind::Decompression => Self::Unreadable,
            TransportErrorKind::Other => Self::Other,
            _ => Self::Connection,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A hook that is called with a measurement.
pub(super) type MetricsHook = Arc<dyn Fn(&Measurement) + Send + Sync>;

/// Measures a call or an attempt, and calls the hook exactly once: with the result, or on drop.
pub(super) struct Meter {
    hook: Option<MetricsHook>,
    context: ErrorContext,
    attempts: AtomicU32,
    start: Instant,
    is_reported: AtomicBool,
}

impl Meter {
    pub(super) fn start(hook: Option<&MetricsHook>, context: ErrorContext) -> Self {
        Self {
            hook: hook.cloned(),
            context,
            attempts: AtomicU32::new(context.attempts),
            start: Instant::now(),
            is_reported: AtomicBool::new(false),
        }
    }

    /// Counts the attempt that starts now.
    pub(super) fn set_attempts(&self, attempts: u32) {
        self.attempts.store(attempts, Ordering::Relaxed);
    }

    pub(super) fn succeed(&self, status: StatusCode, bytes: usize) {
        self.report(Outcome::Success, Some(status), bytes);
    }

    pub(super) fn fail(&self, fault: &Fault) {
        self.report(Outcome::of(fault), fault.status(), 0);
    }

    /// Reports the failure, if the result is one, and returns the result.
    pub(super) fn check<T>(&self, result: Result<T, Error>) -> Result<T, Error> {
        result.inspect_err(|error| self.fail(error.fault()))
    }

    fn report(&self, outcome: Outcome, status: Option<StatusCode>, bytes: usize) {
        // The order of other memory accesses does not depend on these atomics: `Relaxed` is enough.
        let was_reported = self.is_reported.swap(true, Ordering::Relaxed);
        if let (Some(hook), false) = (&self.hook, was_reported) {
            hook(&Measurement {
                operation: self.context.operation.name,
                method: self.context.operation.method,
                effect: self.context.operation.effect,
                attempts: self.attempts.load(Ordering::Relaxed),
                elapsed: self.start.elapsed(),
                status,
                bytes,
                outcome,
            });
        }
    }
}

/// A call that is dropped before it has a result was abandoned.
impl Drop for Meter {
    fn drop(&mut self) {
        self.report(Outcome::Abandoned, None, 0);
    }
}

/// The span of one attempt.
pub(super) struct AttemptSpan {
    pub(super) context: ErrorContext,
    pub(super) span: Span,
    pub(super) start: Instant,
}

impl AttemptSpan {
    /// Creates the span. It contains nothing secret: neither the query nor a body. The names of its fields are those of
    /// OpenTelemetry where it has one.
    pub(super) fn new(context: ErrorContext) -> Self {
        // Fields that are recorded later must be declared here.
        let span = tracing::info_span!(
            "spektrix.request",
            otel.kind = "client",
            otel.status_code = Empty,
            http.request.method = context.operation.method.as_str(),
            url.template = context.operation.path,
            http.request.resend_count = context.attempts.saturating_sub(1),
            http.response.status_code = Empty,
            http.response.body.size = Empty,
            error.type = Empty,
            spektrix.operation = context.operation.name,
            spektrix.elapsed_ms = Empty,
        );
        let start = Instant::now();
        Self { context, span, start }
    }

    pub(super) fn record_status(&self, status: StatusCode) {
        self.span.record("http.response.status_code", status.as_u16());
    }

    /// Records that the response is complete.
    pub(super) fn record_success(&self, bytes: usize) {
        self.record_time();
        self.span.record("http.response.body.size", bytes);
        self.span.in_scope(|| tracing::debug!("the response is complete"));
    }

    pub(super) fn record_failure(&self, fault: &Fault) {
        self.record_time();
        self.span.record("otel.status_code", "ERROR");
        self.span.record("error.type", Outcome::of(fault).as_str());
        self.span
            .in_scope(|| tracing::debug!(error = %fault, "the request failed"));
    }

    fn record_time(&self) {
        let elapsed = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.span.record("spektrix.elapsed_ms", elapsed);
    }
}

/// A hook that is called with an operation, and the path of a part of a response that the schemas do not know.
pub(super) type UnknownPartHook = Box<dyn Fn(&str, &str) + Send + Sync>;

/// Reports parts of responses that the schemas do not know, each once. So live traffic shows when the service changes.
#[derive(Default)]
pub(super) struct UnknownParts {
    hook: Option<UnknownPartHook>,
    reported: Mutex<BTreeSet<(&'static str, String)>>,
}

impl UnknownParts {
    /// The number of parts that are remembered and reported. The names come from outside, so there must be a limit.
    const MAX_REPORTED: usize = 4096;

    pub(super) fn new(hook: Option<UnknownPartHook>) -> Self {
        let reported = Mutex::default();
        Self { hook, reported }
    }

    /// Reports the parts that were not reported before, in the log and to the hook.
    pub(super) fn report(&self, operation: &'static str, paths: &BTreeSet<String>, redactor: &Redactor) {
        for path in self.insert_new(operation, paths) {
            // A server chooses the names of its elements, so it can put a secret or a line end into them.
            let path = redactor.show(path, PATH).to_string();
            tracing::warn!(operation, path, "the schemas do not know a part of the response");
            if let Some(hook) = &self.hook {
                hook(operation, &path);
            }
        }
    }

    /// Returns the parts that are new, and remembers them. The lock is released before a hook is called.
    fn insert_new<'a>(&self, operation: &'static str, paths: &'a BTreeSet<String>) -> Vec<&'a str> {
        if paths.is_empty() {
            return Vec::new();
        }
        // A poisoned lock is usable: an insertion is complete or has not happened.
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        let mut new = Vec::new();
        for path in paths {
            if reported.len() < Self::MAX_REPORTED && reported.insert((operation, path.clone())) {
                new.push(path.as_str());
            }
        }
        new
    }
}
