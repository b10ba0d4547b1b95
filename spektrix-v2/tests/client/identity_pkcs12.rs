//! PKCS#12 files, which hold certificate and key.

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
fn what_cannot_be_opened_says_why() {
    let cases = [
        (
            "modern.p12",
            "wrong",
            "modern.p12 cannot be opened with the passphrase given: look for a blank",
        ),
        (
            "legacy.p12",
            "",
            "legacy.p12 cannot be opened with the passphrase given",
        ),
        (
            "md5-des.p12",
            "open-sesame",
            "md5-des.p12 is encrypted in a way that is not supported, or its",
        ),
        (
            "million-rounds.p12",
            "open-sesame",
            "million-rounds.p12 asks for more work to be opened than is allowed",
        ),
        (
            "no-key.p12",
            "open-sesame",
            "there is no private key in no-key.p12: export it again",
        ),
        (
            "venue.crt",
            "open-sesame",
            "venue.crt is no PKCS#12 file, or is damaged: PEM is read with",
        ),
        (
            "venue.der",
            "open-sesame",
            "venue.der is no PKCS#12 file, or is damaged",
        ),
    ];
    for (name, passphrase, expected) in cases {
        let error = Identity::from_pkcs12_file(file(name), passphrase).unwrap_err();
        assert!(line(&error).starts_with(expected), "{error}");
        assert!(!format!("{error:?}").contains("sesame"), "{error}");
    }
}

#[test]
fn a_file_cut_anywhere_is_an_error_and_no_panic() {
    let whole = std::fs::read(file("bare.p12")).unwrap();
    for end in 0..whole.len() {
        assert!(
            Identity::from_pkcs12(&whole[..end], "open-sesame").is_err(),
            "cut at {end}"
        );
    }
}
