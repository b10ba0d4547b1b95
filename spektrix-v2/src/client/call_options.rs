//! What is set for one call instead of for its client: when it is retried, and how long it may take.

use std::time::Duration;

use tokio::time::Instant;

use crate::retry::Retry;

/// The options of one call.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CallOptions {
    /// The policy. Without one, reads have the policy of the client and writes have none.
    pub(super) retry: Option<Retry>,
    pub(super) timeout: Option<Duration>,
}

impl CallOptions {
    /// Returns the deadline of a call that starts now. `default` is the time limit of the client.
    pub(super) fn deadline(self, default: Duration) -> Deadline {
        let time = self.timeout.unwrap_or(default);
        let at = Instant::now().checked_add(time);
        Deadline { time, at }
    }
}

/// The time limit of a call that has started.
#[derive(Clone, Copy)]
pub(super) struct Deadline {
    pub(super) time: Duration,
    /// `None` if it is out of range. Such a call has no deadline.
    pub(super) at: Option<Instant>,
}

impl Deadline {
    /// Returns how long the body of a refusal may take, in an attempt that has this end. The status must not be lost because
    /// its explanation stalls, so a part of the time that is left remains.
    pub(super) fn time_for_error_page(self, end_of_attempt: Option<Instant>) -> Duration {
        const LONGEST: Duration = Duration::from_secs(2);
        let ends = [self.at, end_of_attempt].into_iter().flatten();
        let left = ends.map(|end| end.saturating_duration_since(Instant::now()) / 2);
        left.min().map_or(LONGEST, |left| left.min(LONGEST))
    }
}
