//! Lets clients in by their certificates, or refuses every one of them for the reason that was asked for.

use std::sync::Arc;

use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, Error, RootCertStore, SignatureScheme};

use super::ClientPolicy;
use super::config::failed;
use crate::certificates::Authority;
use crate::start_error::StartError;

pub(super) fn verifier(
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
    Ok(Arc::new(Refuses { verifier, reason }))
}

/// Asks for a certificate as the other does, and then has none of it.
#[derive(Debug)]
struct Refuses {
    verifier: Arc<dyn ClientCertVerifier>,
    reason: CertificateError,
}

impl ClientCertVerifier for Refuses {
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
