//! The TLS configuration of the built-in transport: trusted roots, and the client certificate.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, RootCertStore};

use super::handshakes::{Handshakes, ObservedIdentity, ObservedVerifier};
use crate::crypto;
use crate::error::Error;
use crate::identity::Identity;
use crate::pem::{self, Source};

/// Which servers are trusted.
#[derive(Debug)]
pub(crate) struct ServerTrust {
    provider: Arc<CryptoProvider>,
    verifier: Arc<dyn ServerCertVerifier>,
}

impl ServerTrust {
    /// Trusts these roots, or else those of the system.
    pub(crate) fn new(trust_only: Option<Arc<RootCertStore>>) -> Result<Self, Error> {
        let provider = crypto::provider()?;
        let verifier = verifier(trust_only, &provider)?;
        Ok(Self { provider, verifier })
    }

    /// Creates a configuration of rustls. It has its own cache of sessions: a resumed session would belong to the client
    /// certificate that it began with.
    pub(super) fn config(
        &self,
        identity: Option<&Identity>,
        handshakes: &Arc<Handshakes>,
    ) -> Result<ClientConfig, Error> {
        let verifier = Arc::new(ObservedVerifier {
            verifier: Arc::clone(&self.verifier),
            handshakes: Arc::clone(handshakes),
        });
        let resolver = Arc::new(ObservedIdentity {
            certified: identity.map(Identity::certified),
            handshakes: Arc::clone(handshakes),
        });
        let config = ClientConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| unusable(&error))?
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_client_cert_resolver(resolver);
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

fn unusable(error: &dyn std::error::Error) -> Error {
    Error::configuration(
        format!("TLS cannot be set up: {error}"),
        "check that this machine has root certificates (on Debian, the package ca-certificates) and that SSL_CERT_FILE and \
         SSL_CERT_DIR name some if they are set, or set the roots with `ClientBuilder::trust_only`",
    )
}
