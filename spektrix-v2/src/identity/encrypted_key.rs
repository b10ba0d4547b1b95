//! Keys that are kept encrypted, for those who have the feature `encrypted-keys`: PKCS#8 with PBES2.

use pkcs8::EncryptedPrivateKeyInfoRef;
use pkcs8::pkcs5::EncryptionScheme;
use pkcs8::pkcs5::pbes2::{Kdf, ScryptParams};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::key::PrivateKey;
use super::locked;
use crate::error::Error;
use crate::pem::Source;
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
    fn scrypt_is_limited_by_the_memory_that_it_goes_through() {
        let cases = [
            // What OpenSSL writes unless told otherwise: 16 MiB.
            (14, 8, 1, 16 * MIB, false),
            // 256 MiB, by each of the three parameters.
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
            assert_eq!(
                asks_for_too_much(&scheme(Kdf::Scrypt(parameters))),
                refused,
                "{context}"
            );
        }
        let mut parameters = scrypt_params(14, 8, 1);
        (parameters.cost_parameter, parameters.block_size) = (u64::MAX, u16::MAX);
        assert_eq!(scrypt_bytes(&parameters), u64::MAX, "it does not overflow");
    }

    #[test]
    fn pbkdf2_is_limited_by_its_rounds() {
        for (rounds, refused) in [(1, false), (1_000_000, false), (1_000_001, true), (u32::MAX, true)] {
            let parameters = Pbkdf2Params::hmac_sha256(1, b"saltsalt").map(|mut parameters| {
                parameters.iteration_count = rounds;
                parameters
            });
            assert_eq!(
                asks_for_too_much(&scheme(Kdf::Pbkdf2(parameters.unwrap()))),
                refused,
                "{rounds}"
            );
        }
    }
}
