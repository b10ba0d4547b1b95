//! A private key that is wiped from memory when dropped.

use std::sync::Arc;

use rustls::pki_types::PrivateKeyDer;
use rustls::sign::SigningKey;
use zeroize::Zeroize;

use crate::crypto;
use crate::error::Error;
use crate::pem::Source;

/// A private key.
pub(super) struct PrivateKey(PrivateKeyDer<'static>);

impl PrivateKey {
    pub(super) fn new(key: PrivateKeyDer<'static>) -> Self {
        Self(key)
    }

    /// Parses the key for the TLS library, which keeps its own copy.
    pub(super) fn signing_key(&self, source: &Source) -> Result<Arc<dyn SigningKey>, Error> {
        crypto::signing_key(&self.0)?.map_err(|error| {
            Error::identity(
                format!("the private key in {} cannot be used: {error}", source.name),
                "make the certificate request with an RSA key of 2048 bits or more",
            )
        })
    }
}

impl Drop for PrivateKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
