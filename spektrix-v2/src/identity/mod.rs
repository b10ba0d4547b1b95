//! The client certificate that Spektrix issued for a venue, and its private key.

#[cfg(feature = "pkcs12")]
mod ber;
mod certificate;
mod chain;
#[cfg(feature = "encrypted-keys")]
mod encrypted_key;
mod encrypted_key_errors;
#[cfg(feature = "pkcs12")]
mod pkcs12;
mod private_key;
mod shared;
mod validity;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use rustls::pki_types::CertificateDer;
use rustls::sign::CertifiedKey;

use crate::crypto;
use crate::error::Error;
use crate::pem::{self, Purpose, Source};
use crate::secret::Secret;
use chain::Link;
use private_key::PrivateKey;
pub(crate) use shared::SharedIdentity;
use validity::Validity;

/// A client certificate and its private key.
///
/// It is read from PEM: the certificate that Spektrix sent back, and the key that it was requested with. With the feature
/// `encrypted-keys` the key may be encrypted; with `pkcs12` both may come in one PKCS#12 file. Reading checks that the two
/// belong together. Building a client and every call check that the certificate is valid now.
///
/// In the last 30 days of the certificate, building a client logs a warning. Reading a key also logs a warning if every
/// user of the machine can read its file.
///
/// ```no_run
/// # fn example() -> Result<(), spektrix_v2::Error> {
/// let identity = spektrix_v2::Identity::from_files("venue-2026.crt", "venue-2026.key")?;
/// println!("renew before {}", identity.expires_at());
/// # Ok(())
/// # }
/// ```
///
/// # What is read
///
/// A certificate may be together with the certificates of its issuers, in any order. PEM may have any text around its
/// sections, and a section may begin anywhere in a line. A damaged section is an error that names its line; nothing is
/// skipped silently. No error quotes any part of a key.
///
/// # Limits
///
/// Without these features, encrypted keys and PKCS#12 files are errors that name the command to convert them to PEM.
/// The older encryptions of PKCS#12 files are supported. The older encryptions of keys are not.
///
/// The bytes of a key, as PEM and as DER, are wiped from memory when the key has been read. This crate cannot wipe two
/// copies: the key that the TLS library signs with, as long as it is in use, and the copies that the library for
/// PKCS#12 files makes while it reads one. The bytes that are passed to [`from_pem`](Self::from_pem) and the like
/// belong to the caller.
#[derive(Clone)]
pub struct Identity {
    certified: Arc<CertifiedKey>,
    validity: Validity,
    names: Arc<Names>,
}

/// What identifies a certificate, as strings.
struct Names {
    subject: String,
    common_name: Option<String>,
    issuer: String,
    serial_number: String,
    thumbprint: String,
}

impl Identity {
    /// Reads a certificate and its key from PEM.
    pub fn from_pem(certificate: impl AsRef<[u8]>, key: impl AsRef<[u8]>) -> Result<Self, Error> {
        Self::read(&certificate_value(certificate), &key_value(key), None)
    }

    /// Reads a certificate and its key from PEM that holds both, in any order.
    pub fn from_pem_bundle(bundle: impl AsRef<[u8]>) -> Result<Self, Error> {
        let bundle = Source::value("the PEM bundle", bundle.as_ref(), Purpose::Identity);
        Self::read(&bundle, &bundle, None)
    }

    /// Reads a certificate and its key from PEM files. If one file holds both, pass its path twice.
    pub fn from_files(certificate: impl AsRef<Path>, key: impl AsRef<Path>) -> Result<Self, Error> {
        let certificate = Source::file(certificate.as_ref(), Purpose::Identity)?;
        Self::read(&certificate, &Source::key_file(key.as_ref())?, None)
    }

    /// Reads a certificate and its encrypted key from PEM. The key is PKCS#8 with PBES2, or not encrypted.
    #[cfg(feature = "encrypted-keys")]
    pub fn from_pem_with_passphrase(
        certificate: impl AsRef<[u8]>,
        key: impl AsRef<[u8]>,
        passphrase: impl Into<Secret>,
    ) -> Result<Self, Error> {
        Self::read(
            &certificate_value(certificate),
            &key_value(key),
            Some(&passphrase.into()),
        )
    }

    /// Reads a certificate and its encrypted key from PEM files. If one file holds both, pass its path twice.
    #[cfg(feature = "encrypted-keys")]
    pub fn from_files_with_passphrase(
        certificate: impl AsRef<Path>,
        key: impl AsRef<Path>,
        passphrase: impl Into<Secret>,
    ) -> Result<Self, Error> {
        let certificate = Source::file(certificate.as_ref(), Purpose::Identity)?;
        Self::read(&certificate, &Source::key_file(key.as_ref())?, Some(&passphrase.into()))
    }

    /// Reads a certificate and its key from the bytes of a PKCS#12 file, which is often called `.pfx` or `.p12`.
    #[cfg(feature = "pkcs12")]
    pub fn from_pkcs12(file: impl AsRef<[u8]>, passphrase: impl Into<Secret>) -> Result<Self, Error> {
        let file = Source::value("the PKCS#12 bytes", file.as_ref(), Purpose::Identity);
        Self::open(&file, &passphrase.into())
    }

    /// Reads a certificate and its key from a PKCS#12 file, which is often called `.pfx` or `.p12`.
    #[cfg(feature = "pkcs12")]
    pub fn from_pkcs12_file(path: impl AsRef<Path>, passphrase: impl Into<Secret>) -> Result<Self, Error> {
        Self::open(&Source::key_file(path.as_ref())?, &passphrase.into())
    }

    /// Returns when the certificate expires. Renew it within the month before.
    pub fn expires_at(&self) -> Timestamp {
        self.validity.until
    }

    /// Returns how many whole days are left before the certificate expires. The number is negative if it has expired.
    pub fn days_left(&self) -> i64 {
        self.validity.days_left(Timestamp::now())
    }

    /// Returns the name that the certificate was issued to: `O=A Theatre, CN=venue`.
    ///
    /// It lists country, place, organization, common name and email address, in the order of the certificate. Attributes of
    /// other kinds are left out.
    pub fn subject(&self) -> &str {
        &self.names.subject
    }

    /// Returns the common name in the subject, which is the venue's client name (documented); `None` if there is none.
    pub fn common_name(&self) -> Option<&str> {
        self.names.common_name.as_deref()
    }

    /// Returns the name of who issued the certificate, in the form of [`subject`](Self::subject).
    pub fn issuer(&self) -> &str {
        &self.names.issuer
    }

    /// Returns since when the certificate is valid.
    pub fn valid_from(&self) -> Timestamp {
        self.validity.from
    }

    /// Returns the serial number in hexadecimal, as `openssl x509 -noout -serial` prints it: `0A1B2C`.
    pub fn serial_number(&self) -> &str {
        &self.names.serial_number
    }

    /// Returns the SHA-256 thumbprint of the certificate, in lower-case hexadecimal without separators. It is what
    /// `openssl x509 -noout -fingerprint -sha256` prints, apart from colons and case.
    pub fn thumbprint(&self) -> &str {
        &self.names.thumbprint
    }

    fn read(certificate: &Source, key: &Source, passphrase: Option<&Secret>) -> Result<Self, Error> {
        let certificates = pem::certificates(certificate)?;
        let certificates = certificates.into_iter().map(|found| found.der).collect();
        let private_key = PrivateKey::from_pem(key, passphrase)?;
        Self::combine(certificates, certificate, &private_key, key)
    }

    #[cfg(feature = "pkcs12")]
    fn open(file: &Source, passphrase: &Secret) -> Result<Self, Error> {
        let (certificates, key) = pkcs12::open(file, passphrase)?;
        Self::combine(certificates, file, &key, file)
    }

    fn combine(
        certificates: Vec<CertificateDer<'static>>,
        certificate_source: &Source,
        key: &PrivateKey,
        key_source: &Source,
    ) -> Result<Self, Error> {
        let links: Result<Vec<_>, _> = certificates.into_iter().map(Link::parse).collect();
        let links = links.map_err(|error| unreadable(certificate_source, &error))?;
        let sorted = chain::sort(links, key.signing_key(key_source)?);
        let (certified, facts) = sorted.ok_or_else(|| mismatch(certificate_source, key_source))?;
        let thumbprint = match certified.cert.first() {
            Some(leaf) => hexadecimal(&crypto::sha256(leaf)?),
            None => String::new(),
        };
        Ok(Self {
            certified: Arc::new(certified),
            validity: facts.validity,
            names: Arc::new(Names {
                subject: certificate::display_name(&facts.subject),
                common_name: certificate::common_name(&facts.subject),
                issuer: certificate::display_name(&facts.issuer),
                serial_number: hexadecimal(&facts.serial).to_uppercase(),
                thumbprint,
            }),
        })
    }

    pub(crate) fn certified(&self) -> Arc<CertifiedKey> {
        Arc::clone(&self.certified)
    }

    /// Returns the common name of the certificate, if it differs from the client name.
    pub(crate) fn other_name(&self, client_name: &str) -> Option<&str> {
        self.common_name()
            .filter(|name| !name.trim().eq_ignore_ascii_case(client_name))
    }

    /// Returns an error if the certificate is not valid at this moment.
    pub(crate) fn check(&self, now: Timestamp) -> Result<(), Error> {
        self.validity.check(now)
    }

    /// Logs a warning in the last 30 days of the certificate.
    pub(crate) fn warn_before_expiry(&self, now: Timestamp) {
        if let Some(days) = self.validity.expires_soon(now) {
            let expires = self.expires_at();
            tracing::warn!(%expires, "the client certificate expires in {days} days: ask Spektrix support for a new one");
        }
    }
}

/// Shows the subject and the dates, but no part of the key.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("subject", &self.names.subject)
            .field("valid_from", &self.validity.from)
            .field("valid_until", &self.validity.until)
            .finish_non_exhaustive()
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn certificate_value(pem: impl AsRef<[u8]>) -> Source {
    Source::value("the PEM of the certificate", pem.as_ref(), Purpose::Identity)
}

fn key_value(pem: impl AsRef<[u8]>) -> Source {
    Source::value("the PEM of the key", pem.as_ref(), Purpose::Identity)
}

fn mismatch(certificate: &Source, key: &Source) -> Error {
    Error::identity(
        format!(
            "the private key in {} does not belong to the certificate in {}",
            key.name, certificate.name
        ),
        "use the key that the certificate was requested with, most likely of the same year",
    )
}

fn unreadable(source: &Source, error: &dyn std::error::Error) -> Error {
    Error::identity(
        format!("the certificate in {} cannot be read: {error}", source.name),
        "look at it with `openssl x509 -in … -noout -text`, and ask Spektrix support to send it again if that fails too",
    )
}
