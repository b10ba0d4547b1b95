//! Client certificates: the one that a sandbox accepts, and the wrong ones that a test wants to see refused.

use std::fmt;
use std::time::SystemTime;

use rcgen::string::Ia5String;
use rcgen::{CertificateParams, DistinguishedName, DnType, DnValue, ExtendedKeyUsagePurpose, KeyUsagePurpose};

use super::{Authority, CertificateError, Validity};

/// The object identifier of `emailAddress` (PKCS #9).
const EMAIL_ADDRESS: &[u64] = &[1, 2, 840, 113_549, 1, 9, 1];

/// A client certificate with its key, both PEM.
#[derive(Clone)]
pub struct ClientCertificate {
    certificate_pem: String,
    key_pem: String,
}

impl ClientCertificate {
    /// The certificate.
    pub fn certificate_pem(&self) -> &str {
        &self.certificate_pem
    }

    /// The private key, PKCS #8, not encrypted.
    pub fn key_pem(&self) -> &str {
        &self.key_pem
    }
}

impl fmt::Debug for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCertificate").finish_non_exhaustive()
    }
}

/// Makes a client certificate: [`Sandbox::client_certificate_builder`](crate::Sandbox::client_certificate_builder).
///
/// As it comes it is one that the sandbox accepts; every method makes it another one.
#[must_use = "nothing is made before `issue`"]
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

    /// The subject's common name; the service expects the client name here.
    pub fn common_name(mut self, name: impl Into<String>) -> Self {
        self.common_name = name.into();
        self
    }

    /// The subject's organisation.
    pub fn organisation(mut self, name: impl Into<String>) -> Self {
        self.organisation = name.into();
        self
    }

    /// The subject's email address, ASCII only; `None` leaves it out.
    pub fn email(mut self, address: Option<String>) -> Self {
        self.email = address;
        self
    }

    /// From when until when the certificate is valid. Without this: from now for one year.
    pub fn valid(mut self, from: SystemTime, until: SystemTime) -> Self {
        self.validity = Validity { from, until };
        self
    }

    /// Valid for a year that ended yesterday.
    pub fn expired(mut self) -> Self {
        self.validity = Validity::until_yesterday();
        self
    }

    /// Signed by an authority that the sandbox does not know.
    pub fn from_foreign_authority(mut self) -> Self {
        self.foreign = true;
        self
    }

    /// Makes the certificate and its key.
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
        self.validity.apply(&mut params);
        Ok(params)
    }

    fn subject(&self) -> Result<DistinguishedName, CertificateError> {
        let mut subject = DistinguishedName::new();
        subject.push(DnType::OrganizationName, self.organisation.as_str());
        subject.push(DnType::CommonName, self.common_name.as_str());
        if let Some(email) = &self.email {
            let email = Ia5String::try_from(email.as_str()).map_err(CertificateError::making(
                "a client certificate with this email address (it must be ASCII)",
            ))?;
            subject.push(DnType::from_oid(EMAIL_ADDRESS), DnValue::Ia5String(email));
        }
        Ok(subject)
    }
}
