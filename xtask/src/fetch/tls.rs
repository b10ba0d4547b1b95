//! TLS for fetching: whom to trust, who to be, and how to tell that TLS was the trouble.

use std::error::Error;
use std::io;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use rustls::client::WantsClientCert;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};
use rustls_platform_verifier::BuilderVerifierExt as _;

use super::args::TlsFiles;

/// The configuration of the client. Without encryption no roots are looked up, so that plain http
/// works where the system has none.
pub(super) fn config(files: &TlsFiles, encrypted: bool) -> anyhow::Result<ClientConfig> {
    let provider: Arc<CryptoProvider> = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .context("cannot set up TLS")?;
    let builder = trusting(builder, files.ca.as_deref(), encrypted)?;
    let Some((cert, key)) = &files.identity else {
        return Ok(builder.with_no_client_auth());
    };
    let (chain, key_der) = (certificates(cert)?, private_key(key)?);
    builder.with_client_auth_cert(chain, key_der).with_context(|| {
        format!(
            "--cert {} and --key {} do not go together",
            cert.display(),
            key.display()
        )
    })
}

fn trusting(
    builder: ConfigBuilder<ClientConfig, WantsVerifier>,
    ca: Option<&Path>,
    encrypted: bool,
) -> anyhow::Result<ConfigBuilder<ClientConfig, WantsClientCert>> {
    let mut roots = RootCertStore::empty();
    match ca {
        Some(path) => {
            for certificate in certificates(path)? {
                roots
                    .add(certificate)
                    .with_context(|| format!("{} holds an unusable certificate", path.display()))?;
            }
        }
        None if encrypted => {
            return builder
                .with_platform_verifier()
                .context("cannot read the system's trusted certificates; pass --ca");
        }
        None => {}
    }
    Ok(builder.with_root_certificates(roots))
}

fn certificates(path: &Path) -> anyhow::Result<Vec<CertificateDer<'static>>> {
    let pem = read(path)?;
    let found = CertificateDer::pem_slice_iter(&pem).collect::<Result<Vec<_>, _>>();
    let found = found.with_context(|| format!("{} is not readable as PEM", path.display()))?;
    if found.is_empty() {
        bail!("{} holds no CERTIFICATE; expected PEM", path.display());
    }
    Ok(found)
}

fn private_key(path: &Path) -> anyhow::Result<PrivateKeyDer<'static>> {
    let pem = read(path)?;
    PrivateKeyDer::from_pem_slice(&pem).with_context(|| {
        format!(
            "{} holds no unencrypted PRIVATE KEY; expected PEM (`openssl pkey` decrypts one)",
            path.display()
        )
    })
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    // A byte order mark would hide the first block of the file.
    Ok(bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes))
}

/// What TLS had to say about an error, if it was TLS that failed. An I/O error hides its content
/// from `source`, so it is opened on the way down.
pub(super) fn fault(error: &(dyn Error + 'static)) -> Option<String> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(fault) = error.downcast_ref::<rustls::Error>() {
            return Some(fault.to_string());
        }
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = inner.map_or_else(|| error.source(), |inner| Some(inner as &(dyn Error + 'static)));
    }
    None
}
