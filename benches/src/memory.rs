//! The memory of a process, as Linux reports it.

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
