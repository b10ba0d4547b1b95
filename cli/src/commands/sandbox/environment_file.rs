//! The file with the variables of a sandbox. It is removed when the sandbox ends.

use std::fs;
use std::path::{Path, PathBuf};

use spektrix_v2_sandbox::Sandbox;

use crate::failure::{Failure, Result};

/// A file with the variables. It is removed when this is dropped, because the keys that it names are removed, too.
pub(super) struct EnvironmentFile {
    path: PathBuf,
    lines: String,
}

impl EnvironmentFile {
    /// Writes the file.
    pub(super) fn write(sandbox: &Sandbox, path: &Path) -> Result<Self> {
        sandbox.write_environment(path).map_err(|error| {
            Failure::io(format!("cannot write {}", path.display()), &error)
                .with_hint("name a new file in a folder that exists, or one that a sandbox wrote")
        })?;
        Ok(Self {
            path: path.to_owned(),
            lines: sandbox.environment_lines(),
        })
    }
}

impl Drop for EnvironmentFile {
    fn drop(&mut self) {
        // Another sandbox may have replaced the file, or its owner may have changed it.
        if fs::read_to_string(&self.path).is_ok_and(|text| text == self.lines) {
            // It fails if the folder became read-only. The file is useless then, but not harmful.
            let _ = fs::remove_file(&self.path);
        }
    }
}
