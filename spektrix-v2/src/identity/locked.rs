//! What is said of keys and files that are encrypted.

use crate::error::Error;
use crate::pem::Source;

/// How often a passphrase is hashed at most: ten times as often as cautious software does.
#[cfg(feature = "encrypted-keys")]
pub(super) const MOST_ROUNDS: u32 = 1_000_000;

/// Encrypted, and nobody said how.
pub(super) fn needs_passphrase(source: &Source) -> Error {
    let advice = if cfg!(feature = "encrypted-keys") {
        "give its passphrase with `Identity::from_files_with_passphrase`, or decrypt it"
    } else {
        "turn on this crate's feature `encrypted-keys` and give its passphrase, or decrypt it"
    };
    encrypted(source, "is encrypted", advice)
}

/// Keys of before PKCS#8 are encrypted in a way that is too weak to be worth supporting.
pub(super) fn old_form(source: &Source) -> Error {
    encrypted(
        source,
        "is encrypted in an old form",
        "that is not supported, so decrypt it",
    )
}

#[cfg(feature = "encrypted-keys")]
pub(super) fn unsupported(source: &Source) -> Error {
    encrypted(
        source,
        "is encrypted in an unusual way",
        "that is not supported, so decrypt it",
    )
}

#[cfg(feature = "encrypted-keys")]
pub(super) fn asks_for_too_much(source: &Source) -> Error {
    encrypted(
        source,
        "asks for more work to be decrypted than is allowed",
        "it may be damaged; if it is not, decrypt it",
    )
}

#[cfg(feature = "encrypted-keys")]
pub(super) fn wrong_passphrase(source: &Source) -> Error {
    encrypted(
        source,
        "cannot be decrypted with the passphrase given",
        "look for a blank or a line end that came along with the passphrase, and try it",
    )
}

fn encrypted(source: &Source, how: &str, advice: &str) -> Error {
    let name = source.in_command("client.key");
    Error::identity(
        format!("the private key in {} {how}", source.name),
        format!("{advice} with `openssl pkey -in {name} -out decrypted.key`, readable by its owner only"),
    )
}
