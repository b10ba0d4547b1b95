//! When a refresh is due: after an interval with jitter, or sooner after a failure.

use std::time::Duration;

use tokio::time::Instant;

/// The schedule of one kind of refresh.
#[derive(Debug)]
pub(super) struct Schedule {
    interval: Duration,
    due: Instant,
    /// How many refreshes have failed in a row.
    failures: u32,
}

/// The delay after the first failure. It doubles with each further one, up to the interval.
const AFTER_FAILURE: Duration = Duration::from_secs(30);

impl Schedule {
    /// Creates a schedule whose first refresh is due now or after an interval.
    pub(super) fn new(interval: Duration, is_due: bool) -> Self {
        let delay = if is_due { Duration::ZERO } else { jittered(interval) };
        Self {
            interval,
            due: Instant::now() + delay,
            failures: 0,
        }
    }

    pub(super) fn due(&self) -> Instant {
        self.due
    }

    pub(super) fn is_due(&self) -> bool {
        self.due <= Instant::now()
    }

    pub(super) fn succeed(&mut self) {
        self.failures = 0;
        self.due = Instant::now() + jittered(self.interval);
    }

    pub(super) fn fail(&mut self) {
        let delay = AFTER_FAILURE.saturating_mul(1 << self.failures.min(16));
        self.failures = self.failures.saturating_add(1);
        self.due = Instant::now() + jittered(delay.min(self.interval));
    }
}

/// A tenth more or less, so that servers that started together do not stay together.
fn jittered(interval: Duration) -> Duration {
    interval.mul_f64(0.9 + 0.2 * fastrand::f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The seconds until the next refresh are this, a tenth more or less.
    fn assert_near(schedule: &Schedule, seconds: f64) {
        let delay = schedule.due().duration_since(Instant::now()).as_secs_f64();
        assert!(
            (0.9 * seconds..=1.1 * seconds).contains(&delay),
            "{delay} is not near {seconds}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn delays_grow_with_failures_up_to_the_interval() {
        let mut schedule = Schedule::new(Duration::from_secs(300), false);
        assert_near(&schedule, 300.0);
        for expected in [30.0, 60.0, 120.0, 240.0, 300.0, 300.0] {
            schedule.fail();
            assert_near(&schedule, expected);
        }
        schedule.succeed();
        assert_near(&schedule, 300.0);
        schedule.fail();
        assert_near(&schedule, 30.0);
        let mut frequent = Schedule::new(Duration::from_secs(10), true);
        assert!(frequent.is_due());
        frequent.fail();
        assert_near(&frequent, 10.0);
    }

    #[tokio::test(start_paused = true)]
    async fn delays_differ() {
        let delays = (0..20).map(|_| jittered(Duration::from_secs(60)));
        let different: std::collections::BTreeSet<_> = delays.collect();
        assert!(different.len() > 10);
    }
}
