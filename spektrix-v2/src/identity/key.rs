//! A private key that is wiped from memory when dropped.

use std::sync::Arc;

use rustls::pki_types::PrivateKeyDer;
use rustls::sign::SigningKey;
use zeroize::Zeroize;

use super::source::Source;
use crate::error::Error;
use crate::transport::provider;

/// A private key.
pub(super) struct PrivateKey(PrivateKeyDer<'static>);

impl PrivateKey {
    pub(super) fn new(key: PrivateKeyDer<'static>) -> Self {
        Self(key)
    }

    /// The key as the TLS library uses it. It keeps a copy of its own.
    pub(super) fn signing(&self, source: &Source) -> Result<Arc<dyn SigningKey>, Error> {
        let key = provider()?.key_provider.load_private_key(self.0.clone_key());
        key.map_err(|error| {
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
