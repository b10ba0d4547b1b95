//! Tests of identities from PEM in memory: which are read, and the errors for the others.

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
    let with_byte_order_marks = (format!("\u{FEFF}{root}{certificate}"), format!("\u{FEFF}{key}"));
    Identity::from_pem(with_byte_order_marks.0, with_byte_order_marks.1).unwrap();
}

#[test]
fn every_error_names_the_problem_and_what_to_do() {
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
            "there is no certificate in the PEM of the certificate: a section `-----BEGIN CERT",
        ),
        (
            &certificate,
            "",
            "there is no private key in the PEM of the key: a section `-----BEGIN PRIVATE KEY",
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
            "the PEM of the key is damaged: the section that begins in line 1 has no END mark",
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

/// An elliptic-curve key in SEC 1 is the inner part of the same key in PKCS#8.
#[test]
fn elliptic_curve_keys_are_read_in_both_forms() {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    let (_authority, Issued { certificate, key }) = issued();
    let base64: String = key.lines().filter(|line| !line.starts_with('-')).collect();
    let pkcs8 = STANDARD.decode(base64).unwrap();
    // The version 1, and the 32 bytes of the key.
    let inside = pkcs8.windows(5).position(|window| window == [2, 1, 1, 4, 32]).unwrap();
    let sec1 = STANDARD.encode(&pkcs8[inside - 2..]);
    for label in ["EC PRIVATE KEY", "PRIVATE KEY"] {
        let body = if label == "PRIVATE KEY" {
            STANDARD.encode(&pkcs8)
        } else {
            sec1.clone()
        };
        let pem = format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n");
        Identity::from_pem(&certificate, pem).unwrap();
    }
}

/// Editors, templates and messengers change PEM, but its meaning stays clear.
#[test]
fn sections_are_read_wherever_they_begin() {
    let (authority, Issued { certificate, key }) = issued();
    let root = authority.root_pem();
    let forms: [fn(&str) -> String; 9] = [
        |pem| format!("\u{FEFF}\u{FEFF}{pem}"),
        |pem| pem.replace('\n', "\n    "),
        |pem| format!("\"{}\"", pem.trim_end()),
        |pem| pem.replace('\n', "\r"),
        |pem| pem.replace('\n', ""),
        |pem| pem.replace('\n', " "),
        |pem| pem.replace('\n', "\\n"),
        |pem| format!("client.pem:{pem}"),
        |pem| pem.replace("CERTIFICATE", "X509 CERTIFICATE"),
    ];
    let chain = format!("{}{root}", certificate.trim_end());
    for (index, form) in forms.into_iter().enumerate() {
        Identity::from_pem(form(&certificate), form(&key)).unwrap();
        let identity = Identity::from_pem(form(&chain), &key).unwrap();
        let certified = spektrix_v2::internal::certified_key(&identity);
        assert_eq!(certified.cert.len(), 2, "form {index} loses a certificate of the chain");
    }
}

/// A chain with a gap would fail later, with a less helpful message.
#[test]
fn no_certificate_is_dropped_silently() {
    let (authority, Issued { certificate, key }) = issued();
    let root = authority.root_pem();
    let begins = certificate.lines().count() + 1;
    let cases = [
        (
            root.replace("-----BEGIN", "---BEGIN"),
            format!("the BEGIN or END mark in line {begins} is malformed"),
        ),
        (
            root.replace("-----BEGIN CERTIFICATE-----", ""),
            "has no BEGIN mark".to_owned(),
        ),
        (
            root.replace("-----END CERTIFICATE-----", ""),
            format!("the section that begins in line {begins} has no END mark"),
        ),
        (
            root.replace("CERTIFICATE", "TRUSTED CERTIFICATE"),
            "`TRUSTED CERTIFICATE` is a format of OpenSSL only".to_owned(),
        ),
        (root.replace("CERTIFICATE", "PKCS7"), "it is a PKCS#7 file".to_owned()),
    ];
    for (damaged, line) in cases {
        let error = Identity::from_pem(format!("{certificate}{damaged}"), &key).unwrap_err();
        assert!(error.to_string().contains(&line), "{error}");
    }
}

/// Whether an error quotes a line of a key.
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
fn debug_shows_the_subject_and_the_dates_only() {
    let (_, Issued { certificate, key }) = issued();
    let shown = format!("{:?}", Identity::from_pem(certificate, key).unwrap());
    assert_eq!(
        shown,
        "Identity { subject: \"CN=venue\", valid_from: 2000-01-01T00:00:00Z, valid_until: 2500-01-01T00:00:00Z, .. }"
    );
}
