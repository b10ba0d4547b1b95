//! Errors about private keys that are encrypted, with the command that decrypts one.

use crate::error::Error;
use crate::pem::Source;

/// The key needs a passphrase, and none was passed.
pub(super) fn needs_passphrase(source: &Source) -> Error {
    let advice = if cfg!(feature = "encrypted-keys") {
        "pass its passphrase to `Identity::from_files_with_passphrase`, or decrypt it"
    } else {
        "turn on this crate's feature `encrypted-keys` and pass its passphrase, or decrypt it"
    };
    error(source, "is encrypted", advice)
}

/// The key has the encryption that preceded PKCS#8. It is too weak to be supported.
pub(super) fn traditional_encryption(source: &Source) -> Error {
    error(
        source,
        "is encrypted in an old form",
        "that is not supported, so decrypt it",
    )
}

#[cfg(feature = "encrypted-keys")]
pub(super) fn unsupported(source: &Source) -> Error {
    error(
        source,
        "is encrypted in an unusual way",
        "that is not supported, so decrypt it",
    )
}

#[cfg(feature = "encrypted-keys")]
pub(super) fn too_much_work(source: &Source) -> Error {
    error(
        source,
        "needs more work to decrypt than is allowed",
        "it may be damaged; if it is not, decrypt it",
    )
}

#[cfg(feature = "encrypted-keys")]
pub(super) fn wrong_passphrase(source: &Source) -> Error {
    error(
        source,
        "cannot be decrypted with this passphrase",
        "look for whitespace or a line end that was copied with the passphrase, and try it",
    )
}

fn error(source: &Source, problem: &str, advice: &str) -> Error {
    let name = source.in_command("client.key");
    Error::identity(
        format!("the private key in {} {problem}", source.name),
        format!("{advice} with `openssl pkey -in {name} -out decrypted.key`, readable by its owner only"),
    )
}
