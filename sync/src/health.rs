//! A file for supervisors: when the last run succeeded, and why the last one failed.

use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use crate::error::{Error, Result};
use crate::replace_file::replace_file;
use crate::run::Report;

/// The health of a sync that runs again and again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Health {
    /// Whether the last run succeeded.
    pub ok: bool,
    /// When the last run ended.
    pub last_run: Option<Timestamp>,
    /// When the last run ended that succeeded.
    pub last_success: Option<Timestamp>,
    /// How many runs have failed since then.
    pub failures: u32,
    /// Why the last run failed.
    pub error: Option<String>,
}

impl Health {
    /// Takes the result of a run into account.
    pub fn record(&mut self, result: &Result<Report>, now: Timestamp) {
        self.last_run = Some(now);
        self.ok = result.is_ok();
        match result {
            Ok(_) => {
                self.last_success = Some(now);
                self.failures = 0;
                self.error = None;
            }
            Err(error) => {
                self.failures = self.failures.saturating_add(1);
                self.error = Some(error.to_string());
            }
        }
    }

    /// Writes the file as JSON. It is replaced as a whole, so a reader never sees a part of it.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        // A monitor may run as another user: new files can be read by everyone.
        let written = serde_json::to_vec(self).map_err(Into::into);
        let written = written.and_then(|json| replace_file(path, &[&json[..], b"\n"].concat()));
        written.map_err(|error| Error::io(format!("write {}", path.display()), error))
    }
}
