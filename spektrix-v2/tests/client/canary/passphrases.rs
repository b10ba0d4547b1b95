//! Passphrases of keys and PKCS#12 files: no error shows one.

use std::path::{Path, PathBuf};

use spektrix_v2::Identity;

use super::{PASSPHRASE, assert_log_unseen, assert_silent, listen};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/identities")
        .join(name)
}

#[test]
fn no_error_about_an_encrypted_key_shows_its_passphrase() {
    let log = listen();
    let certificate = file("venue.crt");
    for name in [
        "aes256.key",
        "scrypt.key",
        "pbes1.key",
        "million-rounds.key",
        "traditional.key",
        "venue.crt",
        "none",
    ] {
        let error = Identity::from_files_with_passphrase(&certificate, file(name), PASSPHRASE).unwrap_err();
        assert_silent(&error, name);
    }
    assert_log_unseen(log);
}

#[cfg(feature = "pkcs12")]
#[test]
fn no_error_about_a_pkcs12_file_shows_its_passphrase() {
    let log = listen();
    for name in [
        "modern.p12",
        "legacy.p12",
        "md5-des.p12",
        "million-rounds.p12",
        "no-key.p12",
        "venue.crt",
        "none",
    ] {
        let error = Identity::from_pkcs12_file(file(name), PASSPHRASE).unwrap_err();
        assert_silent(&error, name);
    }
    assert_log_unseen(log);
}
