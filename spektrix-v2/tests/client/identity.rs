//! Reading certificates and keys: what is taken, and what is said of what is not.

use std::path::Path;

use spektrix_v2::{Error, Identity};

use crate::authority::{Authority, Issued};

fn issued() -> (Authority, Issued) {
    let authority = Authority::new("a root");
    let issued = authority.client_pem((2000, 1, 1), (2500, 1, 1));
    (authority, issued)
}

#[test]
fn pairs_and_bundles_are_read_in_any_order() {
    let (authority, Issued { certificate, key }) = issued();
    let root = authority.root_pem();
    let bundles = [
        format!("{certificate}{key}"),
        format!("{key}{certificate}"),
        format!("{root}{key}{certificate}"),
        format!("\u{FEFF}{certificate}{key}"),
        format!("Bag Attributes\n    friendlyName: venue\n{certificate}{key}").replace('\n', "\r\n"),
    ];
    for bundle in bundles {
        let identity = Identity::from_pem_bundle(&bundle).unwrap();
        assert_eq!(identity.expires_at().to_string(), "2500-01-01T00:00:00Z");
    }
    let with_marks = (format!("\u{FEFF}{root}{certificate}"), format!("\u{FEFF}{key}"));
    Identity::from_pem(with_marks.0, with_marks.1).unwrap();
}

#[test]
fn every_fault_is_named_with_what_to_do() {
    let (authority, Issued { certificate, key }) = issued();
    let other = authority.client_pem((2000, 1, 1), (2500, 1, 1));
    let encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
    let old_encrypted =
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: X\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
    let two = format!("{key}{}", other.key);
    let cut = &key[..key.len() - 30];
    let der = "\u{30}\u{1}\u{2}";
    let no_key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    let no_certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let cases = [
        (
            "",
            key.as_str(),
            "there is no certificate in the PEM of the certificate: a part `-----BEGIN CERT",
        ),
        (
            &certificate,
            "",
            "there is no private key in the PEM of the key: a part `-----BEGIN PRIVATE KEY",
        ),
        (
            &certificate,
            &certificate,
            "there is no private key in the PEM of the key: it is a certificate: use the key",
        ),
        (
            der,
            &key,
            "there is no certificate in the PEM of the certificate: it is a binary file",
        ),
        (
            &certificate,
            der,
            "there is no private key in the PEM of the key: it is a binary file",
        ),
        (
            &certificate,
            encrypted,
            "the private key in the PEM of the key is encrypted: ",
        ),
        (
            &certificate,
            old_encrypted,
            "the private key in the PEM of the key is encrypted in an old form: that is not supported",
        ),
        (
            &certificate,
            &two,
            "there is more than one private key in the PEM of the key",
        ),
        (
            &certificate,
            &other.key,
            "the private key in the PEM of the key does not belong to the certificate in the PEM of the certificate",
        ),
        (
            &certificate,
            cut,
            "the PEM of the key is damaged: a part has no end line",
        ),
        (
            &certificate,
            no_key,
            "the private key in the PEM of the key cannot be used",
        ),
        (
            no_certificate,
            &key,
            "the certificate in the PEM of the certificate cannot be read",
        ),
    ];
    for (certificate, key, line) in cases {
        let error = Identity::from_pem(certificate, key).unwrap_err();
        assert!(error.is_certificate() && error.is_configuration());
        assert!(error.to_string().starts_with(line), "{error}");
        assert!(error.hint().is_some());
        assert!(!quotes(&error, &other.key) && !quotes(&error, key), "{error}");
    }
}

/// Whether an error quotes a line of the base64 of a key.
fn quotes(error: &Error, key: &str) -> bool {
    let texts = format!("{error} {error:?}");
    let mut lines = key.lines().filter(|line| line.len() > 10 && !line.starts_with('-'));
    lines.any(|line| texts.contains(line) || texts.contains(&format!("{:?}", line.as_bytes())))
}

#[test]
fn files_are_named_in_errors() {
    let error = Identity::from_files("no/such.crt", "no/such.key").unwrap_err();
    assert!(error.to_string().starts_with("no/such.crt cannot be read: "), "{error}");
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let error = Identity::from_files(&manifest, &manifest).unwrap_err();
    assert!(error.to_string().contains("Cargo.toml"), "{error}");
}

#[test]
fn debug_shows_the_dates_and_no_key() {
    let (_, Issued { certificate, key }) = issued();
    let shown = format!("{:?}", Identity::from_pem(certificate, key).unwrap());
    assert_eq!(
        shown,
        "Identity { subject: \"CN=venue\", valid_from: 2000-01-01T00:00:00Z, valid_until: 2500-01-01T00:00:00Z, .. }"
    );
}
