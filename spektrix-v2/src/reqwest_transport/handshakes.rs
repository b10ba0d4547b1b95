//! Observes TLS handshakes: whether one came as far as the certificates, and whether the server asked for the client's.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustls::client::ResolvesClientCert;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{DigitallySignedStruct, Error, SignatureScheme};

use crate::transport::ConnectionFacts;

/// What happened on the connections that were made with one client certificate. A resumed session shows nothing new, so
/// what was seen once stays true.
///
/// No other memory depends on these atomics: `Relaxed` is enough.
#[derive(Debug, Default)]
pub(super) struct Handshakes {
    has_handshake: AtomicBool,
    is_certificate_requested: AtomicBool,
    has_responded: AtomicBool,
}

impl Handshakes {
    pub(super) fn facts(&self) -> ConnectionFacts {
        ConnectionFacts {
            has_handshake: self.has_handshake.load(Ordering::Relaxed),
            is_certificate_requested: self.is_certificate_requested.load(Ordering::Relaxed),
            has_responded: self.has_responded.load(Ordering::Relaxed),
        }
    }

    pub(super) fn record_response(&self) {
        self.has_responded.store(true, Ordering::Relaxed);
    }
}

/// Presents the client certificate, and records that the server asked for it.
#[derive(Debug)]
pub(super) struct ObservedIdentity {
    pub(super) certified: Option<Arc<CertifiedKey>>,
    pub(super) handshakes: Arc<Handshakes>,
}

impl ResolvesClientCert for ObservedIdentity {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.handshakes.is_certificate_requested.store(true, Ordering::Relaxed);
        self.certified.clone()
    }

    fn has_certs(&self) -> bool {
        self.certified.is_some()
    }
}

/// Verifies the server's certificate as another verifier does, and records that the handshake came so far. TLS of both
/// versions asks for the client's certificate before that.
#[derive(Debug)]
pub(super) struct ObservedVerifier {
    pub(super) verifier: Arc<dyn ServerCertVerifier>,
    pub(super) handshakes: Arc<Handshakes>,
}

impl ServerCertVerifier for ObservedVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.handshakes.has_handshake.store(true, Ordering::Relaxed);
        self.verifier
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}
