//! The cryptography of keys and connections: aws-lc-rs or ring, by feature.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::PrivateKeyDer;
use rustls::sign::SigningKey;

use crate::error::Error;

#[cfg(feature = "aws-lc-rs")]
use rustls::crypto::aws_lc_rs as library;
#[cfg(all(feature = "ring", not(feature = "aws-lc-rs")))]
use rustls::crypto::ring as library;

/// Returns the cryptography that this crate was built with. With both features it is aws-lc-rs. The choice of other
/// crates has no effect.
///
/// The default of the process is neither read nor set: with two providers compiled in, that would panic.
#[cfg(any(feature = "aws-lc-rs", feature = "ring"))]
#[allow(clippy::unnecessary_wraps, reason = "without cryptography it fails")]
pub(crate) fn provider() -> Result<Arc<CryptoProvider>, Error> {
    Ok(Arc::new(library::default_provider()))
}

#[cfg(not(any(feature = "aws-lc-rs", feature = "ring")))]
pub(crate) fn provider() -> Result<Arc<CryptoProvider>, Error> {
    Err(without_cryptography())
}

/// Parses a private key. The inner error is about the key, and does not quote it.
///
/// It borrows the key. [`KeyProvider::load_private_key`](rustls::crypto::KeyProvider::load_private_key) takes a copy, which
/// only newer versions of rustls wipe.
#[cfg(any(feature = "aws-lc-rs", feature = "ring"))]
#[allow(clippy::unnecessary_wraps, reason = "without cryptography it fails")]
pub(crate) fn signing_key(key: &PrivateKeyDer<'_>) -> Result<Result<Arc<dyn SigningKey>, rustls::Error>, Error> {
    Ok(library::sign::any_supported_type(key))
}

#[cfg(not(any(feature = "aws-lc-rs", feature = "ring")))]
pub(crate) fn signing_key(_: &PrivateKeyDer<'_>) -> Result<Result<Arc<dyn SigningKey>, rustls::Error>, Error> {
    Err(without_cryptography())
}

#[cfg(not(any(feature = "aws-lc-rs", feature = "ring")))]
fn without_cryptography() -> Error {
    Error::configuration(
        "this program was built without cryptography",
        "turn on the feature `aws-lc-rs` or `ring` of spektrix-v2, or use your own transport and no identity",
    )
}

#[cfg(all(test, any(feature = "aws-lc-rs", feature = "ring")))]
mod tests {
    use crate::crypto::provider;

    #[test]
    fn the_features_decide_which_it_is() {
        let expected = if cfg!(feature = "aws-lc-rs") { "AwsLcRs" } else { "Ring" };
        let provider = provider().unwrap();
        assert_eq!(format!("{:?}", provider.key_provider), expected);
        assert_eq!(format!("{:?}", provider.secure_random), expected);
    }
}
