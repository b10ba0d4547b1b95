//! The certificates as files, for curl and for clients that take paths: a private folder, removed at the end.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::certificates::ClientCertificate;

/// Where a sandbox has written its certificates.
///
/// Only the owner can read the folder and the key. The folder goes when the sandbox is dropped.
#[derive(Debug)]
pub struct CertificateFiles {
    ca: PathBuf,
    certificate: PathBuf,
    key: PathBuf,
    // Held for its drop, which removes the folder.
    _folder: TempDir,
}

impl CertificateFiles {
    pub(crate) fn write(ca_pem: &str, client: &ClientCertificate) -> io::Result<Self> {
        let folder = private_folder()?;
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            write_private(&path, text).map(|()| path)
        };
        Ok(Self {
            ca: write("ca.pem", ca_pem)?,
            certificate: write("client.crt", client.certificate_pem())?,
            key: write("client.key", client.key_pem())?,
            _folder: folder,
        })
    }

    /// The certificate of the authority that signed the server's certificate (`curl --cacert`).
    pub fn ca(&self) -> &Path {
        &self.ca
    }

    /// The client certificate (`curl --cert`).
    pub fn certificate(&self) -> &Path {
        &self.certificate
    }

    /// The client's key (`curl --key`).
    pub fn key(&self) -> &Path {
        &self.key
    }
}

/// Writes a new file that only its owner can read; an existing file is an error.
pub(crate) fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    owner_only(&mut options);
    options.open(path)?.write_all(text.as_bytes())
}

#[cfg(unix)]
fn owner_only(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn owner_only(_: &mut OpenOptions) {}

#[cfg(unix)]
fn private_folder() -> io::Result<TempDir> {
    use std::os::unix::fs::PermissionsExt;
    tempfile::Builder::new()
        .prefix("spektrix-sandbox-")
        .permissions(std::fs::Permissions::from_mode(0o700))
        .tempdir()
}

#[cfg(not(unix))]
fn private_folder() -> io::Result<TempDir> {
    tempfile::Builder::new().prefix("spektrix-sandbox-").tempdir()
}
