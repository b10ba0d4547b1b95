//! Retries: which failures are retried, how often, and after what delay.

mod budget;
mod delay;

use std::time::Duration;

use crate::error::Fault;
use crate::operation::Effect;
use crate::transport::TransportErrorKind;

pub(crate) use budget::{Budget, Withdrawal};
pub(crate) use delay::retry_after;

/// How many times a failed call is retried, and how long it waits before each retry.
///
/// Set it for a client with [`ClientBuilder::retry`](crate::ClientBuilder::retry), or for one call with
/// [`Call::retry`](crate::Call::retry).
///
/// # What is retried
///
/// Reads ([`Effect::Read`](crate::Effect::Read)) are retried if
/// - no connection could be made, or it was closed before the end of the response;
/// - the server refused the request before it processed it, as HTTP/2 allows;
/// - the body is empty where a document was expected, or lacks its end;
/// - an attempt took longer than [`ClientBuilder::attempt_timeout`](crate::ClientBuilder::attempt_timeout);
/// - the status is 408, 429, 502 to 504, or 520 to 524.
///
/// Status 500 is not retried: the service returns it for requests that it cannot process, and would return it again. A
/// refused certificate and a complete body that cannot be decoded are not retried either.
///
/// A write is sent once. It is retried only if its call has its own policy, and only if the service cannot have applied it:
/// without a connection, if the server refused it before it processed it, or after status 408 or 429. If it is unknown
/// whether a write was applied, [`Error::may_have_been_applied`](crate::Error::may_have_been_applied) is true.
///
/// The built-in transport sends nothing twice. If an idle connection turns out to be closed before any byte of a request was
/// written, the request uses a new connection: it is still sent once.
///
/// # Delays
///
/// The delay before the n-th retry is random, between zero and `base_delay` × 2ⁿ⁻¹, and at most `max_delay`. If the
/// `Retry-After` header asks for a longer one, that is used. A call whose wait would end after its
/// [timeout](crate::ClientBuilder::timeout) fails immediately, with the last error.
///
/// ```
/// use std::time::Duration;
/// use spektrix_v2::Retry;
///
/// let patient = Retry::new().attempts(5).max_delay(Duration::from_secs(30));
/// assert_ne!(patient, Retry::none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
}

impl Retry {
    /// Creates the default policy: three attempts, a base delay of 250 milliseconds, and delays of at most 10 seconds.
    pub const fn new() -> Self {
        Self {
            attempts: 3,
            base_delay: Duration::from_millis(250),
            max_delay: Duration::from_secs(10),
        }
    }

    /// Creates a policy without retries.
    pub const fn none() -> Self {
        Self::new().attempts(1)
    }

    /// Sets the maximum number of times that a call is sent, including the first one. 0 counts as 1.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the longest delay before the first retry. It doubles with each further retry.
    #[must_use]
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the longest delay, unless the service asks for a longer one.
    #[must_use]
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Returns the delay after this many attempts, or `None` if no attempt is left.
    pub(crate) fn delay_after(&self, attempts: u32) -> Option<Duration> {
        if attempts < self.attempts {
            let bound = delay::backoff(self.base_delay, self.max_delay, attempts);
            Some(delay::jitter(bound))
        } else {
            None
        }
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether a request that failed like this may be sent again, and may succeed then.
pub(crate) fn is_retryable(fault: &Fault, effect: Effect) -> bool {
    use TransportErrorKind::{Body, Closed, Connect, ConnectTimeout, Http2, NotProcessed, RuntimeGone, Timeout};
    if effect != Effect::Read && fault.leaves_outcome_open() {
        return false;
    }
    match fault {
        // 520 to 524 are the 502 and 504 of a well-known gateway.
        Fault::Status { status, .. } => matches!(status.as_u16(), 408 | 429 | 502..=504 | 520..=524),
        Fault::Transport(error) => {
            let transient = [
                Body,
                Closed,
                Connect,
                ConnectTimeout,
                Http2,
                NotProcessed,
                RuntimeGone,
                Timeout,
            ];
            transient.contains(&error.kind())
        }
        _ => false,
    }
}

/// Whether an attempt ended because it took too long. Such attempts cost the service most.
pub(crate) fn is_timeout(fault: &Fault) -> bool {
    matches!(fault, Fault::Transport(error) if error.kind() == TransportErrorKind::Timeout)
}
