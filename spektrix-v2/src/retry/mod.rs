//! When a failed call is tried again, and how long it waits before that.

mod backoff;
mod budget;
mod retry_after;

use std::time::Duration;

use crate::error::Fault;
use crate::operation::Effect;
use crate::transport::TransportFault;

pub(crate) use budget::{Budget, Withdrawal};
pub(crate) use retry_after::retry_after;

/// How often a failed call is tried again, and how long it waits in between.
///
/// Set it for a client with [`ClientBuilder::retry`](crate::ClientBuilder::retry), or for one call with
/// [`Call::retry`](crate::Call::retry).
///
/// # What is tried again
///
/// Reads ([`Effect::Read`](crate::Effect::Read)), when
/// - there was no connection, or it closed before an answer or in the middle of one;
/// - an attempt took longer than [`ClientBuilder::attempt_timeout`](crate::ClientBuilder::attempt_timeout);
/// - the service answered 429, 502, 503 or 504.
///
/// Status 500 is not tried again: this service answers it when it trips over the request itself, and would trip again.
/// Neither is a refused certificate, or a body that came whole and cannot be read.
///
/// A write is sent once. Only a call that was given a policy of its own is tried again although it writes, and only
/// when the service cannot have acted: without a connection, or after status 429. When it is unknown whether a write
/// took effect, [`Error::may_have_been_applied`](crate::Error::may_have_been_applied) says so.
///
/// The built-in transport does not send anything again by itself. If a kept connection turns out to be closed before one
/// byte of a request was written, the request takes a new connection: it is still sent once.
///
/// # How long it waits
///
/// Before the n-th repetition between nothing and `base_delay` × 2ⁿ⁻¹, at random, and at most `max_delay`; as long as the
/// `Retry-After` header asks for, if that is longer. A call that would wait beyond the end of its time
/// ([`ClientBuilder::timeout`](crate::ClientBuilder::timeout)) ends at once, with the error at hand.
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
    /// Three attempts, a base delay of 250 milliseconds, and delays of 10 seconds at most.
    pub const fn new() -> Self {
        Self {
            attempts: 3,
            base_delay: Duration::from_millis(250),
            max_delay: Duration::from_secs(10),
        }
    }

    /// One attempt.
    pub const fn none() -> Self {
        Self::new().attempts(1)
    }

    /// How often a call is sent at most, the first time included; 0 counts as 1.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The longest wait before the first repetition; it doubles with each further one.
    #[must_use]
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The longest wait, unless the service asks for a longer one.
    #[must_use]
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// How long to wait after this many attempts; none if there is to be no other.
    pub(crate) fn delay_after(&self, attempts: u32) -> Option<Duration> {
        let bound = || backoff::bound(self.base_delay, self.max_delay, attempts);
        (attempts < self.attempts).then(|| backoff::jitter(bound()))
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::new()
    }
}

impl Fault {
    /// Whether the same request may fare better at another time, and may be sent again.
    pub(crate) fn is_worth_another_attempt(&self, effect: Effect) -> bool {
        use TransportFault::{Body, Closed, Connect, ConnectTimeout, Timeout};
        if effect != Effect::Read && self.leaves_outcome_open() {
            return false;
        }
        match self {
            Self::Status { status, .. } => [429, 502, 503, 504].contains(&status.as_u16()),
            Self::Transport(error) => [Body, Closed, Connect, ConnectTimeout, Timeout].contains(&error.fault()),
            _ => false,
        }
    }

    /// Whether an attempt ended because its time was up: those cost the service most.
    pub(crate) fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.fault() == TransportFault::Timeout)
    }
}
