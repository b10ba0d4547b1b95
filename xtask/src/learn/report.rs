//! A report of `spektrix contract`, as JSON: names and counts, no values.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use serde::Deserialize;

/// The version of the format that is read.
const VERSION: u32 = 1;

/// What the lists of a venue contain.
#[derive(Debug, Clone, Deserialize)]
pub struct Report {
    version: u32,
    pub(super) lists: Vec<ListReport>,
}

/// What one list contains.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ListReport {
    pub(super) operation: String,
    pub(super) objects: usize,
    /// By path below an item, with the names in Rust: `prices[].band`.
    pub(super) fields: BTreeMap<String, Seen>,
    /// Elements and attributes that the schema does not have, by their path in XML.
    pub(super) unknown: BTreeSet<String>,
    pub(super) failure: Option<ListFailure>,
}

/// How often a field was seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Seen {
    /// The number of objects that could have the field.
    pub(super) objects: usize,
    /// The number of objects that have it, with a value that is not empty.
    pub(super) set: usize,
}

/// Why a list could not be read.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ListFailure {
    pub(super) message: String,
    /// For a response that cannot be decoded: where it stopped.
    pub(super) path: Option<String>,
    /// For a value that does not fit: what was expected.
    pub(super) expected: Option<String>,
}

impl Report {
    /// Reads a report from a file.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let report: Self = serde_json::from_str(&text)
            .with_context(|| format!("{} is not a report of `spektrix contract --out`", path.display()))?;
        ensure!(
            report.version == VERSION,
            "{} has version {} of the format, and this program reads version {VERSION}: use the `spektrix` of this checkout",
            path.display(),
            report.version
        );
        Ok(report)
    }
}
