//! TLS for fetching: the trusted servers, the client certificate, and the files that both are read from.
//!
//! Errors about a file name the kind of damage and nothing else. Those of the PEM library quote lines of the file, which may
//! be lines of a private key. The client library has a reader with more hints. It is not used here, because `fetch` must
//! work while that library does not compile.

use std::error::Error;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use rustls::client::WantsClientCert;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};
use rustls_platform_verifier::BuilderVerifierExt as _;

use super::options::TlsFiles;

/// Returns the TLS configuration of the client.
pub(super) fn config(files: &TlsFiles, is_https: bool) -> anyhow::Result<ClientConfig> {
    let mut config = with_identity(files, is_https)?;
    // The HTTP client does not add them to a configuration that it is given. Some servers speak HTTP/2 only.
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn with_identity(files: &TlsFiles, is_https: bool) -> anyhow::Result<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .context("cannot set up TLS")?;
    let ca = files.ca.as_deref().map(|path| PemFile::new("--ca", path));
    let builder = with_roots(builder, ca, is_https)?;
    let Some((cert, key)) = &files.identity else {
        return Ok(builder.with_no_client_auth());
    };
    let (cert, key) = (PemFile::new("--cert", cert), PemFile::new("--key", key));
    let config = builder.with_client_auth_cert(cert.certificates()?, key.private_key()?);
    config.map_err(|error| match error {
        rustls::Error::InvalidCertificate(_) => {
            cert.error("the first certificate in it is damaged; copy the file again")
        }
        rustls::Error::InconsistentKeys(_) => anyhow!(
            "--cert {} and --key {} do not belong together: pass the key that the certificate was requested with",
            cert.path.display(),
            key.path.display()
        ),
        _ => key.error("it is damaged, or not an RSA, ECDSA or Ed25519 key"),
    })
}

fn with_roots(
    builder: ConfigBuilder<ClientConfig, WantsVerifier>,
    ca: Option<PemFile<'_>>,
    is_https: bool,
) -> anyhow::Result<ConfigBuilder<ClientConfig, WantsClientCert>> {
    let mut roots = RootCertStore::empty();
    match ca {
        Some(file) => {
            for certificate in file.certificates()? {
                roots
                    .add(certificate)
                    .map_err(|_| file.error("a certificate in it is damaged; copy the file again"))?;
            }
        }
        None if is_https => {
            return builder
                .with_platform_verifier()
                .context("cannot read the system's trusted certificates; pass --ca");
        }
        // Plain http needs no roots, and must work on a system that has none.
        None => {}
    }
    Ok(builder.with_root_certificates(roots))
}

/// Returns the error of TLS below an error, if TLS is what failed.
pub(super) fn tls_error(error: &(dyn Error + 'static)) -> Option<String> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(error) = error.downcast_ref::<rustls::Error>() {
            return Some(error.to_string());
        }
        // `source` of an I/O error skips the error that it wraps.
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = inner.map_or_else(|| error.source(), |inner| Some(inner as &(dyn Error + 'static)));
    }
    None
}

/// A PEM file that an argument names.
#[derive(Clone, Copy)]
struct PemFile<'a> {
    argument: &'static str,
    path: &'a Path,
}

impl<'a> PemFile<'a> {
    fn new(argument: &'static str, path: &'a Path) -> Self {
        Self { argument, path }
    }

    /// Returns all certificates in the file, at least one.
    fn certificates(self) -> anyhow::Result<Vec<CertificateDer<'static>>> {
        let found = self.sections::<CertificateDer<'static>>()?;
        if found.is_empty() {
            return Err(self.error("there is no CERTIFICATE in it; pass a PEM file with one"));
        }
        Ok(found)
    }

    /// Returns the first private key in the file.
    fn private_key(self) -> anyhow::Result<PrivateKeyDer<'static>> {
        let found = self.sections::<PrivateKeyDer<'static>>()?.into_iter().next();
        found.ok_or_else(|| {
            self.error(
                "there is no unencrypted PRIVATE KEY in it; pass a PEM file with one (`openssl pkey` decrypts a key)",
            )
        })
    }

    fn sections<T: PemObject>(self) -> anyhow::Result<Vec<T>> {
        let bytes = self.read()?;
        let sections = T::pem_slice_iter(&bytes).collect::<Result<Vec<_>, _>>();
        sections.map_err(|error| self.error(&format!("{}; copy the file again, with its line ends", damage(&error))))
    }

    fn read(self) -> anyhow::Result<Vec<u8>> {
        let bytes = match fs::read(self.path) {
            Ok(bytes) => bytes,
            Err(error) if self.path.exists() => return Err(self.error(&format!("cannot read it: {}", error.kind()))),
            Err(_) => bail!(
                "{}: there is no such file; pass the path of a PEM file (the value is not shown, in case it is a key)",
                self.argument
            ),
        };
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(self.error("it is text in UTF-16; save it as UTF-8"));
        }
        // The PEM library does not find a section that follows a byte order mark.
        Ok(bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes))
    }

    /// Creates an error about the file. It shows the path: only call this if the file exists.
    fn error(self, what: &str) -> anyhow::Error {
        anyhow!("{} {}: {what}", self.argument, self.path.display())
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
