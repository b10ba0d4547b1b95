//! Where certificate or key come from: a file, or bytes with a name for messages.

use std::path::Path;

use zeroize::Zeroizing;

use crate::error::Error;

/// Something to read from.
pub(super) struct Source {
    /// For messages.
    pub(super) name: String,
    pub(super) bytes: Zeroizing<Vec<u8>>,
    is_file: bool,
}

impl Source {
    pub(super) fn given(name: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            bytes: Zeroizing::new(without_bom(bytes).to_vec()),
            is_file: false,
        }
    }

    pub(super) fn file(path: &Path) -> Result<Self, Error> {
        let name = path.display().to_string();
        match std::fs::read(path).map(Zeroizing::new) {
            Ok(bytes) => Ok(Self {
                is_file: true,
                ..Self::given(&name, &bytes)
            }),
            Err(error) => Err(Error::identity(
                format!("{name} cannot be read: {error}"),
                "check the path, and that this user may read the file",
            )),
        }
    }

    /// A file that holds a key: it should be no business of others.
    pub(super) fn key_file(path: &Path) -> Result<Self, Error> {
        warn_if_open_to_all(path);
        Self::file(path)
    }

    /// Whether it holds this text, which is ASCII.
    pub(super) fn has(&self, text: &str) -> bool {
        memchr::memmem::find(&self.bytes, text.as_bytes()).is_some()
    }

    /// What to write for this source in a command.
    pub(super) fn in_command(&self, stand_in: &'static str) -> &str {
        if self.is_file { &self.name } else { stand_in }
    }
}

/// Editors on Windows like to put a byte order mark first, which PEM readers take for a part of the first line.
pub(crate) fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// Its group may read it: that is how a key is often shared with one service.
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
