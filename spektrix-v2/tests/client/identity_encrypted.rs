//! Private keys that are opened with a passphrase.

use spektrix_v2::{Error, Identity};

use crate::identity_files::{assert_is_the_venue, file, line};

fn read(key: &str, passphrase: &str) -> Result<Identity, Error> {
    Identity::from_files_with_passphrase(file("venue.crt"), file(key), passphrase)
}

#[test]
fn every_usual_encryption_is_read() {
    for key in ["aes256.key", "aes128.key", "des3.key", "scrypt.key", "plain.key"] {
        assert_is_the_venue(&read(key, "open-sesame").unwrap(), key);
    }
    let bytes = |name| std::fs::read(file(name)).unwrap();
    let (certificate, key) = (bytes("venue.crt"), bytes("aes256.key"));
    Identity::from_pem_with_passphrase(certificate, key, "open-sesame").unwrap();
}

#[test]
fn what_cannot_be_decrypted_says_why() {
    let command = "with `openssl pkey -in";
    let cases = [
        (
            "aes256.key",
            "wrong",
            "cannot be decrypted with the passphrase given: look for a blank",
        ),
        ("aes128.key", "", "cannot be decrypted with the passphrase given"),
        ("scrypt.key", "wrong", "cannot be decrypted with the passphrase given"),
        (
            "pbes1.key",
            "open-sesame",
            "is encrypted in an unusual way: that is not supported, so decrypt it",
        ),
        (
            "million-rounds.key",
            "open-sesame",
            "asks for more work to be decrypted than is allowed: it may be damaged",
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
