//! Decrypts private keys, with the feature `encrypted-keys`: PKCS#8 with PBES2.

use pkcs8::EncryptedPrivateKeyInfoRef;
use pkcs8::pkcs5::EncryptionScheme;
use pkcs8::pkcs5::pbes2::{Kdf, ScryptParams};
use zeroize::Zeroizing;

use super::encrypted_key_errors as errors;
use crate::error::Error;
use crate::pem::Source;
use crate::secret::Secret;

/// Decrypts a key. Returns it in PKCS#8.
pub(super) fn decrypt(source: &Source, key: &[u8], passphrase: Option<&Secret>) -> Result<Zeroizing<Vec<u8>>, Error> {
    let Some(passphrase) = passphrase else {
        return Err(errors::needs_passphrase(source));
    };
    let key = EncryptedPrivateKeyInfoRef::try_from(key).map_err(|_| errors::unsupported(source))?;
    if is_too_much_work(&key.encryption_algorithm) {
        return Err(errors::too_much_work(source));
    }
    match key.decrypt(passphrase.expose()) {
        Ok(key) => Ok(Zeroizing::new(key.as_bytes().to_vec())),
        Err(pkcs8::Error::EncryptedPrivateKey(error)) if is_unsupported(error) => Err(errors::unsupported(source)),
        // With a wrong passphrase the result is random. The check of the padding or, rarely, the parser of the key
        // notices it.
        Err(_) => Err(errors::wrong_passphrase(source)),
    }
}

fn is_unsupported(error: pkcs8::pkcs5::Error) -> bool {
    use pkcs8::pkcs5::Error::{AlgorithmParametersInvalid, NoPbes1CryptSupport, UnsupportedAlgorithm};
    matches!(
        error,
        AlgorithmParametersInvalid { .. } | NoPbes1CryptSupport | UnsupportedAlgorithm { .. }
    )
}

/// Whether the passphrase of a key takes too much work.
///
/// The file itself sets the amount of work: a damaged or hostile file could keep a program busy for hours.
fn is_too_much_work(algorithm: &EncryptionScheme) -> bool {
    match algorithm.pbes2().map(|parameters| &parameters.kdf) {
        Some(Kdf::Pbkdf2(parameters)) => parameters.iteration_count > MAX_PBKDF2_ROUNDS,
        Some(Kdf::Scrypt(parameters)) => scrypt_bytes(parameters) > MAX_SCRYPT_BYTES,
        _ => false,
    }
}

/// Returns how many bytes scrypt reads and writes: 128 · N · r for each of p lanes.
fn scrypt_bytes(parameters: &ScryptParams) -> u64 {
    128_u64
        .saturating_mul(parameters.cost_parameter)
        .saturating_mul(parameters.block_size.into())
        .saturating_mul(parameters.parallelization.into())
}

/// Ten times as many as careful software uses.
const MAX_PBKDF2_ROUNDS: u32 = 1_000_000;

const MAX_SCRYPT_BYTES: u64 = 256 * 1024 * 1024;

#[cfg(test)]
mod tests {
    use pkcs8::pkcs5::pbes2::{EncryptionScheme as Cipher, Parameters, Pbkdf2Params};
    use pkcs8::pkcs5::scrypt;

    use super::*;

    const MIB: u64 = 1024 * 1024;

    fn scheme(kdf: Kdf) -> EncryptionScheme {
        let encryption = Cipher::Aes256Cbc { iv: [0; 16] };
        EncryptionScheme::Pbes2(Parameters { kdf, encryption })
    }

    fn scrypt_params(log_n: u8, r: u32, p: u32) -> ScryptParams {
        let parameters = scrypt::Params::new(log_n, r, p).unwrap();
        ScryptParams::from_params_and_salt(parameters, b"saltsalt").unwrap()
    }

    #[test]
    fn scrypt_is_limited_by_the_memory_that_it_uses() {
        let cases = [
            // The default of OpenSSL.
            (14, 8, 1, 16 * MIB, false),
            // The limit, reached by each of the three parameters.
            (18, 8, 1, 256 * MIB, false),
            (14, 128, 1, 256 * MIB, false),
            (14, 8, 16, 256 * MIB, false),
            (19, 8, 1, 512 * MIB, true),
            (18, 9, 1, 288 * MIB, true),
            (18, 8, 2, 512 * MIB, true),
            (14, 129, 1, 258 * MIB, true),
            (14, 8, 17, 272 * MIB, true),
        ];
        for (log_n, r, p, bytes, refused) in cases {
            let parameters = scrypt_params(log_n, r, p);
            let context = format!("N = 2^{log_n}, r = {r}, p = {p}");
            assert_eq!(scrypt_bytes(&parameters), bytes, "{context}");
            assert_eq!(is_too_much_work(&scheme(Kdf::Scrypt(parameters))), refused, "{context}");
        }
        let mut parameters = scrypt_params(14, 8, 1);
        (parameters.cost_parameter, parameters.block_size) = (u64::MAX, u16::MAX);
        assert_eq!(scrypt_bytes(&parameters), u64::MAX, "the product must saturate");
    }

    #[test]
    fn pbkdf2_is_limited_by_its_rounds() {
        for (rounds, refused) in [(1, false), (1_000_000, false), (1_000_001, true), (u32::MAX, true)] {
            let parameters = Pbkdf2Params::hmac_sha256(1, b"saltsalt").map(|mut parameters| {
                parameters.iteration_count = rounds;
                parameters
            });
            assert_eq!(
                is_too_much_work(&scheme(Kdf::Pbkdf2(parameters.unwrap()))),
                refused,
                "{rounds}"
            );
        }
    }
}
