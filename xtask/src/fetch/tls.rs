//! TLS for fetching: which servers to trust, which client certificate to show, and whether an error came from TLS.

use std::error::Error;
use std::io;
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use rustls::client::WantsClientCert;
use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};
use rustls_platform_verifier::BuilderVerifierExt as _;

use super::args::TlsFiles;
use super::pem::PemFile;

/// The configuration of the client. Without encryption no roots are looked up, so that plain http
/// works on a system that has none.
pub(super) fn config(files: &TlsFiles, encrypted: bool) -> anyhow::Result<ClientConfig> {
    let provider: Arc<CryptoProvider> = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .context("cannot set up TLS")?;
    let ca = files.ca.as_deref().map(|path| PemFile { argument: "--ca", path });
    let builder = trusting(builder, ca, encrypted)?;
    let Some((cert, key)) = &files.identity else {
        return Ok(builder.with_no_client_auth());
    };
    let cert = PemFile {
        argument: "--cert",
        path: cert,
    };
    let key = PemFile {
        argument: "--key",
        path: key,
    };
    let (chain, key_der) = (cert.certificates()?, key.private_key()?);
    let config = builder.with_client_auth_cert(chain, key_der);
    config.map_err(|error| match error {
        rustls::Error::InvalidCertificate(_) => cert.error("its first CERTIFICATE is damaged; copy the file again"),
        rustls::Error::InconsistentKeys(_) => anyhow!(
            "--cert {} and --key {} do not belong together; pass the key that the certificate was requested with",
            cert.path.display(),
            key.path.display()
        ),
        _ => key.error("it is damaged, or no RSA, ECDSA or Ed25519 key"),
    })
}

fn trusting(
    builder: ConfigBuilder<ClientConfig, WantsVerifier>,
    ca: Option<PemFile<'_>>,
    encrypted: bool,
) -> anyhow::Result<ConfigBuilder<ClientConfig, WantsClientCert>> {
    let mut roots = RootCertStore::empty();
    match ca {
        Some(file) => {
            for certificate in file.certificates()? {
                roots
                    .add(certificate)
                    .map_err(|_| file.error("a CERTIFICATE in it is damaged; copy the file again"))?;
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

/// What TLS reports about an error, if it was TLS that failed. An I/O error hides its content
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
