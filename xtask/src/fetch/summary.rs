//! What a fetch came to, in one line.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use spektrix_v2_codegen::page::Page;

use super::args::Options;
use super::gather::{Fetched, Gathered};

/// What a fetch came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    out: PathBuf,
    operations: usize,
    of: usize,
    pages: usize,
    kinds: BTreeMap<&'static str, usize>,
    faults: Vec<String>,
}

impl Summary {
    pub(super) fn new(options: &Options, read: &Gathered) -> Self {
        let of = read.feed.operations.len();
        let only = |name| options.only.is_empty() || options.only.contains(name);
        let mut kinds = BTreeMap::new();
        for fetched in &read.pages {
            *kinds.entry(fetched.kind.kind()).or_default() += 1;
        }
        Self {
            out: options.out.clone(),
            operations: read
                .feed
                .operations
                .iter()
                .filter(|operation| only(&operation.name))
                .count(),
            of,
            pages: read.pages.len(),
            kinds,
            faults: read.pages.iter().filter_map(fault).collect(),
        }
    }

    /// The pages that the service could not make, each with what it says about that.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }
}

fn fault(fetched: &Fetched) -> Option<String> {
    match &fetched.kind {
        Page::Fault(text) => Some(format!("{}: the service says: {text}", fetched.page)),
        _ => None,
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.out.display(), self.operations)?;
        if self.operations != self.of {
            write!(f, " of {}", self.of)?;
        }
        write!(f, " operations, {} pages", self.pages)?;
        let kinds: Vec<String> = self
            .kinds
            .iter()
            .map(|(kind, count)| format!("{count} {kind}"))
            .collect();
        if !kinds.is_empty() {
            write!(f, " ({})", kinds.join(", "))?;
        }
        match self.faults.len() {
            0 => f.write_str(", no faults"),
            count => write!(f, ", faults: {count} (see the warnings)"),
        }
    }
}
