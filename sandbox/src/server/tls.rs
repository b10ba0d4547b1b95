//! The TLS of the server: its own certificate, and a client certificate of its own authority required.

use std::sync::Arc;

use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

use crate::certificates::Authority;
use crate::start_error::StartError;

/// The crypto provider is named here and never installed for the process, which belongs to the user.
pub(crate) fn server_config(authority: &Authority) -> Result<ServerConfig, StartError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(authority.der().clone()).map_err(failed)?;
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
        .build()
        .map_err(failed)?;
    let server = authority.server_certificate().map_err(failed)?;
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(failed)?
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![server.certificate], server.key)
        .map_err(failed)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> StartError {
    StartError::caused_by("could not set up the TLS of the sandbox", error)
}
