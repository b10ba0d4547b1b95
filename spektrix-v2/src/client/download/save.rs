//! A download as a file, which is there whole or not at all.

use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
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
    let (temporary, file) = off_the_runtime({
        let path = path.to_owned();
        move || create_beside(&path)
    })
    .await?;
    let mut file = tokio::fs::File::from_std(file);
    while let Some(piece) = download.next().await {
        file.write_all(&piece.map_err(Stopped::Download)?).await?;
    }
    file.sync_all().await?;
    let path = path.to_owned();
    off_the_runtime(move || Ok(temporary.persist(path).map(drop)?)).await?;
    Ok(())
}

/// A file in the same folder, so that renaming it cannot fail for want of space; it goes when it is dropped.
fn create_beside(path: &Path) -> io::Result<(NamedTempFile, std::fs::File)> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let temporary = tempfile::Builder::new()
        .prefix(".ticket-")
        .suffix(".part")
        .tempfile_in(folder.unwrap_or(Path::new(".")))?;
    let file = temporary.as_file().try_clone()?;
    Ok((temporary, file))
}

async fn off_the_runtime<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}
