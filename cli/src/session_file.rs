//! The file of `--session`: a visitor's session between two runs of the command. Only its owner can read it.
//!
//! Runs with the same file wait for each other: two first changes of a basket would start two sessions, and the file can keep
//! one. The lock is on the file, which exists without content until the session has started.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use spektrix_v2::{Client, Session};
use zeroize::Zeroizing;

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::new_file;

/// A session, and the file that it is kept in.
#[derive(Debug)]
pub struct SessionFile {
    path: PathBuf,
    session: Session,
    /// Holds the lock.
    file: File,
}

/// The longest file that is read: a session has a few cookies.
const LIMIT: u64 = 64 * 1024;

/// How often a run that waits looks whether the file is free.
const POLL: Duration = Duration::from_millis(50);

impl SessionFile {
    /// Continues the session of a file. Without the file, or if it is empty, creates a session that has not started.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or written, if other users can read it, or if it belongs to another venue.
    pub async fn open(path: &Path, client: &Client) -> Result<Self> {
        let path = resolved(path)?;
        // A request that was sent and a session that was not kept would lose the visitor's basket.
        new_file::check_folder(&path)?;
        let file = locked(&path).await?;
        let session = restore(&path, &file, client);
        let session = session.inspect_err(|_| remove_empty(&path, &file))?;
        Ok(Self { path, session, file })
    }

    /// Returns the session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Writes the session to the file, once it has started. A response can change its cookies, also one with an error.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn save(&self) -> Result<()> {
        match self.session.save() {
            Some(saved) => new_file::replace_private(&self.path, saved.expose().as_bytes()),
            None => {
                remove_empty(&self.path, &self.file);
                Ok(())
            }
        }
    }
}

/// Returns the path without symbolic links: the file that a link leads to is replaced, and not the link.
fn resolved(path: &Path) -> Result<PathBuf> {
    match fs::metadata(path) {
        // Opening a named pipe would wait for another program.
        Ok(metadata) if !metadata.is_file() => {
            let failure = Failure::usage(format!("cannot use {}: it is not a file", path.display()));
            Err(failure.with_hint("name another file: the first change of a basket creates it"))
        }
        Ok(_) if path.is_symlink() => fs::canonicalize(path).map_err(|error| cannot_read(path, &error)),
        Ok(_) => Ok(path.to_owned()),
        Err(error) if error.kind() == ErrorKind::NotFound && !path.is_symlink() => Ok(path.to_owned()),
        Err(error) => Err(cannot_read(path, &error)),
    }
}

/// Opens the file when no other run uses it.
async fn locked(path: &Path) -> Result<File> {
    loop {
        let file = opened(path).map_err(|error| cannot_read(path, &error))?;
        match file.try_lock() {
            // The run before has replaced or removed the file that was opened.
            Ok(()) if !is_at(&file, path) => {}
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => tokio::time::sleep(POLL).await,
            Err(TryLockError::Error(error)) => {
                return Err(Failure::io(format!("cannot lock {}", path.display()), &error));
            }
        }
    }
}

fn opened(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let id = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let there = fs::metadata(path).map(id);
    there.is_ok_and(|there| file.metadata().map(id).is_ok_and(|own| own == there))
}

/// A file that is open can be neither replaced nor removed by others.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Removes the file if it is empty: the session has not started. Nobody else has the lock.
fn remove_empty(path: &Path, file: &File) {
    if file.metadata().is_ok_and(|metadata| metadata.len() == 0) {
        // An empty file is as good as none.
        let _ = fs::remove_file(path);
    }
}

fn restore(path: &Path, file: &File, client: &Client) -> Result<Session> {
    refuse_other_readers(path, file)?;
    let mut saved = Zeroizing::new(String::new());
    file.take(LIMIT)
        .read_to_string(&mut saved)
        .map_err(|error| cannot_read(path, &error))?;
    if saved.is_empty() {
        return Ok(client.session());
    }
    Session::restore(client, saved.trim_end()).map_err(|error| {
        Failure::new(Exit::Usage, format!("cannot use {}: {error}", path.display()))
            .with_hint("name another file: the first change of a basket creates it")
    })
}

/// Whoever reads the file acts as the visitor.
#[cfg(unix)]
fn refuse_other_readers(path: &Path, file: &File) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;

    let metadata = file.metadata().map_err(|error| cannot_read(path, &error))?;
    let of_others = metadata.permissions().mode() & 0o077;
    if of_others == 0 {
        return Ok(());
    }
    let what = format!("not sent: other users of this machine can read {}", path.display());
    Err(Failure::new(Exit::Failure, what).with_hint(format!("chmod 600 {}", path.display())))
}

/// Files inherit the permissions of their folder.
#[cfg(not(unix))]
fn refuse_other_readers(_: &Path, _: &File) -> Result<()> {
    Ok(())
}

fn cannot_read(path: &Path, error: &std::io::Error) -> Failure {
    Failure::io(format!("cannot read {}", path.display()), error)
}
