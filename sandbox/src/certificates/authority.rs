//! A certificate authority that lives as long as its sandbox, and the server certificate that it signs.

use std::time::{Duration, SystemTime};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, PKCS_ECDSA_P256_SHA256,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use super::CertificateError;

/// Long enough for any run, short enough that a forgotten file is worthless.
const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
/// Clocks of client and server are the same here, but a certificate is never born in the future.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// From when until when a certificate is valid.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Validity {
    pub(crate) from: SystemTime,
    pub(crate) until: SystemTime,
}

impl Validity {
    pub(crate) fn one_year() -> Self {
        let now = SystemTime::now();
        Self {
            from: now - HOUR,
            until: now + YEAR,
        }
    }

    pub(crate) fn apply(self, params: &mut CertificateParams) {
        params.not_before = self.from.into();
        params.not_after = self.until.into();
    }
}

/// The server's certificate and key, as rustls takes them.
pub(crate) struct ServerCertificate {
    pub(crate) certificate: CertificateDer<'static>,
    pub(crate) key: PrivateKeyDer<'static>,
}

/// The authority that signs a sandbox's certificates.
pub(crate) struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    pub(crate) fn new(name: &str) -> Result<Self, CertificateError> {
        let failed = CertificateError::making;
        let key = new_key().map_err(failed("the key of the authority"))?;
        CertifiedIssuer::self_signed(authority_params(name), key)
            .map(|issuer| Self { issuer })
            .map_err(failed("the certificate of the authority"))
    }

    pub(crate) fn pem(&self) -> String {
        self.issuer.pem()
    }

    pub(crate) fn der(&self) -> &CertificateDer<'static> {
        self.issuer.der()
    }

    pub(crate) fn server_certificate(&self) -> Result<ServerCertificate, CertificateError> {
        let failed = || CertificateError::making("the certificate of the server");
        let key = new_key().map_err(failed())?;
        let params = server_params().map_err(failed())?;
        let certificate = params.signed_by(&key, &self.issuer).map_err(failed())?;
        Ok(ServerCertificate {
            certificate: certificate.der().clone(),
            key: PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())),
        })
    }

    /// Signs a client certificate for `params`; the certificate and its key, both PEM.
    pub(super) fn sign_client(&self, params: &CertificateParams) -> Result<(String, String), CertificateError> {
        let failed = || CertificateError::making("a client certificate");
        let key = new_key().map_err(failed())?;
        let certificate = params.signed_by(&key, &self.issuer).map_err(failed())?;
        Ok((certificate.pem(), key.serialize_pem()))
    }
}

fn new_key() -> Result<KeyPair, rcgen::Error> {
    KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)
}

fn authority_params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Validity::one_year().apply(&mut params);
    params
}

fn server_params() -> Result<CertificateParams, rcgen::Error> {
    let names = ["127.0.0.1".to_owned(), "localhost".to_owned()];
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "localhost");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    Validity::one_year().apply(&mut params);
    Ok(params)
}
