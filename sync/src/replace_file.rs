//! Replaces a file, so that a reader sees the old content or the new one, never half of it.

use std::fs::{File, Metadata};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Replaces the content of a file, or creates it. The content is written beside it and then renamed. A new file can be read
/// by everyone, because a web server has to.
///
/// What is not a regular file, such as `/dev/stdout` or a named pipe, is written to and stays what it is.
///
/// # Errors
///
/// If the file cannot be written. It stays as it was.
pub fn replace_file(path: &Path, content: &[u8]) -> io::Result<()> {
    let old = path.metadata().ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        // A rename would replace the device of the whole machine.
        return File::options().write(true).open(path)?.write_all(content);
    }
    let target = target_of(path);
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(content)?;
    set_permissions(file.as_file(), old.as_ref())?;
    // Without this, the name could lead to an empty file after a power failure.
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

/// Returns the file that a link leads to, also if that does not exist yet. The link stays a link.
fn target_of(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| match path.read_link() {
        Ok(link) => path.parent().map_or_else(|| link.clone(), |folder| folder.join(&link)),
        Err(_) => path.to_owned(),
    })
}

/// Those of the old file, or readable by everyone.
#[cfg(unix)]
fn set_permissions(file: &File, old: Option<&Metadata>) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};

    let Some(old) = old else {
        return file.set_permissions(std::fs::Permissions::from_mode(0o644));
    };
    // Only some users may do this. Without it, a file that `root` replaces could not be read by the web server that owns it.
    let _ = fchown(file, Some(old.uid()), Some(old.gid()));
    file.set_permissions(old.permissions())
}

/// Files inherit the permissions of their folder.
#[cfg(not(unix))]
fn set_permissions(_: &File, _: Option<&Metadata>) -> io::Result<()> {
    Ok(())
}
