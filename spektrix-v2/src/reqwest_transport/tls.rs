//! The TLS configuration of the built-in transport: trusted roots, and the client certificate.

use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::client::{ResolvesClientCert, WebPkiServerVerifier};
use rustls::crypto::CryptoProvider;
use rustls::sign::SingleCertAndKey;
use rustls::{ClientConfig, RootCertStore};

use crate::crypto;
use crate::error::Error;
use crate::identity::Identity;
use crate::pem::{self, Source};

/// What TLS is configured with.
pub(crate) struct Tls {
    pub(crate) identity: Option<Identity>,
    /// The roots to trust instead of those of the system.
    pub(crate) trust_only: Option<Arc<RootCertStore>>,
}

impl Tls {
    /// Converts the settings to a configuration of rustls.
    pub(super) fn into_config(self) -> Result<ClientConfig, Error> {
        let provider = crypto::provider()?;
        let verifier = verifier(self.trust_only, &provider)?;
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| unusable(&error))?
            .dangerous()
            .with_custom_certificate_verifier(verifier);
        let mut config = match self.identity {
            Some(identity) => builder.with_client_cert_resolver(resolver(&identity)),
            None => builder.with_no_client_auth(),
        };
        // reqwest adds no protocols to a configuration that it did not create.
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(config)
    }
}

/// Reads root certificates.
pub(crate) fn trusted_roots(source: &Source) -> Result<RootCertStore, Error> {
    let mut roots = RootCertStore::empty();
    for certificate in pem::certificates(source)? {
        // The library's error is left out, because it may quote a key that has the label of a certificate.
        roots.add(certificate.der).map_err(|_| {
            let line = certificate.line;
            source.error(
                format!("the certificate in line {line} of {} cannot be read", source.name),
                format!(
                    "look at it with `openssl x509 -in {} -noout -text`",
                    source.in_command("ca.pem")
                ),
            )
        })?;
    }
    Ok(roots)
}

fn verifier(
    trust_only: Option<Arc<RootCertStore>>,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, Error> {
    let provider = Arc::clone(provider);
    match trust_only {
        Some(roots) => match WebPkiServerVerifier::builder_with_provider(roots, provider).build() {
            Ok(verifier) => Ok(verifier),
            Err(error) => Err(unusable(&error)),
        },
        None => match rustls_platform_verifier::Verifier::new(provider) {
            Ok(verifier) => Ok(Arc::new(verifier)),
            Err(error) => Err(unusable(&error)),
        },
    }
}

fn resolver(identity: &Identity) -> Arc<dyn ResolvesClientCert> {
    Arc::new(SingleCertAndKey::from(identity.certified()))
}

fn unusable(error: &dyn std::error::Error) -> Error {
    Error::configuration(
        format!("TLS cannot be set up: {error}"),
        "check that this machine has root certificates (on Debian, the package ca-certificates) and that SSL_CERT_FILE and \
         SSL_CERT_DIR name some if they are set, or set the roots with `ClientBuilder::trust_only`",
    )
}
