//! The clock of a sandbox. It starts at noon of the venue's date, runs in real time, and can be advanced.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::venue::local_time::to_utc;

/// The clock of a sandbox.
#[derive(Debug)]
pub(crate) struct Clock {
    noon: Timestamp,
    started: Instant,
    /// By how many milliseconds the clock was advanced.
    advanced: AtomicU64,
}

impl Clock {
    pub(crate) fn at_noon(day: Date) -> Self {
        Self {
            noon: to_utc(day.at(12, 0, 0, 0)),
            started: Instant::now(),
            advanced: AtomicU64::new(0),
        }
    }

    pub(crate) fn noon(&self) -> Timestamp {
        self.noon
    }

    pub(crate) fn now(&self) -> Timestamp {
        let advanced = Duration::from_millis(self.advanced.load(Ordering::Relaxed));
        later(self.noon, self.started.elapsed().saturating_add(advanced))
    }

    /// Undoes all calls of [`advance`](Self::advance).
    pub(crate) fn reset(&self) {
        self.advanced.store(0, Ordering::Relaxed);
    }

    pub(crate) fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        let sum = |advanced: u64| Some(advanced.saturating_add(by));
        // This only fails if the closure returns `None`.
        let _ = self.advanced.fetch_update(Ordering::Relaxed, Ordering::Relaxed, sum);
    }
}

/// Returns the timestamp later by a duration, or the last timestamp of the calendar.
pub(crate) fn later(from: Timestamp, by: Duration) -> Timestamp {
    let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
    from.checked_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::Timestamp;
    use jiff::civil::date;

    use super::Clock;

    #[test]
    fn the_clock_starts_at_noon_and_can_be_advanced() {
        let clock = Clock::at_noon(date(2031, 6, 1));
        assert_eq!(clock.noon().to_string(), "2031-06-01T11:00:00Z");
        let before = clock.now();
        clock.advance(Duration::from_secs(600));
        assert!(clock.now().duration_since(before).as_secs() >= 600);
        clock.advance(Duration::MAX);
        clock.advance(Duration::MAX);
        assert_eq!(clock.now(), Timestamp::MAX);
        clock.reset();
        assert!(clock.now().duration_since(before).as_hours() < 1);
    }
}
