//! The TLS settings of the built-in transport: the system's roots, or only those given.

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

/// Whom to trust, and who we are.
pub(crate) struct Tls {
    pub(crate) identity: Option<Identity>,
    pub(crate) trust_only: Option<Arc<RootCertStore>>,
}

impl Tls {
    /// The settings as rustls takes them.
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
        // reqwest leaves settings that were made elsewhere as they are.
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(config)
    }
}

/// Reads root certificates.
pub(crate) fn trusted_roots(source: &Source) -> Result<RootCertStore, Error> {
    let mut roots = RootCertStore::empty();
    for certificate in pem::certificates(source)? {
        // The library's error is left out: what is in the place of a certificate may be a key under the wrong label.
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
    Ok(match trust_only {
        Some(roots) => WebPkiServerVerifier::builder_with_provider(roots, Arc::clone(provider))
            .build()
            .map_err(|error| unusable(&error))?,
        None => {
            Arc::new(rustls_platform_verifier::Verifier::new(Arc::clone(provider)).map_err(|error| unusable(&error))?)
        }
    })
}

fn resolver(identity: &Identity) -> Arc<dyn ResolvesClientCert> {
    Arc::new(SingleCertAndKey::from(identity.certified()))
}

fn unusable(error: &dyn std::error::Error) -> Error {
    Error::configuration(
        format!("TLS cannot be set up: {error}"),
        "check that this machine has root certificates (on Debian the package ca-certificates), or name the roots to \
         trust with `ClientBuilder::trust_only`",
    )
}
