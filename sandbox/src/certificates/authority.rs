//! A certificate authority that lives as long as its sandbox, and the server certificate that it signs.

use std::time::{Duration, SystemTime};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, PKCS_ECDSA_P256_SHA256,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use super::CertificateError;
use crate::tls::ServerCertificate;

/// What the server is called.
const OWN_NAMES: [&str; 2] = ["127.0.0.1", "localhost"];

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

    /// A year that ended yesterday.
    pub(crate) fn until_yesterday() -> Self {
        let until = SystemTime::now() - HOUR * 24;
        Self {
            from: until - YEAR,
            until,
        }
    }

    pub(crate) fn apply(self, params: &mut CertificateParams) {
        params.not_before = self.from.into();
        params.not_after = self.until.into();
    }
}

/// The server's certificate and key, as rustls takes them.
pub(crate) struct ServerIdentity {
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

    /// A certificate for the server, with what is wrong with it if anything is to be.
    pub(crate) fn server_certificate(&self, kind: ServerCertificate) -> Result<ServerIdentity, CertificateError> {
        match kind {
            ServerCertificate::Valid => self.sign_server(&OWN_NAMES, Validity::one_year()),
            ServerCertificate::Expired => self.sign_server(&OWN_NAMES, Validity::until_yesterday()),
            ServerCertificate::OtherName => self.sign_server(&["elsewhere.invalid"], Validity::one_year()),
            ServerCertificate::ForeignAuthority => {
                Self::new("Foreign authority")?.server_certificate(ServerCertificate::Valid)
            }
        }
    }

    fn sign_server(&self, names: &[&str], validity: Validity) -> Result<ServerIdentity, CertificateError> {
        let failed = || CertificateError::making("the certificate of the server");
        let key = new_key().map_err(failed())?;
        let mut params = server_params(names).map_err(failed())?;
        validity.apply(&mut params);
        let certificate = params.signed_by(&key, &self.issuer).map_err(failed())?;
        Ok(ServerIdentity {
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
