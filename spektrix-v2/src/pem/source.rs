//! Where PEM comes from: a file, or bytes with a name for messages.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use zeroize::Zeroizing;

use super::reader::{self, Damage, Section};
use crate::error::Error;

/// A file or a value to read certificates or a key from.
pub(crate) struct Source {
    /// The name for messages.
    pub(crate) name: String,
    pub(crate) bytes: Zeroizing<Vec<u8>>,
    is_file: bool,
    pub(super) purpose: Purpose,
}

/// What a source is for. It decides the kind of its errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The client certificate or its key.
    Identity,
    /// The roots to trust.
    Roots,
}

impl Source {
    /// Creates a source from a value.
    pub(crate) fn value(name: &str, bytes: &[u8], purpose: Purpose) -> Self {
        Self {
            name: name.to_owned(),
            bytes: Zeroizing::new(bytes.to_vec()),
            is_file: false,
            purpose,
        }
    }

    /// Reads a file.
    pub(crate) fn file(path: &Path, purpose: Purpose) -> Result<Self, Error> {
        let name = path.display().to_string();
        match File::open(path).and_then(read_to_end) {
            Ok(bytes) => Ok(Self {
                name,
                bytes,
                is_file: true,
                purpose,
            }),
            Err(error) => Err(purpose.error(
                format!("{name} cannot be read: {error}"),
                "check the path, and that this user may read the file".into(),
            )),
        }
    }

    /// Reads a file that holds a private key, and logs a warning if every user of this machine can read it.
    pub(crate) fn key_file(path: &Path) -> Result<Self, Error> {
        warn_if_open_to_all(path);
        Self::file(path, Purpose::Identity)
    }

    /// Returns every section of the source, if it is PEM.
    pub(crate) fn sections(&self) -> Result<Vec<Section<'_>>, Error> {
        reader::sections(&self.bytes).map_err(|damage| self.damaged(damage))
    }

    /// Decodes a section of this source.
    pub(crate) fn decode(&self, section: &Section<'_>) -> Result<Zeroizing<Vec<u8>>, Error> {
        section.decode().map_err(|damage| self.damaged(damage))
    }

    /// Returns what to write for this source in a command.
    pub(crate) fn in_command(&self, placeholder: &'static str) -> &str {
        if self.is_file { &self.name } else { placeholder }
    }

    /// Creates an error about this source.
    pub(crate) fn error(&self, what: impl Into<String>, remedy: impl Into<String>) -> Error {
        self.purpose.error(what.into(), remedy.into())
    }

    fn damaged(&self, damage: Damage) -> Error {
        self.error(
            format!("{} is damaged: {damage}", self.name),
            "copy the whole file again, without changing its lines",
        )
    }
}

impl Purpose {
    fn error(self, what: String, remedy: String) -> Error {
        match self {
            Self::Identity => Error::identity(what, remedy),
            Self::Roots => Error::configuration(what, remedy),
        }
    }
}

/// Reads a file without leaving a copy of its content in memory: a buffer that is too small is wiped, not just freed.
///
/// `std::fs::read` does that only when the length of the file is known, which it is not for a pipe.
fn read_to_end(mut file: impl Read) -> io::Result<Zeroizing<Vec<u8>>> {
    const STEP: usize = 64 * 1024;
    let mut bytes = Zeroizing::new(vec![0; STEP]);
    let mut length = 0;
    loop {
        match file.read(&mut bytes[length..]) {
            Ok(0) => break,
            Ok(count) => length += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        if length == bytes.len() {
            let mut larger = Zeroizing::new(vec![0; length * 2]);
            larger[..length].copy_from_slice(&bytes);
            bytes = larger;
        }
    }
    bytes.truncate(length);
    Ok(bytes)
}

/// It is fine if a group can read the file: a key is often shared with a service like that.
#[cfg(unix)]
fn warn_if_open_to_all(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map(|metadata| metadata.permissions().mode());
    if mode.is_ok_and(|mode| mode & 0o004 != 0) {
        let path = path.display();
        tracing::warn!(%path, "every user of this machine can read the private key: `chmod 600` it");
    }
}

#[cfg(not(unix))]
fn warn_if_open_to_all(_: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that is read in chunks, and fails in between.
    struct InParts(Vec<Result<Vec<u8>, io::ErrorKind>>);

    impl Read for InParts {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some(part) = self.0.pop() else { return Ok(0) };
            let bytes = part?;
            let (now, later) = bytes.split_at(bytes.len().min(buffer.len()));
            buffer[..now.len()].copy_from_slice(now);
            if !later.is_empty() {
                self.0.push(Ok(later.to_vec()));
            }
            Ok(now.len())
        }
    }

    #[test]
    fn a_file_is_read_whatever_its_size_and_interruptions() {
        for size in [0, 1, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 300_000] {
            let bytes: Vec<u8> = (0..=255).cycle().take(size).collect();
            let (first, second) = bytes.split_at(size / 3);
            let parts = vec![
                Ok(second.to_vec()),
                Err(io::ErrorKind::Interrupted),
                Ok(first.to_vec()),
                Err(io::ErrorKind::Interrupted),
            ];
            // A part without bytes would be the end of the file.
            let parts = parts
                .into_iter()
                .filter(|part| part.as_ref() != Ok(&Vec::new()))
                .collect();
            assert_eq!(*read_to_end(InParts(parts)).unwrap(), bytes, "{size}");
        }
        let broken = InParts(vec![Ok(vec![1]), Err(io::ErrorKind::PermissionDenied), Ok(vec![2])]);
        let error = read_to_end(broken).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
    }
}
