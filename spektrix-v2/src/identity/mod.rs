//! Who we are to the service: the client certificate that Spektrix issued for a venue, and its key.

mod certificate;
mod chain;
#[cfg(feature = "encrypted-keys")]
mod encrypted_key;
mod key;
mod locked;
mod pem;
#[cfg(feature = "pkcs12")]
mod pkcs12;
mod subject;
mod validity;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use rustls::pki_types::CertificateDer;
use rustls::sign::CertifiedKey;

use crate::error::Error;
use crate::pem::{Purpose, Source};
use crate::secret::Secret;
use chain::Link;
use key::PrivateKey;
use validity::Validity;

/// A client certificate and its key.
///
/// It is read from PEM: the certificate that Spektrix sent back, and the key that the request was made with. With the
/// feature `encrypted-keys` the key may be encrypted; with `pkcs12` both may come in one PKCS#12 file. That both belong
/// together is checked here; that the certificate is valid now is checked when a client is built and before every call.
/// In its last 30 days, building a client logs a warning; so does reading a key from a file that every user of the
/// machine can read.
///
/// ```no_run
/// # fn example() -> Result<(), spektrix_v2::Error> {
/// let identity = spektrix_v2::Identity::from_files("venue-2026.crt", "venue-2026.key")?;
/// println!("renew before {}", identity.expires_at());
/// # Ok(())
/// # }
/// ```
///
/// # Limits
///
/// Without those features, encrypted keys and PKCS#12 files are refused with the command that turns them into PEM. The
/// older encryptions of PKCS#12 are read, those of keys are not.
///
/// The bytes of a key, as PEM and as DER, are wiped from memory once the key is read. Two copies are out of reach of this
/// crate: the key that the TLS library signs with, for as long as it is used, and what the library that reads PKCS#12 files
/// makes in between. The bytes that are passed to [`from_pem`](Self::from_pem) and the like belong to the caller.
#[derive(Clone)]
pub struct Identity {
    certified: Arc<CertifiedKey>,
    validity: Validity,
    subject: Arc<str>,
}

impl Identity {
    /// Reads a certificate, with or without those it was issued by, and its key.
    pub fn from_pem(certificate: impl AsRef<[u8]>, key: impl AsRef<[u8]>) -> Result<Self, Error> {
        let certificate = Source::value("the PEM of the certificate", certificate.as_ref(), Purpose::Identity);
        Self::read(
            &certificate,
            &Source::value("the PEM of the key", key.as_ref(), Purpose::Identity),
            None,
        )
    }

    /// Reads a certificate and its key from one text that holds both, in any order.
    pub fn from_pem_bundle(bundle: impl AsRef<[u8]>) -> Result<Self, Error> {
        let bundle = Source::value("the PEM bundle", bundle.as_ref(), Purpose::Identity);
        Self::read(&bundle, &bundle, None)
    }

    /// Reads a certificate and its key from PEM files. The path may be the same if one file holds both.
    pub fn from_files(certificate: impl AsRef<Path>, key: impl AsRef<Path>) -> Result<Self, Error> {
        Self::read(
            &Source::file(certificate.as_ref(), Purpose::Identity)?,
            &Source::key_file(key.as_ref())?,
            None,
        )
    }

    /// Reads a certificate and its encrypted key, PKCS#8 with PBES2. A key that is not encrypted is taken as well.
    #[cfg(feature = "encrypted-keys")]
    pub fn from_pem_with_passphrase(
        certificate: impl AsRef<[u8]>,
        key: impl AsRef<[u8]>,
        passphrase: impl Into<Secret>,
    ) -> Result<Self, Error> {
        let certificate = Source::value("the PEM of the certificate", certificate.as_ref(), Purpose::Identity);
        let key = Source::value("the PEM of the key", key.as_ref(), Purpose::Identity);
        Self::read(&certificate, &key, Some(&passphrase.into()))
    }

    /// Reads a certificate and its encrypted key from PEM files. The path may be the same if one file holds both.
    #[cfg(feature = "encrypted-keys")]
    pub fn from_files_with_passphrase(
        certificate: impl AsRef<Path>,
        key: impl AsRef<Path>,
        passphrase: impl Into<Secret>,
    ) -> Result<Self, Error> {
        let (certificate, key) = (
            Source::file(certificate.as_ref(), Purpose::Identity)?,
            Source::key_file(key.as_ref())?,
        );
        Self::read(&certificate, &key, Some(&passphrase.into()))
    }

    /// Reads a certificate and its key from the bytes of a PKCS#12 file, which is often called `.pfx` or `.p12`.
    #[cfg(feature = "pkcs12")]
    pub fn from_pkcs12(file: impl AsRef<[u8]>, passphrase: impl Into<Secret>) -> Result<Self, Error> {
        Self::open(
            &Source::value("the PKCS#12 bytes", file.as_ref(), Purpose::Identity),
            &passphrase.into(),
        )
    }

    /// Reads a certificate and its key from a PKCS#12 file, which is often called `.pfx` or `.p12`.
    #[cfg(feature = "pkcs12")]
    pub fn from_pkcs12_file(path: impl AsRef<Path>, passphrase: impl Into<Secret>) -> Result<Self, Error> {
        Self::open(&Source::key_file(path.as_ref())?, &passphrase.into())
    }

    /// Until when the certificate is valid. Renew it well within the month before.
    pub fn expires_at(&self) -> Timestamp {
        self.validity.until
    }

    /// How many whole days are left until then; less than none once it has expired.
    pub fn days_left(&self) -> i64 {
        self.validity.days_left(Timestamp::now())
    }

    /// Whom the certificate was issued to: `O=A Theatre, CN=venue`.
    ///
    /// Country, place, organisation, common name and e-mail address are shown, in the order of the certificate; parts of
    /// other kinds are left out.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    fn read(certificate: &Source, key: &Source, passphrase: Option<&Secret>) -> Result<Self, Error> {
        let certificates = pem::certificates(certificate)?;
        let private = pem::private_key(key, passphrase)?;
        Self::put_together(certificates, certificate, &private, key)
    }

    #[cfg(feature = "pkcs12")]
    fn open(file: &Source, passphrase: &Secret) -> Result<Self, Error> {
        let (certificates, key) = pkcs12::open(file, passphrase)?;
        Self::put_together(certificates, file, &key, file)
    }

    fn put_together(
        certificates: Vec<CertificateDer<'static>>,
        certificate_source: &Source,
        key: &PrivateKey,
        key_source: &Source,
    ) -> Result<Self, Error> {
        let links: Result<Vec<_>, _> = certificates.into_iter().map(Link::read).collect();
        let links = links.map_err(|error| unreadable(certificate_source, &error))?;
        let sorted = chain::sorted(links, key.signing_key(key_source)?);
        let (certified, facts) = sorted.ok_or_else(|| mismatch(certificate_source, key_source))?;
        Ok(Self {
            certified: Arc::new(certified),
            validity: facts.validity,
            subject: subject::display(&facts.subject).into(),
        })
    }

    pub(crate) fn certified(&self) -> Arc<CertifiedKey> {
        Arc::clone(&self.certified)
    }

    /// Whether the certificate is valid at this moment.
    pub(crate) fn check(&self, now: Timestamp) -> Result<(), Error> {
        self.validity.check(now)
    }

    /// Says so in the log when the last month has begun.
    pub(crate) fn warn_before_expiry(&self, now: Timestamp) {
        if let Some(days) = self.validity.last_days(now) {
            let expires = self.expires_at();
            tracing::warn!(%expires, "the client certificate expires in {days} days: ask Spektrix support for a new one");
        }
    }
}

fn mismatch(certificate: &Source, key: &Source) -> Error {
    Error::identity(
        format!(
            "the private key in {} does not belong to the certificate in {}",
            key.name, certificate.name
        ),
        "use the key that the certificate was requested with; keys of another year do not fit",
    )
}

fn unreadable(source: &Source, error: &dyn std::error::Error) -> Error {
    Error::identity(
        format!("the certificate in {} cannot be read: {error}", source.name),
        "look at it with `openssl x509 -in … -noout -text`, and ask Spektrix support to send it again if that fails too",
    )
}

/// Shows whose it is and the dates, nothing of the key.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("subject", &self.subject)
            .field("valid_from", &self.validity.from)
            .field("valid_until", &self.validity.until)
            .finish_non_exhaustive()
    }
}
