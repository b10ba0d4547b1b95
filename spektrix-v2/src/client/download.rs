//! Print-at-home tickets: a document of the service that is not XML and not on its help feed.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use http::HeaderValue;
use tokio::io::AsyncWriteExt;
use tokio::runtime::Handle;

use super::Client;
use super::call_options::CallOptions;
use super::document_check::read_beginning;
use super::response::content_length;
use super::send::OpenResponse;
use crate::error::{Error, ErrorContext, Fault};
use crate::generated::ids::{CustomerId, PrintAtHomeLinkId};
use crate::operation::{Effect, Lifecycle, Method, OperationInfo, Parameters, Requirement, SessionUse};
use crate::runtime::BodyNames;
use crate::transport::{TransportError, TransportErrorKind};

const PDF: HeaderValue = HeaderValue::from_static("application/pdf");

/// A document that is being downloaded. [`Client::download_ticket`] returns it.
///
/// Dropping it cancels the rest.
#[must_use = "dropping a download cancels it"]
pub struct Download {
    response: OpenResponse,
    /// The beginning, which was read to check it.
    beginning: Option<Bytes>,
    length: Option<usize>,
    received: usize,
    timeout: Duration,
}

impl Download {
    /// Facts about the operation behind it, which is not on the help feed.
    pub const INFO: OperationInfo = OperationInfo {
        name: "DownloadTicket",
        method: Method::Get,
        path: "customers/print-at-home-download",
        parameters: &["customer_id", "document_id"],
        requirements: &[Requirement::All(&["customer_id", "document_id"])],
        body_requirements: &[],
        request: BodyNames::EMPTY,
        response: BodyNames::EMPTY,
        effect: Effect::Read,
        session: SessionUse::None,
        lifecycle: Lifecycle::Deprecated,
    };

    /// Requests a document, and waits until the response has begun with one.
    pub(super) async fn start(
        client: &Client,
        customer: CustomerId,
        document: PrintAtHomeLinkId,
    ) -> Result<Self, Error> {
        let inner = &client.0;
        let build = || {
            let mut parameters = Parameters::new();
            parameters.set("customer_id", Some(&customer));
            parameters.set("document_id", Some(&document));
            let request = inner.request_without_body(Self::INFO.path, &parameters.iter().collect::<Vec<_>>(), PDF)?;
            Ok((request, inner.redactor(&[])))
        };
        let context = ErrorContext::new(Self::INFO, false);
        let prepared = inner.prepare_request(context, inner.meter(Self::INFO), &build)?;
        let mut response = Box::pin(inner.open(prepared, None, CallOptions::default())).await?;
        let beginning = read_beginning(&mut response, inner.timeout).await;
        let beginning = beginning.map_err(|fault| response.fail(fault))?;
        Ok(Self {
            beginning: Some(beginning),
            length: content_length(&response.response.headers),
            response,
            received: 0,
            timeout: inner.timeout,
        })
    }

    /// Returns the length in bytes, if the service declared it.
    pub fn length(&self) -> Option<u64> {
        self.length.and_then(|length| u64::try_from(length).ok())
    }

    /// Returns the next chunk as it arrives; `None` at the end. The client's [`timeout`](crate::ClientBuilder::timeout) is the
    /// limit for each wait.
    ///
    /// # Errors
    ///
    /// [`is_connect`](Error::is_connect) if the connection closes early, or if the number of bytes differs from the declared
    /// length; [`is_timeout`](Error::is_timeout) if a wait takes too long. Do not call it again after an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        match self.next_chunk().await {
            Ok(Some(chunk)) => Some(Ok(chunk)),
            Ok(None) => {
                self.response.complete(self.received);
                None
            }
            Err(fault) => Some(Err(self.response.fail(fault))),
        }
    }

    /// Writes the document to a file and returns its length in bytes. An existing file is replaced.
    ///
    /// The file appears only when it is complete: until then it has a temporary name in the same folder, and it is removed if
    /// the download fails or is dropped. On Unix only its owner can read it.
    pub async fn save(mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let path = path.as_ref().to_owned();
        // Files are written by threads of the runtime.
        if Handle::try_current().is_err() {
            return Err(self.response.fail(Fault::NoRuntime));
        }
        match write(&mut self, &path).await {
            Ok(()) => Ok(self.received as u64),
            Err(WriteError::Download(error)) => Err(error),
            Err(WriteError::File(error)) => Err(self.response.fail(Fault::File {
                what: format!("{} cannot be written: {error}", path.display()),
            })),
        }
    }

    async fn next_chunk(&mut self) -> Result<Option<Bytes>, Fault> {
        let chunk = match self.beginning.take() {
            Some(beginning) => Some(beginning),
            None => self.response.next_chunk(self.timeout).await?,
        };
        // The built-in transport notices a body that ends early. Another one may not.
        match (&chunk, self.length) {
            (Some(chunk), _) => self.received += chunk.len(),
            (None, Some(length)) if length != self.received => return Err(wrong_length(self.received, length)),
            (None, _) => {}
        }
        Ok(chunk)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("length", &self.length)
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}

fn wrong_length(received: usize, length: usize) -> Fault {
    let message = format!("received {received} of {length} bytes");
    Fault::Transport(TransportError::new(TransportErrorKind::Body, message))
}

/// Why a document was not written.
enum WriteError {
    Download(Error),
    File(io::Error),
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}

async fn write(download: &mut Download, path: &Path) -> Result<(), WriteError> {
    let target = path.to_owned();
    let (partial, file) = run_blocking(move || PartialFile::create_beside(&target)).await?;
    let mut file = tokio::fs::File::from_std(file);
    while let Some(chunk) = download.next().await {
        file.write_all(&chunk.map_err(WriteError::Download)?).await?;
    }
    // Without this, the new name could point to an empty file after a power failure.
    file.sync_all().await?;
    let target = path.to_owned();
    run_blocking(move || partial.rename(&target)).await?;
    Ok(())
}

/// A file with a temporary name. It is removed on drop, unless it was renamed.
struct PartialFile {
    path: PathBuf,
    is_complete: bool,
}

impl PartialFile {
    /// Creates a file in the same folder: a rename within a folder is atomic, and cannot fail for lack of space.
    fn create_beside(path: &Path) -> io::Result<(Self, File)> {
        let mut attempts = 0..16;
        loop {
            let path = path.with_file_name(format!(".ticket-{:016x}.part", fastrand::u64(..)));
            match create_private(&path) {
                Ok(file) => {
                    let is_complete = false;
                    return Ok((Self { path, is_complete }, file));
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempts.next().is_some() => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn rename(mut self, path: &Path) -> io::Result<()> {
        std::fs::rename(&self.path, path)?;
        self.is_complete = true;
        Ok(())
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        if !self.is_complete {
            // An error here would hide the one that ended the download.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Creates a new file that only its owner can read.
fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

async fn run_blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}
