//! The cryptography of keys and connections: aws-lc-rs or ring, by feature.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::crypto::hash::HashAlgorithm;
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

/// Returns the SHA-256 hash of some bytes, from the hash of a cipher suite: the library has it anyway.
pub(crate) fn sha256(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let provider = provider()?;
    let suites = provider
        .cipher_suites
        .iter()
        .filter_map(rustls::SupportedCipherSuite::tls13);
    let mut hashes = suites.map(|suite| suite.common.hash_provider);
    let sha256 = hashes.find(|hash| hash.algorithm() == HashAlgorithm::SHA256);
    Ok(sha256
        .map(|hash| hash.hash(bytes).as_ref().to_vec())
        .unwrap_or_default())
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
    fn sha256_is_computed() {
        let hash = super::sha256(b"abc").unwrap();
        assert_eq!(hash[..4], [0xBA, 0x78, 0x16, 0xBF]);
        assert_eq!(hash.len(), 32);
    }

    #[test]
    fn the_features_decide_which_it_is() {
        let expected = if cfg!(feature = "aws-lc-rs") { "AwsLcRs" } else { "Ring" };
        let provider = provider().unwrap();
        assert_eq!(format!("{:?}", provider.key_provider), expected);
        assert_eq!(format!("{:?}", provider.secure_random), expected);
    }
}
