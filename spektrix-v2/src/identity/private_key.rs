//! Private keys: reads the only one of a source, and wipes it from memory when it is dropped.

use std::sync::Arc;

use rustls::pki_types::{PrivateKeyDer, PrivatePkcs1KeyDer, PrivatePkcs8KeyDer, PrivateSec1KeyDer};
use rustls::sign::SigningKey;
use zeroize::{Zeroize, Zeroizing};

#[cfg(feature = "encrypted-keys")]
use super::encrypted_key::decrypt;
use super::encrypted_key_errors as errors;
use crate::crypto;
use crate::error::Error;
use crate::pem::{self, Label, Section, Source};
use crate::secret::Secret;

/// A private key.
pub(super) struct PrivateKey(PrivateKeyDer<'static>);

impl PrivateKey {
    /// Reads the only private key of a source.
    pub(super) fn from_pem(source: &Source, passphrase: Option<&Secret>) -> Result<Self, Error> {
        let sections = source.sections()?;
        let mut keys = sections.iter().filter(|section| section.label.is_private_key());
        match (keys.next(), keys.next()) {
            (Some(key), None) => Self::from_section(source, key, passphrase),
            (None, _) => Err(pem::no_private_key(source, &sections)),
            (Some(_), Some(_)) => Err(source.error(
                format!("there is more than one private key in {}", source.name),
                "keep the one that the certificate was requested with",
            )),
        }
    }

    /// Takes a key in PKCS#8.
    pub(super) fn from_pkcs8(mut der: Zeroizing<Vec<u8>>) -> Self {
        // The buffer moves, so that no copy of it remains.
        Self(PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(std::mem::take(
            &mut *der,
        ))))
    }

    /// Parses the key for the TLS library, which keeps its own copy.
    pub(super) fn signing_key(&self, source: &Source) -> Result<Arc<dyn SigningKey>, Error> {
        crypto::signing_key(&self.0)?.map_err(|error| {
            Error::identity(
                format!("the private key in {} cannot be used: {error}", source.name),
                "request a certificate for an RSA key of 2048 bits or more",
            )
        })
    }

    fn from_section(source: &Source, section: &Section<'_>, passphrase: Option<&Secret>) -> Result<Self, Error> {
        if section.has_traditional_encryption() {
            return Err(errors::traditional_encryption(source));
        }
        let mut der = source.decode(section)?;
        match section.label {
            Label::EncryptedKey => Ok(Self::from_pkcs8(decrypt(source, &der, passphrase)?)),
            Label::Pkcs1Key => {
                let key = PrivatePkcs1KeyDer::from(std::mem::take(&mut *der));
                Ok(Self(PrivateKeyDer::Pkcs1(key)))
            }
            Label::Sec1Key => {
                let key = PrivateSec1KeyDer::from(std::mem::take(&mut *der));
                Ok(Self(PrivateKeyDer::Sec1(key)))
            }
            _ => Ok(Self::from_pkcs8(der)),
        }
    }
}

impl Drop for PrivateKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

#[cfg(not(feature = "encrypted-keys"))]
fn decrypt(source: &Source, _: &[u8], _: Option<&Secret>) -> Result<Zeroizing<Vec<u8>>, Error> {
    Err(errors::needs_passphrase(source))
}
