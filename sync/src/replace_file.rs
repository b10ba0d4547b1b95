//! Replaces a file, so that a reader sees the old content or the new one, never half of it.

use std::io::{self, Write as _};
use std::path::Path;

/// Replaces the content of a file, or creates it. The content is written beside it and then renamed. A new file can be read
/// by everyone, because a web server has to.
///
/// # Errors
///
/// If the file cannot be written. It stays as it was.
pub fn replace_file(path: &Path, content: &[u8]) -> io::Result<()> {
    // A link stays a link: the file that it leads to is replaced.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(content)?;
    set_permissions(file.as_file(), &target)?;
    // Without this, the name could lead to an empty file after a power failure.
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

/// Those of the old file, or readable by everyone.
#[cfg(unix)]
fn set_permissions(file: &std::fs::File, old: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;

    let permissions = old.metadata().map(|metadata| metadata.permissions());
    file.set_permissions(permissions.unwrap_or_else(|_| std::fs::Permissions::from_mode(0o644)))
}

/// Files inherit the permissions of their folder.
#[cfg(not(unix))]
fn set_permissions(_: &std::fs::File, _: &Path) -> io::Result<()> {
    Ok(())
}
