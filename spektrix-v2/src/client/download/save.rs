//! A download as a file, which is there whole or not at all.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use tokio::io::AsyncWriteExt;

use super::Download;
use crate::error::{Error, Fault};

pub(super) async fn save(mut download: Download, path: PathBuf) -> Result<u64, Error> {
    let written = write(&mut download, &path).await;
    written.map_err(|stopped| match stopped {
        Stopped::Download(error) => error,
        Stopped::File(error) => download.error(Fault::File {
            what: format!("{} cannot be written: {error}", path.display()),
        }),
    })?;
    Ok(download.received)
}

/// What kept it from being written.
enum Stopped {
    Download(Error),
    File(io::Error),
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}

async fn write(download: &mut Download, path: &Path) -> Result<(), Stopped> {
    let (part, file) = off_the_runtime({
        let path = path.to_owned();
        move || Part::beside(&path)
    })
    .await?;
    let mut file = tokio::fs::File::from_std(file);
    while let Some(piece) = download.next().await {
        file.write_all(&piece.map_err(Stopped::Download)?).await?;
    }
    file.sync_all().await?;
    let path = path.to_owned();
    off_the_runtime(move || part.become_whole(&path)).await?;
    Ok(())
}

/// A file in the same folder, so that renaming it cannot fail for want of space; it goes when it is dropped.
struct Part {
    path: PathBuf,
    is_whole: bool,
}

impl Part {
    /// Makes one under a name that nobody has taken.
    fn beside(path: &Path) -> io::Result<(Self, File)> {
        let mut attempts = 0..16;
        loop {
            let path = path.with_file_name(format!(".ticket-{:016x}.part", fastrand::u64(..)));
            match create(&path) {
                Ok(file) => return Ok((Self { path, is_whole: false }, file)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempts.next().is_some() => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn become_whole(mut self, path: &Path) -> io::Result<()> {
        std::fs::rename(&self.path, path)?;
        self.is_whole = true;
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_whole {
            // Nothing is left to be said if it cannot be removed.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Makes a file that was not there, for its owner alone.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

async fn off_the_runtime<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}
