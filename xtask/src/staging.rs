//! Replaces files and folders in one step: what is new is written beside the old, and then takes its place. If the disk is
//! full, or the process is killed, either the old or the new content is there.
//!
//! What a killed process left behind is removed by the next one. Its names start with `.xtask-`, and git ignores them.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use tempfile::TempDir;

/// The start of the names of temporary files and folders.
pub const PREFIX: &str = ".xtask-";

/// The file that the process holds while it uses a staging folder. It contains the name of the folder to replace.
const LOCK: &str = "lock";

/// The folders in a staging folder: the new content, and the old one if it had to be moved away first.
const NEW: &str = "new";
const OLD: &str = "old";

/// A folder beside the one that is replaced, on the same file system. It is removed when it is dropped.
pub struct Staging {
    folder: TempDir,
    target: PathBuf,
    // Locked until the staging folder is dropped.
    _lock: File,
}

impl Staging {
    /// Creates a folder beside `target`, which need not exist. Removes what killed processes left there.
    pub fn beside(target: &Path) -> anyhow::Result<Self> {
        let target = resolve(target)?;
        let parent = parent_of(&target)?;
        let failed = || {
            format!(
                "cannot write to {}, the parent of the folder; create it, or choose another --out",
                parent.display()
            )
        };
        clean(parent).with_context(failed)?;
        let folder = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempdir_in(parent)
            .with_context(failed)?;
        let mut lock = File::create(folder.path().join(LOCK)).with_context(failed)?;
        try_lock(&lock).with_context(failed)?;
        let name = target.file_name().unwrap_or_default();
        lock.write_all(name.as_encoded_bytes()).with_context(failed)?;
        Ok(Self {
            folder,
            target,
            _lock: lock,
        })
    }

    /// Returns the folder for the new content. It does not exist yet.
    pub fn new_folder(&self) -> PathBuf {
        self.folder.path().join(NEW)
    }

    /// Returns the folder to replace, without symbolic links.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Puts the new content in the place of the old one. Returns the folder that has the old content now, until `self` is
    /// dropped.
    pub fn replace(&self) -> anyhow::Result<Option<PathBuf>> {
        let (new, target) = (self.new_folder(), &self.target);
        let failed = || format!("cannot replace {}", target.display());
        if !target.exists() {
            fs::rename(&new, target).with_context(failed)?;
            return Ok(None);
        }
        if exchange(&new, target) {
            return Ok(Some(new));
        }
        let old = self.folder.path().join(OLD);
        fs::rename(target, &old).with_context(failed)?;
        if let Err(error) = fs::rename(&new, target) {
            if fs::rename(&old, target).is_err() {
                bail!("{}: {error}; its old content is in {}", failed(), old.display());
            }
            return Err(error).with_context(failed);
        }
        Ok(Some(old))
    }

    /// Removes the staging folder, with the old content.
    pub fn close(self) -> anyhow::Result<()> {
        let path = self.folder.path().to_owned();
        let closed = self.folder.close();
        closed.with_context(|| format!("the folder is replaced, but {} cannot be removed", path.display()))
    }
}

/// Writes files below a folder.
pub fn write_files<'f>(folder: &Path, files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> anyhow::Result<()> {
    for (name, bytes) in files {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Writes a file in one step: into a temporary file in the same folder, which is then renamed.
pub fn write_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let failed = || format!("cannot write {}", path.display());
    let folder = parent_of(path)?;
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    clean(folder).with_context(failed)?;
    let file = tempfile::Builder::new().prefix(PREFIX).tempfile_in(folder);
    let mut file = file.with_context(failed)?;
    try_lock(file.as_file()).with_context(failed)?;
    file.write_all(bytes).with_context(failed)?;
    // A temporary file is only for its owner.
    let permissions = fs::metadata(path).map(|known| known.permissions());
    if let Ok(permissions) = permissions.or_else(|_| default_permissions(folder)) {
        file.as_file().set_permissions(permissions).with_context(failed)?;
    }
    file.persist(path).with_context(failed)?;
    Ok(())
}

/// Returns the permissions that a new file has.
fn default_permissions(folder: &Path) -> io::Result<fs::Permissions> {
    let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(folder)?;
    File::create(folder.path().join(NEW))?
        .metadata()
        .map(|created| created.permissions())
}

/// Returns whether a name is that of a temporary file or folder.
pub fn is_temporary(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// Resolves symbolic links. One that leads nowhere is refused, since nothing could take its place.
pub fn resolve(path: &Path) -> anyhow::Result<PathBuf> {
    match fs::canonicalize(path) {
        Ok(path) => Ok(path),
        Err(_) if fs::symlink_metadata(path).is_ok() => bail!(
            "{} is a symbolic link that leads nowhere; remove it, or choose another --out",
            path.display()
        ),
        Err(_) => std::path::absolute(path).with_context(|| format!("{} is not a valid path", path.display())),
    }
}

fn parent_of(path: &Path) -> anyhow::Result<&Path> {
    path.parent()
        .with_context(|| format!("{} has no parent folder", path.display()))
}

/// Removes what killed processes left in a folder. A folder that was moved away and not replaced is moved back.
fn clean(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if is_temporary(&name) && is_abandoned(&path) {
            if path.is_dir() {
                restore(&path, folder)?;
                fs::remove_dir_all(&path)?;
            } else {
                fs::remove_file(&path)?;
            }
        }
    }
    Ok(())
}

fn restore(leftover: &Path, folder: &Path) -> io::Result<()> {
    let target = fs::read_to_string(leftover.join(LOCK)).unwrap_or_default();
    let old = leftover.join(OLD);
    // The name is that of one folder: a path would lead elsewhere.
    let is_name = Path::new(&target)
        .file_name()
        .is_some_and(|name| name == target.as_str());
    let target = folder.join(target);
    if is_name && old.is_dir() && !target.exists() {
        fs::rename(old, target)?;
    }
    Ok(())
}

/// Returns whether no process uses a temporary file or folder.
#[cfg(unix)]
fn is_abandoned(path: &Path) -> bool {
    let lock = if path.is_dir() {
        path.join(LOCK)
    } else {
        path.to_owned()
    };
    let Ok(lock) = File::open(lock) else {
        return is_older_than(path, 60);
    };
    // A file is locked before anything is written to it. An empty one may have been created just now.
    let was_locked = lock.metadata().is_ok_and(|found| found.len() > 0);
    try_lock(&lock).is_ok() && (was_locked || is_older_than(path, 60))
}

#[cfg(not(unix))]
fn is_abandoned(path: &Path) -> bool {
    is_older_than(path, 3600)
}

fn is_older_than(path: &Path, seconds: u64) -> bool {
    let modified = fs::metadata(path).and_then(|found| found.modified());
    let age = modified.ok().and_then(|modified| modified.elapsed().ok());
    age.is_some_and(|age| age.as_secs() >= seconds)
}

#[cfg(unix)]
fn try_lock(file: &File) -> io::Result<()> {
    use rustix::fs::{FlockOperation, flock};
    flock(file, FlockOperation::NonBlockingLockExclusive).map_err(io::Error::from)
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "it can fail elsewhere")]
fn try_lock(_: &File) -> io::Result<()> {
    Ok(())
}

/// Exchanges two folders in one step. Returns false if the system or the file system cannot.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// Makes a leftover look as if its process ended some time ago.
    fn age(path: &Path) -> anyhow::Result<()> {
        let before = std::time::SystemTime::now() - std::time::Duration::from_secs(7200);
        File::open(path)?.set_modified(before)?;
        Ok(())
    }

    #[test]
    fn a_folder_is_replaced_and_nothing_is_left() -> anyhow::Result<()> {
        let temp = tempfile::tempdir()?;
        let target = temp.path().join("out");
        for text in ["first", "second"] {
            let staging = Staging::beside(&target)?;
            write_files(&staging.new_folder(), [(text, text.as_bytes())])?;
            let old = staging.replace()?;
            assert_eq!(old.is_some(), text == "second");
            staging.close()?;
            assert_eq!(content(&target), [text]);
            assert_eq!(content(temp.path()), ["out"]);
        }
        Ok(())
    }

    #[test]
    fn without_a_new_folder_the_old_one_stays() -> anyhow::Result<()> {
        let temp = tempfile::tempdir()?;
        let target = temp.path().join("out");
        write_files(&target, [("old", b"old".as_slice())])?;
        let staging = Staging::beside(&target)?;
        let error = staging
            .replace()
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert!(error.starts_with("cannot replace "), "{error}");
        drop(staging);
        assert_eq!(content(&target), ["old"]);
        assert_eq!(content(temp.path()), ["out"]);
        Ok(())
    }

    #[test]
    fn leftovers_are_removed_and_moved_folders_restored() -> anyhow::Result<()> {
        let temp = tempfile::tempdir()?;
        let leftover = temp.path().join(".xtask-killed");
        write_files(
            &leftover,
            [("lock", b"out".as_slice()), ("old/page", b"old"), ("new/page", b"half")],
        )?;
        fs::write(temp.path().join(".xtask-file"), "half")?;
        age(&leftover)?;
        age(&temp.path().join(".xtask-file"))?;
        let target = temp.path().join("out");
        drop(Staging::beside(&target)?);
        assert_eq!(content(temp.path()), ["out"]);
        assert_eq!(fs::read_to_string(target.join("page"))?, "old");
        Ok(())
    }

    #[test]
    fn what_another_process_uses_is_not_removed() -> anyhow::Result<()> {
        let temp = tempfile::tempdir()?;
        let target = temp.path().join("out");
        let other = Staging::beside(&target)?;
        write_files(&other.new_folder(), [("page", b"new".as_slice())])?;
        age(other.folder.path())?;
        drop(Staging::beside(&target)?);
        assert!(other.new_folder().join("page").exists() || cfg!(not(unix)));
        Ok(())
    }

    #[test]
    fn a_file_is_written_with_usual_permissions() -> anyhow::Result<()> {
        let temp = tempfile::tempdir()?;
        let path = temp.path().join("report.json");
        for text in ["first", "second"] {
            write_file(&path, text.as_bytes())?;
            assert_eq!(fs::read_to_string(&path)?, text);
        }
        fs::write(temp.path().join("other"), "")?;
        let permissions = |name: &str| fs::metadata(temp.path().join(name)).map(|found| found.permissions());
        assert_eq!(permissions("report.json")?, permissions("other")?);
        assert_eq!(content(temp.path()), ["other", "report.json"]);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_refused() -> anyhow::Result<()> {
        let temp = tempfile::tempdir()?;
        let link = temp.path().join("out");
        std::os::unix::fs::symlink(temp.path().join("nowhere"), &link)?;
        let error = Staging::beside(&link)
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert!(error.contains("a symbolic link that leads nowhere"), "{error}");
        Ok(())
    }
}
