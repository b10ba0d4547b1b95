//! Writes generated files: all files of a folder in one step. In check mode it writes nothing, and its error names the command that would.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context as _, bail};

use crate::staging::{self, Staging};

/// Whether files are written or compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Writes what differs.
    Write,
    /// Fails if anything differs.
    Check {
        /// The command that brings the folder up to date.
        command: &'static str,
    },
}

/// Ensures that a folder holds exactly these files. Returns how many differed.
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

/// Ensures that a file has this text. Returns whether it differed.
pub fn ensure_file(path: &Path, text: &str, mode: Mode) -> anyhow::Result<bool> {
    if fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes()) {
        return Ok(false);
    }
    if let Mode::Check { command } = mode {
        bail!("{} is stale. Run `{command}` and commit the result.", path.display());
    }
    staging::write_file(path, text.as_bytes())?;
    Ok(true)
}

/// A file that differs from what is generated.
#[derive(Debug, PartialEq)]
enum Stale {
    Missing(String),
    Differs(String),
    Unexpected(String),
}

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "{name} is missing"),
            Self::Differs(name) => write!(f, "{name} differs"),
            Self::Unexpected(name) => write!(f, "{name} is not generated"),
        }
    }
}

fn stale_files(folder: &Path, files: &BTreeMap<String, String>) -> anyhow::Result<Vec<Stale>> {
    let mut stale = Vec::new();
    for (name, text) in files {
        match fs::read(folder.join(name)) {
            Ok(bytes) if bytes == text.as_bytes() => {}
            Ok(_) => stale.push(Stale::Differs(name.clone())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => stale.push(Stale::Missing(name.clone())),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", folder.join(name).display())),
        }
    }
    if folder.is_dir() {
        for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if !files.contains_key(&name) && !staging::is_temporary(&name) {
                stale.push(Stale::Unexpected(name));
            }
        }
    }
    Ok(stale)
}

fn write_all(folder: &Path, files: &BTreeMap<String, String>, stale: &[Stale]) -> anyhow::Result<()> {
    // Checked before anything is written: somebody may have written a file that codegen does not know.
    if let Some(Stale::Unexpected(name)) = stale.iter().find(|file| matches!(file, Stale::Unexpected(_))) {
        bail!(
            "{} holds {name}, which is not generated; remove it first",
            folder.display()
        );
    }
    if stale.is_empty() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    }
    let staging = Staging::beside(folder)?;
    let files = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes()));
    staging::write_files(&staging.new_folder(), files)?;
    staging.replace()?;
    staging.close()
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, Mode, ensure_file, ensure_folder, fs};

    const CHECK: Mode = Mode::Check {
        command: "cargo xtask codegen",
    };

    #[test]
    fn a_check_names_stale_files_and_the_command() -> anyhow::Result<()> {
        let temp = tempfile::tempdir()?;
        let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let files = BTreeMap::from([file("a", "new"), file("b", "same"), file("c", "new")]);
        for (name, text) in [("a", "old"), ("b", "same"), ("d", "old")] {
            fs::write(temp.path().join(name), text)?;
        }
        let error = ensure_folder(temp.path(), &files, CHECK).map_err(|error| error.to_string());
        let error = error.err().unwrap_or_default();
        let expected = "is stale: a differs, c is missing, d is not generated. Run `cargo xtask codegen` and commit";
        assert!(error.contains(expected), "{error}");
        assert_eq!(fs::read_to_string(temp.path().join("a"))?, "old");

        // Nothing is written while there is a file that is not generated.
        assert!(ensure_folder(temp.path(), &files, Mode::Write).is_err());
        assert_eq!(fs::read_to_string(temp.path().join("a"))?, "old");
        fs::remove_file(temp.path().join("d"))?;
        assert_eq!(ensure_folder(temp.path(), &files, Mode::Write)?, 2);
        assert_eq!(ensure_folder(temp.path(), &files, CHECK)?, 0);
        Ok(())
    }

    #[test]
    fn a_single_file_is_checked_and_written() -> anyhow::Result<()> {
        let temp = tempfile::tempdir()?;
        let path = temp.path().join("a");
        let error = ensure_file(&path, "new", CHECK).map_err(|error| error.to_string());
        let error = error.err().unwrap_or_default();
        assert!(error.contains("is stale. Run `cargo xtask codegen`"), "{error}");
        assert!(ensure_file(&path, "new", Mode::Write)?);
        assert!(!ensure_file(&path, "new", CHECK)?);
        Ok(())
    }
}
