//! Client certificates: issues those that the sandbox accepts or refuses, and reads the one of a connected client.

use std::fmt;
use std::time::SystemTime;

use rcgen::string::Ia5String;
use rcgen::{CertificateParams, DistinguishedName, DnType, DnValue, ExtendedKeyUsagePurpose, KeyUsagePurpose};
use rustls::ServerConnection;
use rustls::pki_types::CertificateDer;
use x509_parser::parse_x509_certificate;

use super::authority::{Authority, Validity};
use crate::error::CertificateError;

/// The object identifier of `emailAddress` (PKCS #9).
const EMAIL_ADDRESS: &[u64] = &[1, 2, 840, 113_549, 1, 9, 1];

/// A client certificate with its key, both as PEM.
#[derive(Clone)]
pub struct ClientCertificate {
    certificate_pem: String,
    key_pem: String,
}

impl ClientCertificate {
    /// Returns the certificate.
    pub fn certificate_pem(&self) -> &str {
        &self.certificate_pem
    }

    /// Returns the private key in PKCS #8, not encrypted.
    pub fn key_pem(&self) -> &str {
        &self.key_pem
    }
}

impl fmt::Debug for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCertificate").finish_non_exhaustive()
    }
}

/// Builds a client certificate. Created by
/// [`Sandbox::client_certificate_builder`](crate::Sandbox::client_certificate_builder).
///
/// By default the sandbox accepts the certificate.
#[must_use = "no certificate is created until `issue` is called"]
pub struct ClientCertificateBuilder<'a> {
    authority: &'a Authority,
    foreign: bool,
    common_name: String,
    organisation: String,
    email: Option<String>,
    validity: Validity,
}

impl<'a> ClientCertificateBuilder<'a> {
    pub(crate) fn new(authority: &'a Authority, client_name: &str) -> Self {
        Self {
            authority,
            foreign: false,
            common_name: client_name.to_owned(),
            organisation: "Sandbox Theatre".to_owned(),
            email: Some("webmaster@sandbox.invalid".to_owned()),
            validity: Validity::one_year(),
        }
    }

    /// Sets the common name of the subject. The service expects the client name here.
    pub fn common_name(mut self, name: impl Into<String>) -> Self {
        self.common_name = name.into();
        self
    }

    /// Sets the organisation of the subject.
    pub fn organisation(mut self, name: impl Into<String>) -> Self {
        self.organisation = name.into();
        self
    }

    /// Sets the email address of the subject, which must be ASCII. `None` removes it.
    pub fn email(mut self, address: Option<String>) -> Self {
        self.email = address;
        self
    }

    /// Sets the validity period. The default is one year from now.
    pub fn valid(mut self, from: SystemTime, until: SystemTime) -> Self {
        self.validity = Validity { from, until };
        self
    }

    /// Sets the validity period to a year that ended yesterday.
    pub fn expired(mut self) -> Self {
        self.validity = Validity::expired();
        self
    }

    /// Signs the certificate with another authority, which the sandbox does not know.
    pub fn from_foreign_authority(mut self) -> Self {
        self.foreign = true;
        self
    }

    /// Creates the certificate and its key.
    pub fn issue(self) -> Result<ClientCertificate, CertificateError> {
        let params = self.params()?;
        let (certificate_pem, key_pem) = if self.foreign {
            Authority::new("Foreign authority")?.sign_client(&params)?
        } else {
            self.authority.sign_client(&params)?
        };
        Ok(ClientCertificate {
            certificate_pem,
            key_pem,
        })
    }

    fn params(&self) -> Result<CertificateParams, CertificateError> {
        let mut params = CertificateParams::default();
        params.distinguished_name = self.subject()?;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        params.use_authority_key_identifier_extension = true;
        self.validity.apply_to(&mut params);
        Ok(params)
    }

    fn subject(&self) -> Result<DistinguishedName, CertificateError> {
        let mut subject = DistinguishedName::new();
        subject.push(DnType::OrganizationName, self.organisation.as_str());
        subject.push(DnType::CommonName, self.common_name.as_str());
        if let Some(email) = &self.email {
            let email = Ia5String::try_from(email.as_str()).map_err(CertificateError::creating(
                "a client certificate with this email address (it must be ASCII)",
            ))?;
            subject.push(DnType::from_oid(EMAIL_ADDRESS), DnValue::Ia5String(email));
        }
        Ok(subject)
    }
}

/// The client of a connection. Its certificate has been verified.
#[derive(Debug)]
pub(crate) struct Peer {
    common_name: Option<String>,
}

impl Peer {
    pub(crate) fn of(connection: &ServerConnection) -> Self {
        let chain = connection.peer_certificates().unwrap_or_default();
        Self {
            common_name: chain.first().and_then(common_name),
        }
    }

    /// Returns the common name of the client certificate.
    pub(crate) fn common_name(&self) -> Option<&str> {
        self.common_name.as_deref()
    }
}

/// Returns the common name of the subject, or `None` if there is not exactly one.
fn common_name(certificate: &CertificateDer<'_>) -> Option<String> {
    let (_, certificate) = parse_x509_certificate(certificate).ok()?;
    let mut names = certificate.subject().iter_common_name();
    let name = names.next()?.as_str().ok()?.to_owned();
    names.next().is_none().then_some(name)
}
