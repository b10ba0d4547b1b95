//! Runs again and again: all lists in one rhythm, the availability in a faster one.

use std::time::Duration;

use tokio::time::sleep_until;

use crate::error::Result;
use crate::kind::Kind;
use crate::run::{Report, Sync};
use crate::schedule::Schedule;

/// How often lists are synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    every: Duration,
    availability_every: Option<Duration>,
}

impl Rhythm {
    /// Syncs all lists at this interval, a tenth more or less.
    pub fn every(interval: Duration) -> Self {
        Self {
            every: interval,
            availability_every: None,
        }
    }

    /// Syncs the availability at this interval, too. It changes every minute, the other lists a few times a day.
    #[must_use]
    pub fn availability_every(mut self, interval: Duration) -> Self {
        self.availability_every = Some(interval);
        self
    }
}

#[cfg(feature = "postgres")]
impl Rhythm {
    pub(crate) fn interval(self) -> Duration {
        self.every
    }

    pub(crate) fn availability(self) -> Option<Duration> {
        self.availability_every
    }
}

impl Sync {
    /// Runs until `stop` completes, and calls the function with the result of each run.
    ///
    /// A run that fails is retried after 30 seconds, and then after twice as long each time, up to the interval. A run that
    /// is in progress when `stop` completes ends first.
    pub async fn run_every(
        &self,
        rhythm: Rhythm,
        stop: impl Future<Output = ()>,
        mut on_run: impl FnMut(&Result<Report>),
    ) {
        let mut stop = std::pin::pin!(stop);
        let mut season = Schedule::new(rhythm.every);
        let mut availability = rhythm.availability_every.map(Schedule::new);
        loop {
            let next = availability
                .as_ref()
                .map_or(season.due(), |tick| tick.due().min(season.due()));
            tokio::select! {
                biased;
                () = &mut stop => return,
                () = sleep_until(next) => {}
            }
            let result = if season.is_due() {
                let result = self.run().await;
                season.ended(result.is_ok());
                result
            } else {
                self.clone().only([Kind::Availability]).run().await
            };
            // A run of all lists includes the availability.
            if let Some(tick) = &mut availability {
                tick.ended(result.is_ok());
            }
            on_run(&result);
        }
    }
}
