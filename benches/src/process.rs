//! The memory and the processor time of a process, as Linux reports them.

use std::time::Duration;

use anyhow::{Context as _, Result};

/// Returns a line of this process's status, in kB.
pub fn memory(name: &str) -> Result<u32> {
    memory_of("self", name)
}

/// Returns a line of a process's status, in kB.
pub fn memory_of(process: &str, name: &str) -> Result<u32> {
    let path = format!("/proc/{process}/status");
    let status = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {path}: memory is measured on Linux only"))?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let number = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
    number.with_context(|| format!("{path} has no {name}"))
}

/// Returns the processor time of this process's threads. Other programs disturb it less than elapsed time.
pub fn processor_time() -> Result<Duration> {
    let mut nanoseconds = 0;
    for thread in std::fs::read_dir("/proc/self/task").context("processor time is measured on Linux only")? {
        // A thread may have ended since it was listed.
        let Ok(times) = std::fs::read_to_string(thread?.path().join("schedstat")) else {
            continue;
        };
        let own = times.split(' ').next().and_then(|time| time.parse::<u64>().ok());
        nanoseconds += own.context("/proc/self/task has a thread without a time")?;
    }
    Ok(Duration::from_nanos(nanoseconds))
}
