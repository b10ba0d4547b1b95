//! Keys that are kept encrypted, for those who have the feature `encrypted-keys`: PKCS#8 with PBES2.

use pkcs8::EncryptedPrivateKeyInfoRef;
use pkcs8::pkcs5::EncryptionScheme;
use pkcs8::pkcs5::pbes2::{Kdf, ScryptParams};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::key::PrivateKey;
use super::locked;
use super::source::Source;
use crate::error::Error;
use crate::secret::Secret;

/// Decrypts a key.
pub(super) fn decrypt(source: &Source, key: &[u8], passphrase: Option<&Secret>) -> Result<PrivateKey, Error> {
    let Some(passphrase) = passphrase else {
        return Err(locked::needs_passphrase(source));
    };
    let key = EncryptedPrivateKeyInfoRef::try_from(key).map_err(|_| locked::unsupported(source))?;
    if asks_for_too_much(&key.encryption_algorithm) {
        return Err(locked::asks_for_too_much(source));
    }
    match key.decrypt(passphrase.expose()) {
        Ok(key) => {
            let key = PrivatePkcs8KeyDer::from(key.as_bytes().to_vec());
            Ok(PrivateKey::new(PrivateKeyDer::Pkcs8(key)))
        }
        Err(pkcs8::Error::EncryptedPrivateKey(error)) if is_unsupported(error) => Err(locked::unsupported(source)),
        // With a wrong passphrase the rest of the key is noise, which is noticed at the padding or, seldom, behind it.
        Err(_) => Err(locked::wrong_passphrase(source)),
    }
}

fn is_unsupported(error: pkcs8::pkcs5::Error) -> bool {
    use pkcs8::pkcs5::Error::{AlgorithmParametersInvalid, NoPbes1CryptSupport, UnsupportedAlgorithm};
    matches!(
        error,
        AlgorithmParametersInvalid { .. } | NoPbes1CryptSupport | UnsupportedAlgorithm { .. }
    )
}

/// The file says how much work it is to derive its key; a damaged or a hostile one could keep a program busy for ever.
fn asks_for_too_much(algorithm: &EncryptionScheme) -> bool {
    match algorithm.pbes2().map(|parameters| &parameters.kdf) {
        Some(Kdf::Pbkdf2(parameters)) => parameters.iteration_count > locked::MOST_ROUNDS,
        Some(Kdf::Scrypt(parameters)) => scrypt_bytes(parameters) > MOST_SCRYPT_BYTES,
        _ => false,
    }
}

/// Memory that is gone over, for each of the lanes.
fn scrypt_bytes(parameters: &ScryptParams) -> u64 {
    128_u64
        .saturating_mul(parameters.cost_parameter)
        .saturating_mul(parameters.block_size.into())
        .saturating_mul(parameters.parallelization.into())
}

const MOST_SCRYPT_BYTES: u64 = 256 * 1024 * 1024;
