//! The memory and the processor time of this process, as Linux reports them.

use std::time::Duration;

use anyhow::{Context as _, Result};

/// Returns a line of this process's status, in kB.
pub(crate) fn memory(name: &str) -> Result<u32> {
    let status = std::fs::read_to_string("/proc/self/status").context("memory is measured on Linux only")?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let number = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
    number.with_context(|| format!("/proc/self/status has no {name}"))
}

/// Returns the processor time of this process's first thread, which does all the work.
pub(crate) fn time_on_processor() -> Result<Duration> {
    let times = std::fs::read_to_string("/proc/self/schedstat").context("time is measured on Linux only")?;
    let nanoseconds = times.split(' ').next().and_then(|time| time.parse().ok());
    nanoseconds
        .map(Duration::from_nanos)
        .context("/proc/self/schedstat contains no time")
}
