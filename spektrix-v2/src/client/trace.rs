//! What a log may know of one attempt.

use tokio::time::Instant;
use tracing::Span;
use tracing::field::Empty;

use super::attempts::Failed;
use crate::error::Tried;

pub(super) struct Trace {
    pub(super) tried: Tried,
    pub(super) span: Span,
    start: Instant,
}

impl Trace {
    /// The span holds what may be seen by everybody: neither the query nor a body.
    pub(super) fn new(tried: Tried) -> Self {
        let span = tracing::info_span!(
            "spektrix.request",
            operation = tried.operation.name,
            method = tried.operation.method.as_str(),
            path = tried.operation.path,
            attempt = tried.attempts,
            status = Empty,
            bytes = Empty,
            elapsed_ms = Empty,
        );
        let start = Instant::now();
        Self { tried, span, start }
    }

    /// The answer came to its end.
    pub(super) fn end(&self, bytes: usize) {
        self.record_time();
        self.span.record("bytes", bytes);
        self.span.in_scope(|| tracing::debug!("the service answered"));
    }

    pub(super) fn failed(&self, failed: Failed) -> Failed {
        self.record_time();
        let fault = &failed.fault;
        self.span
            .in_scope(|| tracing::debug!(error = %fault, "the request failed"));
        failed
    }

    fn record_time(&self) {
        let elapsed = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.span.record("elapsed_ms", elapsed);
    }
}
