//! The clock of a sandbox: it starts at noon of the venue's day, goes as real time does, and can be put forward.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::venue::clock::to_utc;

/// Tells the time in a sandbox.
#[derive(Debug)]
pub(crate) struct Clock {
    noon: Timestamp,
    started: Instant,
    /// By how much it was put forward, in milliseconds.
    forward: AtomicU64,
}

impl Clock {
    pub(crate) fn at_noon(day: Date) -> Self {
        Self {
            noon: to_utc(day.at(12, 0, 0, 0)),
            started: Instant::now(),
            forward: AtomicU64::new(0),
        }
    }

    pub(crate) fn noon(&self) -> Timestamp {
        self.noon
    }

    pub(crate) fn now(&self) -> Timestamp {
        let forward = Duration::from_millis(self.forward.load(Ordering::Relaxed));
        later(self.noon, self.started.elapsed().saturating_add(forward))
    }

    /// Takes back by how much it was put forward.
    pub(super) fn reset(&self) {
        self.forward.store(0, Ordering::Relaxed);
    }

    pub(crate) fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        let sum = |forward: u64| Some(forward.saturating_add(by));
        // It always answers a value, so this cannot fail.
        let _ = self.forward.fetch_update(Ordering::Relaxed, Ordering::Relaxed, sum);
    }
}

/// So much later, or the end of time.
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
    fn it_starts_at_noon_and_can_be_put_forward() {
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
