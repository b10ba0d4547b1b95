//! Creates the rustls configuration for TLS settings.

use std::sync::Arc;

use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::version::{TLS12, TLS13};
use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, RootCertStore, ServerConfig, SignatureScheme,
    SupportedProtocolVersion,
};

use super::authority::Authority;
use super::settings::{ClientPolicy, HttpVersions, TlsSettings, TlsVersions};
use crate::error::StartError;

pub(super) fn server_config(authority: &Authority, settings: TlsSettings) -> Result<ServerConfig, StartError> {
    // Passed explicitly: the default provider of the process is for the program that uses the sandbox to choose.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = client_verifier(authority, settings.clients, &provider)?;
    let server = authority
        .server_certificate(settings.server_certificate)
        .map_err(failed)?;
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&tls_versions(settings.versions))
        .map_err(failed)?
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![server.certificate], server.key)
        .map_err(failed)?;
    config.alpn_protocols = alpn_protocols(settings.http).iter().map(|name| name.to_vec()).collect();
    Ok(config)
}

fn tls_versions(versions: TlsVersions) -> Vec<&'static SupportedProtocolVersion> {
    match versions {
        TlsVersions::Both => vec![&TLS13, &TLS12],
        TlsVersions::Only12 => vec![&TLS12],
        TlsVersions::Only13 => vec![&TLS13],
    }
}

fn alpn_protocols(versions: HttpVersions) -> &'static [&'static [u8]] {
    match versions {
        HttpVersions::Both => &[b"h2", b"http/1.1"],
        HttpVersions::OnlyHttp1 => &[b"http/1.1"],
        HttpVersions::OnlyHttp2 => &[b"h2"],
    }
}

fn client_verifier(
    authority: &Authority,
    policy: ClientPolicy,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ClientCertVerifier>, StartError> {
    let mut roots = RootCertStore::empty();
    roots.add(authority.der().clone()).map_err(failed)?;
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider))
        .build()
        .map_err(failed)?;
    let reason = match policy {
        ClientPolicy::Verified => return Ok(verifier),
        ClientPolicy::RefusedAsExpired => CertificateError::Expired,
        ClientPolicy::RefusedAsRevoked => CertificateError::Revoked,
        ClientPolicy::RefusedAsUnknown => CertificateError::UnknownIssuer,
    };
    Ok(Arc::new(RefusingVerifier { verifier, reason }))
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> StartError {
    StartError::caused_by("could not set up the TLS of the sandbox", error)
}

/// Requests client certificates like the inner verifier, and refuses all of them.
#[derive(Debug)]
struct RefusingVerifier {
    verifier: Arc<dyn ClientCertVerifier>,
    reason: CertificateError,
}

impl ClientCertVerifier for RefusingVerifier {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        self.verifier.root_hint_subjects()
    }

    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        Err(self.reason.clone().into())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}
