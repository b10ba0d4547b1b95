//! Reads certificates and a key from PEM files.
//!
//! The errors name the kind of damage and nothing else: those of the PEM library quote lines of the file, which may be
//! lines of a private key. The client has a reader with more advice, which is not used here, because `fetch` must run
//! while the client does not compile.

use std::fs;
use std::path::Path;

use anyhow::{anyhow, bail};
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// A PEM file that was named on the command line.
#[derive(Clone, Copy)]
pub(super) struct PemFile<'a> {
    /// The argument that named it: `--key`.
    pub(super) argument: &'static str,
    pub(super) path: &'a Path,
}

impl PemFile<'_> {
    /// All certificates in the file, at least one.
    pub(super) fn certificates(self) -> anyhow::Result<Vec<CertificateDer<'static>>> {
        let found = self.sections::<CertificateDer<'static>>()?;
        if found.is_empty() {
            return Err(self.error("it holds no CERTIFICATE; pass a PEM file with one"));
        }
        Ok(found)
    }

    /// The first private key in the file.
    pub(super) fn private_key(self) -> anyhow::Result<PrivateKeyDer<'static>> {
        let found = self.sections::<PrivateKeyDer<'static>>()?.into_iter().next();
        found.ok_or_else(|| {
            self.error("it holds no unencrypted PRIVATE KEY; pass a PEM file with one (`openssl pkey` decrypts a key)")
        })
    }

    /// An error about this file. The path is shown, since the file exists.
    pub(super) fn error(self, what: &str) -> anyhow::Error {
        anyhow!("{} {}: {what}", self.argument, self.path.display())
    }

    fn sections<T: PemObject>(self) -> anyhow::Result<Vec<T>> {
        let bytes = self.read()?;
        let sections = T::pem_slice_iter(&bytes).collect::<Result<Vec<_>, _>>();
        sections.map_err(|error| self.error(&format!("{}; copy the file again, with its line ends", damage(&error))))
    }

    fn read(self) -> anyhow::Result<Vec<u8>> {
        let bytes = match fs::read(self.path) {
            Ok(bytes) => bytes,
            Err(error) if self.path.exists() => return Err(self.error(&format!("cannot be read: {}", error.kind()))),
            // What was given may be the key itself.
            Err(_) => bail!(
                "{}: there is no such file (what was given is not repeated, in case it is a key); pass the path of a PEM file",
                self.argument
            ),
        };
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(self.error("it is text in UTF-16; save it as UTF-8"));
        }
        // A byte order mark would hide the first section of the file.
        Ok(bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes))
    }
}

fn damage(error: &pem::Error) -> &'static str {
    match error {
        pem::Error::MissingSectionEnd { .. } => "a section has no END line",
        pem::Error::IllegalSectionStart { .. } => "a BEGIN line is damaged",
        pem::Error::Base64Decode(_) => "a section is not base64",
        _ => "it is not PEM",
    }
}
