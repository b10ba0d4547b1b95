//! Who we are to the service: the client certificate that Spektrix issued for a venue, and its key.

mod dates;
mod pem;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use rustls::sign::CertifiedKey;

use crate::error::Error;
use dates::Validity;
use pem::Source;

pub(crate) use pem::without_bom;

/// A client certificate and its key.
///
/// It is read from PEM: the certificate that Spektrix sent back, and the key that the request was made with. That both
/// belong together is checked here; that the certificate is valid now is checked when a client is built and
/// before every call.
///
/// ```no_run
/// # fn example() -> Result<(), spektrix_v2::Error> {
/// let identity = spektrix_v2::Identity::from_files("venue-2026.crt", "venue-2026.key")?;
/// println!("renew before {}", identity.expires());
/// # Ok(())
/// # }
/// ```
///
/// # Limits
///
/// An encrypted key is refused with the command that decrypts it. The key's text is wiped from memory once it is read;
/// the copy that the TLS library keeps for signing is not.
#[derive(Clone)]
pub struct Identity {
    certified: Arc<CertifiedKey>,
    validity: Validity,
}

impl Identity {
    /// Reads a certificate, with or without those it was issued by, and its key.
    pub fn from_pem(certificate: impl AsRef<[u8]>, key: impl AsRef<[u8]>) -> Result<Self, Error> {
        let certificate = Source::given("the PEM of the certificate", certificate.as_ref());
        Self::read(&certificate, &Source::given("the PEM of the key", key.as_ref()))
    }

    /// Reads a certificate and its key from one text that holds both, in any order.
    pub fn from_pem_bundle(bundle: impl AsRef<[u8]>) -> Result<Self, Error> {
        let bundle = Source::given("the PEM bundle", bundle.as_ref());
        Self::read(&bundle, &bundle)
    }

    /// Reads a certificate and its key from PEM files. The path may be the same if one file holds both.
    pub fn from_files(certificate: impl AsRef<Path>, key: impl AsRef<Path>) -> Result<Self, Error> {
        Self::read(&Source::file(certificate.as_ref())?, &Source::file(key.as_ref())?)
    }

    /// Until when the certificate is valid. Renew it well within the month before.
    pub fn expires(&self) -> Timestamp {
        self.validity.until
    }

    fn read(certificate: &Source, key: &Source) -> Result<Self, Error> {
        let certified = pem::certified(certificate, key)?;
        let leaf = certified
            .end_entity_cert()
            .map_err(|error| unreadable(certificate, &error))?;
        let validity = dates::validity(leaf).map_err(|error| unreadable(certificate, &error))?;
        Ok(Self {
            certified: Arc::new(certified),
            validity,
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
            let expires = self.expires();
            tracing::warn!(%expires, "the client certificate expires in {days} days: ask Spektrix support for a new one");
        }
    }
}

fn unreadable(source: &Source, error: &dyn std::error::Error) -> Error {
    Error::identity(
        format!("the certificate in {} cannot be read: {error}", source.name),
        "look at it with `openssl x509 -in … -noout -text`, and ask Spektrix support to send it again if that fails too",
    )
}

/// Shows the dates, nothing of the key.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("valid_from", &self.validity.from)
            .field("valid_until", &self.validity.until)
            .finish_non_exhaustive()
    }
}
