//! Settings as rustls takes them.

use std::sync::Arc;

use rustls::version::{TLS12, TLS13};
use rustls::{ServerConfig, SupportedProtocolVersion};

use super::{HttpVersions, TlsSettings, TlsVersions, clients};
use crate::certificates::Authority;
use crate::start_error::StartError;

/// The crypto provider is named here and never installed for the process, which belongs to the user.
pub(super) fn server_config(authority: &Authority, settings: TlsSettings) -> Result<ServerConfig, StartError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = clients::verifier(authority, settings.clients, &provider)?;
    let server = authority
        .server_certificate(settings.server_certificate)
        .map_err(failed)?;
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&versions(settings.versions))
        .map_err(failed)?
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![server.certificate], server.key)
        .map_err(failed)?;
    config.alpn_protocols = protocols(settings.http).iter().map(|name| name.to_vec()).collect();
    Ok(config)
}

fn versions(versions: TlsVersions) -> Vec<&'static SupportedProtocolVersion> {
    match versions {
        TlsVersions::Both => vec![&TLS13, &TLS12],
        TlsVersions::Only12 => vec![&TLS12],
        TlsVersions::Only13 => vec![&TLS13],
    }
}

fn protocols(versions: HttpVersions) -> &'static [&'static [u8]] {
    match versions {
        HttpVersions::Both => &[b"h2", b"http/1.1"],
        HttpVersions::OnlyHttp1 => &[b"http/1.1"],
        HttpVersions::OnlyHttp2 => &[b"h2"],
    }
}

pub(super) fn failed(error: impl std::error::Error + Send + Sync + 'static) -> StartError {
    StartError::caused_by("could not set up the TLS of the sandbox", error)
}
