//! Runs one kind of work on one body several times, for a profiler or another instruction counter.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Parser;
use spektrix_v2_benches::{Kind, run};

/// Runs one kind of work on one body several times.
#[derive(Parser)]
struct Arguments {
    kind: Kind,
    /// `GetInstances`, `GetInstanceStatus` or `GetEvents`.
    operation: String,
    /// The file with the body.
    body: PathBuf,
    times: usize,
}

fn main() -> Result<()> {
    let Arguments {
        kind,
        operation,
        body,
        times,
    } = Arguments::parse();
    let path = body;
    let body = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    run(kind, &operation, &body, times)
}
