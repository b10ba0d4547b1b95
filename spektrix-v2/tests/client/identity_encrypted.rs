//! Identities from private keys with a passphrase.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use spektrix_v2::{Error, Identity};

use crate::identity_files::{assert_is_the_venue, file, line};

fn read(key: &str, passphrase: &str) -> Result<Identity, Error> {
    Identity::from_files_with_passphrase(file("venue.crt"), file(key), passphrase)
}

#[test]
fn every_common_encryption_is_read() {
    for key in ["aes256.key", "aes128.key", "des3.key", "scrypt.key", "plain.key"] {
        assert_is_the_venue(&read(key, "open-sesame").unwrap(), key);
    }
    let bytes = |name| std::fs::read(file(name)).unwrap();
    let (certificate, key) = (bytes("venue.crt"), bytes("aes256.key"));
    Identity::from_pem_with_passphrase(certificate, key, "open-sesame").unwrap();
}

#[test]
fn errors_name_why_a_key_cannot_be_decrypted() {
    let command = "with `openssl pkey -in";
    let cases = [
        (
            "aes256.key",
            "wrong",
            "cannot be decrypted with this passphrase: look for whitespace",
        ),
        ("aes128.key", "", "cannot be decrypted with this passphrase"),
        ("scrypt.key", "wrong", "cannot be decrypted with this passphrase"),
        (
            "pbes1.key",
            "open-sesame",
            "is encrypted in an unusual way: that is not supported, so decrypt it",
        ),
        (
            "million-rounds.key",
            "open-sesame",
            "needs more work to decrypt than is allowed: it may be damaged",
        ),
    ];
    for (key, passphrase, what) in cases {
        let error = read(key, passphrase).unwrap_err();
        let expected = format!("the private key in {key} {what}");
        assert!(
            line(&error).starts_with(&expected) && line(&error).contains(command),
            "{error}"
        );
        assert!(!format!("{error:?}").contains("sesame"), "{error}");
    }
}

/// DES, an encryption of PKCS #5 that preceded PBES2.
#[test]
fn another_encryption_is_no_wrong_passphrase() {
    let parameters = [&[0x30, 14, 0x04, 8][..], b"saltsalt", &[2, 2, 8, 0]].concat();
    let algorithm = [
        &[0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 5, 10][..],
        &parameters,
    ]
    .concat();
    let der = [
        &[0x30, 39, 0x30, 27][..],
        &algorithm,
        &[0x04, 8, 1, 2, 3, 4, 5, 6, 7, 8],
    ]
    .concat();
    let key = format!(
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n{}\n-----END ENCRYPTED PRIVATE KEY-----\n",
        STANDARD.encode(der)
    );
    let certificate = std::fs::read(file("venue.crt")).unwrap();
    let error = Identity::from_pem_with_passphrase(certificate, key, "open-sesame").unwrap_err();
    let expected = "the private key in the PEM of the key is encrypted in an unusual way: that is not supported";
    assert!(error.to_string().starts_with(expected), "{error}");
}

/// The file itself sets the amount of work: a damaged or hostile file could keep a program busy for hours, or use up
/// its memory.
#[test]
fn scrypt_that_needs_too_much_memory_is_refused() {
    let pem = std::fs::read_to_string(file("scrypt.key")).unwrap();
    let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let mut der = STANDARD.decode(base64).unwrap();
    // N = 1024, r = 8, p = 1, each an INTEGER of DER.
    let parameters = [2, 2, 4, 0, 2, 1, 8, 2, 1, 1];
    let at = der
        .windows(parameters.len())
        .position(|window| window == parameters)
        .unwrap();
    (der[at + 6], der[at + 9]) = (127, 127);
    let label = "ENCRYPTED PRIVATE KEY";
    let key = format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        STANDARD.encode(der)
    );
    let certificate = std::fs::read(file("venue.crt")).unwrap();
    let error = Identity::from_pem_with_passphrase(certificate, key, "open-sesame").unwrap_err();
    let expected = "the private key in the PEM of the key needs more work to decrypt than is allowed";
    assert!(error.to_string().starts_with(expected), "{error}");
}
