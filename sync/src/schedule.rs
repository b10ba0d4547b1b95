//! When a run is due: after an interval with jitter, or sooner after a failure.

use std::time::Duration;

use tokio::time::Instant;

/// The schedule of one kind of run.
#[derive(Debug)]
pub(crate) struct Schedule {
    interval: Duration,
    due: Instant,
    /// How many runs have failed in a row.
    failures: u32,
}

/// The delay after the first failure. It doubles with each further one, up to the interval.
const AFTER_FAILURE: Duration = Duration::from_secs(30);

impl Schedule {
    /// Creates a schedule whose first run is due now.
    pub(crate) fn new(interval: Duration) -> Self {
        Self {
            interval,
            due: Instant::now(),
            failures: 0,
        }
    }

    pub(crate) fn due(&self) -> Instant {
        self.due
    }

    pub(crate) fn is_due(&self) -> bool {
        self.due <= Instant::now()
    }

    /// Sets when the next run is due.
    pub(crate) fn ended(&mut self, has_succeeded: bool) {
        let delay = if has_succeeded {
            self.failures = 0;
            self.interval
        } else {
            let delay = AFTER_FAILURE.saturating_mul(1 << self.failures.min(16));
            self.failures = self.failures.saturating_add(1);
            delay.min(self.interval)
        };
        // A tenth more or less, so that programs that started together do not stay together.
        self.due = Instant::now() + delay.mul_f64(0.9 + 0.2 * fastrand::f64());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn delays_grow_with_failures_up_to_the_interval() {
        let mut schedule = Schedule::new(Duration::from_mins(5));
        assert!(schedule.is_due());
        let table = [
            (false, 30.0),
            (false, 60.0),
            (false, 120.0),
            (false, 240.0),
            (false, 300.0),
            (true, 300.0),
            (false, 30.0),
        ];
        for (has_succeeded, expected) in table {
            schedule.ended(has_succeeded);
            let delay = schedule.due().duration_since(Instant::now()).as_secs_f64();
            assert!(
                (0.9 * expected..=1.1 * expected).contains(&delay),
                "{delay} is not near {expected}"
            );
        }
    }
}
