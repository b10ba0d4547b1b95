//! What a run did, or would do.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::Serialize;

use crate::counts::Counts;
use crate::error::words;
use crate::kind::Kind;

/// The result of a run that succeeded. Its `Display` has a line for each list.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// The venue.
    pub venue: String,
    /// The number of the run, as in the table of runs. `None` for a plan, which is not stored.
    pub run: Option<i64>,
    /// What was done, by list.
    pub counts: BTreeMap<Kind, Counts>,
    /// The objects of a plan: what would happen to each of them. Empty for a run.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub planned: Vec<PlannedChange>,
    /// How long it took.
    pub took: Duration,
}

/// What would happen to an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PlannedChange {
    /// Its list.
    pub kind: Kind,
    /// Its key: the identifier, or `instance/plan` for an availability.
    pub key: String,
    /// What would happen: `added`, `changed` or `removed`.
    pub what: &'static str,
}

impl Report {
    /// Returns how many objects were written.
    pub fn written(&self) -> usize {
        self.counts.values().map(Counts::written).sum()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for kind in Kind::ALL {
            if let Some(counts) = self.counts.get(&kind) {
                writeln!(f, "{:<13} {counts}", words(kind))?;
            }
        }
        let (name, seconds) = (&self.venue, self.took.as_secs_f64());
        match self.run {
            Some(run) => write!(
                f,
                "{name}: run {run} wrote {} objects in {seconds:.1} s",
                self.written()
            ),
            None => write!(
                f,
                "{name}: a run would write {} objects. Nothing was stored",
                self.written()
            ),
        }
    }
}
