//! Writes files: whole or not at all. Only what belongs to the command is replaced.

use std::io::Write as _;
use std::path::Path;

use crate::exit::Exit;
use crate::failure::{Failure, Result};

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// The owner only, for private keys.
    Owner,
    /// Everyone.
    Everyone,
}

/// Writes a new file. Its content is complete before it has its name.
///
/// # Errors
///
/// If the file exists, or cannot be written.
pub fn write(path: &Path, content: &[u8], readers: Readers) -> Result<()> {
    refuse_existing(path)?;
    let file = complete(path, content, readers)?;
    file.persist_noclobber(path)
        .map_err(|error| failed(path, &error.error))?;
    Ok(())
}

/// Writes a file that only its owner can read, over an older version of it. A reader sees the old content or the new one.
///
/// # Errors
///
/// If it cannot be written. It stays as it was.
pub fn replace_private(path: &Path, content: &[u8]) -> Result<()> {
    let file = complete(path, content, Readers::Owner)?;
    file.persist(path).map_err(|error| failed(path, &error.error))?;
    Ok(())
}

/// Checks that a file can be written to the folder of a path, before something that cannot be undone.
///
/// # Errors
///
/// If it cannot.
pub fn check_folder(path: &Path) -> Result<()> {
    temporary(path).map(drop)
}

/// Writes the content to a temporary file beside the path.
fn complete(path: &Path, content: &[u8], readers: Readers) -> Result<tempfile::NamedTempFile> {
    let mut file = temporary(path)?;
    file.write_all(content)
        .and_then(|()| file.as_file().sync_all())
        .and_then(|()| set_readers(file.as_file(), readers))
        .map_err(|error| failed(path, &error))?;
    Ok(file)
}

/// Creates an empty temporary file beside the path. Only its owner can read it.
fn temporary(path: &Path) -> Result<tempfile::NamedTempFile> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    tempfile::NamedTempFile::new_in(folder).map_err(|error| failed(path, &error))
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    // The crate `tempfile` adds the name of the temporary file, which nobody knows.
    let text = error.to_string();
    let cause = text.split(" at path ").next().unwrap_or(&text);
    Failure::new(Exit::Failure, format!("cannot write {}: {cause}", path.display()))
}

/// Fails if the file exists.
///
/// # Errors
///
/// If it exists, as a file or as anything else.
pub fn refuse_existing(path: &Path) -> Result<()> {
    if path.symlink_metadata().is_err() {
        return Ok(());
    }
    Err(Failure::new(
        Exit::Failure,
        format!("{} exists, and is not overwritten", path.display()),
    )
    .with_hint("move it away, or choose another name"))
}

#[cfg(unix)]
fn set_readers(file: &std::fs::File, readers: Readers) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;

    let mode = match readers {
        Readers::Owner => 0o600,
        Readers::Everyone => 0o644,
    };
    file.set_permissions(std::fs::Permissions::from_mode(mode))
}

/// Files inherit the permissions of their folder.
#[cfg(not(unix))]
fn set_readers(_: &std::fs::File, _: Readers) -> std::io::Result<()> {
    Ok(())
}
