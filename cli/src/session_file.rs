//! The file of `--session`: a visitor's session between two runs of the command. Only its owner can read it.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

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
}

/// The longest file that is read: a session has a few cookies.
const LIMIT: u64 = 64 * 1024;

impl SessionFile {
    /// Continues the session of a file. Without the file, creates a session that has not started.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, if other users can read it, or if it belongs to another venue.
    pub fn open(path: &Path, client: &Client) -> Result<Self> {
        let session = match File::open(path) {
            Ok(file) => restore(path, file, client)?,
            Err(error) if error.kind() == ErrorKind::NotFound => client.session(),
            Err(error) => return Err(cannot_read(path, &error)),
        };
        Ok(Self {
            path: path.to_owned(),
            session,
        })
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
            None => Ok(()),
        }
    }
}

fn restore(path: &Path, file: File, client: &Client) -> Result<Session> {
    refuse_other_readers(path, &file)?;
    let mut saved = Zeroizing::new(String::new());
    file.take(LIMIT)
        .read_to_string(&mut saved)
        .map_err(|error| cannot_read(path, &error))?;
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
