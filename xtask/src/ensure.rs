//! The one function that writes generated files. In check mode it writes nothing, and names the command that would.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail};

/// Whether files are written, or only compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Write what differs.
    Write,
    /// Fail if anything differs, and name this command.
    Check {
        /// The command that brings the folder up to date.
        command: &'static str,
    },
}

/// Makes a folder hold exactly these files. Each is written beside its place and then renamed.
///
/// Answers how many files differed.
pub fn ensure_folder(folder: &Path, files: &BTreeMap<String, String>, mode: Mode) -> anyhow::Result<usize> {
    let stale = stale_files(folder, files)?;
    match mode {
        Mode::Check { command } if !stale.is_empty() => {
            let names: Vec<String> = stale.iter().map(ToString::to_string).collect();
            bail!(
                "{} is stale: {}. Run `{command}` and commit the result.",
                folder.display(),
                names.join(", ")
            );
        }
        Mode::Check { .. } => {}
        Mode::Write => write_all(folder, files, &stale)?,
    }
    Ok(stale.len())
}

/// A file that is not as it should be.
#[derive(Debug, PartialEq)]
enum Stale {
    Missing(String),
    Differs(String),
    Unexpected(String),
}

impl std::fmt::Display for Stale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "{name} is missing"),
            Self::Differs(name) => write!(f, "{name} differs from what would be generated"),
            Self::Unexpected(name) => write!(f, "{name} would not be generated"),
        }
    }
}

fn stale_files(folder: &Path, files: &BTreeMap<String, String>) -> anyhow::Result<Vec<Stale>> {
    let mut stale = Vec::new();
    for (name, text) in files {
        match fs::read(folder.join(name)) {
            Ok(bytes) if bytes == text.as_bytes() => {}
            Ok(_) => stale.push(Stale::Differs(name.clone())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => stale.push(Stale::Missing(name.clone())),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", folder.join(name).display())),
        }
    }
    if folder.is_dir() {
        for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if !files.contains_key(&name) {
                stale.push(Stale::Unexpected(name));
            }
        }
    }
    Ok(stale)
}

fn write_all(folder: &Path, files: &BTreeMap<String, String>, stale: &[Stale]) -> anyhow::Result<()> {
    if let Some(Stale::Unexpected(name)) = stale.iter().find(|file| matches!(file, Stale::Unexpected(_))) {
        bail!(
            "{} holds {name}, which codegen did not write: move it away first",
            folder.display()
        );
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    for file in stale {
        if let Stale::Missing(name) | Stale::Differs(name) = file {
            write(folder, name, &files[name])?;
        }
    }
    Ok(())
}

/// Writes a file beside its place, and then moves it there.
pub(crate) fn write(folder: &Path, name: &str, text: &str) -> anyhow::Result<()> {
    let path = folder.join(name);
    let failed = || format!("cannot write {}", path.display());
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(failed)?;
    file.write_all(text.as_bytes()).with_context(failed)?;
    file.persist(&path).with_context(failed)?;
    Ok(())
}
