//! The certificate authority of one sandbox, and the server certificates that it signs.

use std::time::{Duration, SystemTime};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, PKCS_ECDSA_P256_SHA256,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use super::settings::ServerCertificate;
use crate::error::CertificateError;

/// The names of the server.
const SERVER_NAMES: [&str; 2] = ["127.0.0.1", "localhost"];

/// Longer than any sandbox runs, and short enough that a key left behind becomes useless.
const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
/// Certificates start an hour ago, so that rounding or a slow clock cannot make them start in the future.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// The validity period of a certificate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Validity {
    pub(super) from: SystemTime,
    pub(super) until: SystemTime,
}

impl Validity {
    pub(super) fn one_year() -> Self {
        let now = SystemTime::now();
        Self {
            from: now - HOUR,
            until: now + YEAR,
        }
    }

    /// Returns a year that ended yesterday.
    pub(super) fn expired() -> Self {
        let until = SystemTime::now() - HOUR * 24;
        Self {
            from: until - YEAR,
            until,
        }
    }

    pub(super) fn apply_to(self, params: &mut CertificateParams) {
        params.not_before = self.from.into();
        params.not_after = self.until.into();
    }
}

/// The certificate and key of the server, in the types of rustls.
pub(crate) struct ServerIdentity {
    pub(crate) certificate: CertificateDer<'static>,
    pub(crate) key: PrivateKeyDer<'static>,
}

/// The authority that signs the certificates of a sandbox. It exists only in memory.
pub(crate) struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    pub(crate) fn new(name: &str) -> Result<Self, CertificateError> {
        let key = new_key().map_err(CertificateError::creating("the key of the authority"))?;
        CertifiedIssuer::self_signed(authority_params(name), key)
            .map(|issuer| Self { issuer })
            .map_err(CertificateError::creating("the certificate of the authority"))
    }

    pub(crate) fn pem(&self) -> String {
        self.issuer.pem()
    }

    pub(crate) fn der(&self) -> &CertificateDer<'static> {
        self.issuer.der()
    }

    /// Issues a certificate for the server.
    pub(crate) fn server_certificate(&self, kind: ServerCertificate) -> Result<ServerIdentity, CertificateError> {
        match kind {
            ServerCertificate::Valid => self.sign_server(&SERVER_NAMES, Validity::one_year()),
            ServerCertificate::Expired => self.sign_server(&SERVER_NAMES, Validity::expired()),
            ServerCertificate::OtherName => self.sign_server(&["elsewhere.invalid"], Validity::one_year()),
            ServerCertificate::ForeignAuthority => {
                Self::new("Foreign authority")?.server_certificate(ServerCertificate::Valid)
            }
        }
    }

    fn sign_server(&self, names: &[&str], validity: Validity) -> Result<ServerIdentity, CertificateError> {
        let failed = || CertificateError::creating("the certificate of the server");
        let key = new_key().map_err(failed())?;
        let mut params = server_params(names).map_err(failed())?;
        validity.apply_to(&mut params);
        let certificate = params.signed_by(&key, &self.issuer).map_err(failed())?;
        Ok(ServerIdentity {
            certificate: certificate.der().clone(),
            key: PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())),
        })
    }

    /// Signs a client certificate. Returns the certificate and its key as PEM.
    pub(super) fn sign_client(&self, params: &CertificateParams) -> Result<(String, String), CertificateError> {
        let failed = || CertificateError::creating("a client certificate");
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
    Validity::one_year().apply_to(&mut params);
    params
}

fn server_params(names: &[&str]) -> Result<CertificateParams, rcgen::Error> {
    let names: Vec<_> = names.iter().copied().map(str::to_owned).collect();
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "localhost");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    Ok(params)
}
