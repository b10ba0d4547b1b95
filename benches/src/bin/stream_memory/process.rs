//! The processor time of this process, as Linux reports it.

use std::time::Duration;

use anyhow::{Context as _, Result};

/// Returns the processor time of this process's first thread, which does all the work.
pub(crate) fn time_on_processor() -> Result<Duration> {
    let times = std::fs::read_to_string("/proc/self/schedstat").context("time is measured on Linux only")?;
    let nanoseconds = times.split(' ').next().and_then(|time| time.parse().ok());
    nanoseconds
        .map(Duration::from_nanos)
        .context("/proc/self/schedstat contains no time")
}
