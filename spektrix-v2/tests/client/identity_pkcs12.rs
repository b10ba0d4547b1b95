//! Identities from PKCS#12 files.

use spektrix_v2::Identity;

use crate::identity_files::{assert_is_the_venue, file, line};

#[test]
fn modern_and_old_encryptions_are_read() {
    for name in ["modern.p12", "aes128.p12", "legacy.p12", "3des.p12", "bare.p12"] {
        let identity = Identity::from_pkcs12_file(file(name), "open-sesame").unwrap();
        assert_is_the_venue(&identity, name);
        let bytes = std::fs::read(file(name)).unwrap();
        assert_is_the_venue(&Identity::from_pkcs12(bytes, "open-sesame").unwrap(), name);
    }
}

#[test]
fn errors_name_why_a_file_cannot_be_opened() {
    let cases = [
        (
            "modern.p12",
            "wrong",
            "modern.p12 cannot be opened with this passphrase: look for whitespace",
        ),
        ("legacy.p12", "", "legacy.p12 cannot be opened with this passphrase"),
        (
            "md5-des.p12",
            "open-sesame",
            "md5-des.p12 has an encryption that is not supported, or another",
        ),
        (
            "million-rounds.p12",
            "open-sesame",
            "million-rounds.p12 needs more work to open than is allowed",
        ),
        (
            "no-key.p12",
            "open-sesame",
            "there is no private key in no-key.p12: export it again",
        ),
        (
            "venue.crt",
            "open-sesame",
            "venue.crt is not a PKCS#12 file, or is damaged: read PEM with",
        ),
        (
            "venue.der",
            "open-sesame",
            "venue.der is not a PKCS#12 file, or is damaged",
        ),
    ];
    for (name, passphrase, expected) in cases {
        let error = Identity::from_pkcs12_file(file(name), passphrase).unwrap_err();
        assert!(line(&error).starts_with(expected), "{error}");
        assert!(!format!("{error:?}").contains("sesame"), "{error}");
    }
}

#[test]
fn every_truncation_of_a_file_is_an_error() {
    let whole = std::fs::read(file("bare.p12")).unwrap();
    for end in 0..whole.len() {
        assert!(
            Identity::from_pkcs12(&whole[..end], "open-sesame").is_err(),
            "cut at {end}"
        );
    }
}
