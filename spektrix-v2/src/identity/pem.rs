//! Reads the certificates and the private key of an identity from PEM.

use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs1KeyDer, PrivatePkcs8KeyDer, PrivateSec1KeyDer};

use super::key::PrivateKey;
use super::locked;
use crate::error::Error;
use crate::pem::{self, Label, Section, Source};
use crate::secret::Secret;

/// Returns every certificate of a source. There is at least one.
pub(super) fn certificates(source: &Source) -> Result<Vec<CertificateDer<'static>>, Error> {
    let found = pem::certificates(source)?;
    Ok(found.into_iter().map(|certificate| certificate.der).collect())
}

/// Returns the only private key of a source.
pub(super) fn private_key(source: &Source, passphrase: Option<&Secret>) -> Result<PrivateKey, Error> {
    let sections = source.sections()?;
    let mut keys = sections.iter().filter(|section| section.label.is_private_key());
    match (keys.next(), keys.next()) {
        (Some(key), None) => read_key(source, key, passphrase),
        (None, _) => Err(pem::no_private_key(source, &sections)),
        (Some(_), Some(_)) => Err(source.error(
            format!("there is more than one private key in {}", source.name),
            "leave the one that the certificate was requested with",
        )),
    }
}

fn read_key(source: &Source, section: &Section<'_>, passphrase: Option<&Secret>) -> Result<PrivateKey, Error> {
    if section.has_traditional_encryption() {
        return Err(locked::old_form(source));
    }
    let mut der = source.decode(section)?;
    if section.label == Label::EncryptedKey {
        return decrypt(source, &der, passphrase);
    }
    // The key takes the buffer over, so that no copy of it remains.
    let der = std::mem::take(&mut *der);
    Ok(PrivateKey::new(match section.label {
        Label::Pkcs1Key => PrivateKeyDer::Pkcs1(PrivatePkcs1KeyDer::from(der)),
        Label::Sec1Key => PrivateKeyDer::Sec1(PrivateSec1KeyDer::from(der)),
        _ => PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(der)),
    }))
}

#[cfg(feature = "encrypted-keys")]
use super::encrypted_key::decrypt;

#[cfg(not(feature = "encrypted-keys"))]
fn decrypt(source: &Source, _: &[u8], _: Option<&Secret>) -> Result<PrivateKey, Error> {
    Err(locked::needs_passphrase(source))
}
