//! Reads lists from files.

use std::io::ErrorKind;
use std::path::Path;

use spektrix_v2::{DecodeOptions, Operation};

use super::Lists;
use crate::start_error::StartError;

pub(super) fn json(path: &Path) -> Result<Lists, StartError> {
    let text = std::fs::read(path).map_err(|error| cannot_read(path, error))?;
    serde_json::from_slice(&text).map_err(|error| cannot_read(path, error))
}

/// The body of an operation's answer, if the folder has it.
pub(super) fn body<O: Operation>(folder: &Path) -> Result<Option<O::Response>, StartError> {
    let path = folder.join(format!("{}.xml", O::INFO.name));
    let body = match std::fs::read(&path) {
        Ok(body) => body,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot_read(&path, error)),
    };
    let decoded = O::decode_response(&body, &DecodeOptions::default());
    let decoded = decoded.map_err(|error| cannot_read(&path, error))?;
    Ok(Some(decoded.value))
}

/// The cause is said at once, as it has the place in the file.
fn cannot_read(path: &Path, error: impl std::error::Error + Send + Sync + 'static) -> StartError {
    StartError::caused_by(format!("cannot read the data in {}: {error}", path.display()), error)
}
