//! Tests of identities from files in every format of certificates and keys: the files in `tests/identities`.

use std::path::{Path, PathBuf};

use spektrix_v2::{Error, Identity};

use crate::authority::Authority;
use spektrix_v2_test_support::canary::Log;

const SUBJECT: &str = "O=A Theatre, CN=venue, emailAddress=web@theatre.example";

pub(crate) fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/identities")
        .join(name)
}

pub(crate) fn assert_is_the_venue(identity: &Identity, context: &str) {
    assert_eq!(identity.subject(), SUBJECT, "{context}");
    assert!(identity.days_left() > 30_000, "{context}");
}

/// Returns the message of an error about a file, without the path of its folder.
pub(crate) fn line(error: &Error) -> String {
    assert!(error.is_certificate() && error.is_configuration(), "{error}");
    assert!(error.hint().is_some_and(|hint| !hint.is_empty()), "{error}");
    let folder = format!("{}/", file("").display().to_string().trim_end_matches('/'));
    error.to_string().replace(&folder, "")
}

/// The certificate has version 1, without extensions.
#[test]
fn pem_files_are_read_with_any_text_around_the_sections() {
    let pairs = [
        ("venue.crt", "plain.key"),
        ("bag-attributes.pem", "bag-attributes.pem"),
        ("bag-attributes.pem", "plain.key"),
    ];
    for (certificate, key) in pairs {
        let identity = Identity::from_files(file(certificate), file(key)).unwrap();
        assert_is_the_venue(&identity, certificate);
    }
}

#[test]
fn errors_name_the_format_of_a_file_and_the_command_for_it() {
    let good = ("venue.crt", "plain.key");
    let cases = [
        (
            "venue.csr",
            good.1,
            "there is no certificate in venue.csr: it is a certificate request, which is for Spektrix: use the",
        ),
        (
            "public.key",
            good.1,
            "there is no certificate in public.key: it is a public key: use the certificate that Spektrix sent",
        ),
        (
            good.1,
            good.0,
            "there is no certificate in plain.key: it is a private key: use the certificate that Spektrix sent; perhaps",
        ),
        (
            "venue.der",
            good.1,
            "there is no certificate in venue.der: it is a binary file: convert it to PEM with `openssl x509 -inform der -in venue.der",
        ),
        (
            "venue.p7b",
            good.1,
            "there is no certificate in venue.p7b: it is a PKCS#7 file: convert it to PEM with `openssl pkcs7 -print_certs -in venue.p7b",
        ),
        (
            good.0,
            "venue.csr",
            "there is no private key in venue.csr: it is a certificate request: use the key that was made together",
        ),
        (
            good.0,
            "public.key",
            "there is no private key in public.key: it is a public key: use the private key that was made",
        ),
        (
            good.0,
            good.0,
            "there is no private key in venue.crt: it is a certificate: use the key that it was requested with",
        ),
        (
            good.0,
            "traditional.key",
            "the private key in traditional.key is encrypted in an old form: that is not supported, so decrypt it with \
             `openssl pkey -in traditional.key -out decrypted.key`",
        ),
        (
            "root.crt",
            good.1,
            "the private key in plain.key does not belong to the certificate in root.crt: use the key that",
        ),
        (
            "modern.p12",
            "modern.p12",
            if cfg!(feature = "pkcs12") {
                "there is no certificate in modern.p12: it is a PKCS#12 file: read it with `Identity::from_pkcs12`"
            } else {
                "there is no certificate in modern.p12: it is a PKCS#12 file: turn on this crate's feature `pkcs12` and \
                 read it with `Identity::from_pkcs12`, or convert it to PEM with `openssl pkcs12 -in modern.p12 -nodes"
            },
        ),
        (
            good.0,
            "aes256.key",
            if cfg!(feature = "encrypted-keys") {
                "the private key in aes256.key is encrypted: pass its passphrase to \
                 `Identity::from_files_with_passphrase`, or decrypt it with `openssl pkey -in aes256.key"
            } else {
                "the private key in aes256.key is encrypted: turn on this crate's feature `encrypted-keys` and pass its \
                 passphrase, or decrypt it with `openssl pkey -in aes256.key"
            },
        ),
    ];
    for (certificate, key, expected) in cases {
        let error = Identity::from_files(file(certificate), file(key)).unwrap_err();
        assert!(line(&error).starts_with(expected), "{error}");
    }
}

#[test]
fn utf_16_is_recognized() {
    let pem = std::fs::read_to_string(file("venue.crt")).unwrap();
    let utf_16: Vec<u8> = [0xFEFF]
        .into_iter()
        .chain(pem.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let expected = "there is no certificate in the PEM bundle: it is a text file in UTF-16: save it as UTF-8 or ASCII";
    let without_pem: Vec<u8> = "\u{FEFF}no PEM".encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [&utf_16[..], &utf_16[2..], &without_pem] {
        let error = Identity::from_pem_bundle(bytes).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

/// Base64 that lacks what makes it PEM, or hides it.
#[test]
fn base64_alone_is_recognized() {
    use base64::Engine as _;
    let pem = |name: &str| std::fs::read_to_string(file(name)).unwrap();
    let (certificate, key) = (pem("venue.crt"), pem("plain.key"));
    let encoded = |pem: &str| base64::engine::general_purpose::STANDARD.encode(pem);
    let bare = |pem: &str| {
        pem.lines()
            .filter(|line| !line.starts_with('-'))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let cases = [
        (
            encoded(&certificate),
            encoded(&key),
            "it is PEM that is encoded in base64: decode it",
        ),
        (
            bare(&certificate),
            bare(&key),
            "it is base64 without marks: put `-----BEGIN ",
        ),
        ("Sorry".to_owned(), "Sorry".to_owned(), "a section `-----BEGIN "),
        (
            "MII <html>".to_owned(),
            "MII <html>".to_owned(),
            "a section `-----BEGIN ",
        ),
    ];
    for (other_certificate, other_key, expected) in cases {
        for (what, read) in [
            ("certificate", Identity::from_pem(&other_certificate, &key)),
            ("private key", Identity::from_pem(&certificate, &other_key)),
        ] {
            let error = read.unwrap_err().to_string();
            assert!(error.starts_with(&format!("there is no {what} in ")), "{error}");
            assert!(error.contains(expected), "{error}");
        }
    }
}

/// A chain with a gap would fail later, with a less helpful message.
#[test]
fn a_certificate_with_another_label_is_not_skipped() {
    let pem = |name: &str| std::fs::read_to_string(file(name)).unwrap();
    let chain = format!(
        "{}{}",
        pem("venue.crt"),
        pem("root.crt").replace("CERTIFICATE", "CERTIFICATE CHAIN")
    );
    let error = Identity::from_pem(chain, pem("plain.key")).unwrap_err().to_string();
    assert!(
        error.contains("a section has an unusual label: only `-----BEGIN CERTIFICATE-----`"),
        "{error}"
    );
}

#[test]
fn the_certificate_that_expires_last_is_used() {
    let authority = Authority::new("a root");
    let (old, new) = authority.renewed();
    for bundle in [
        [&*old.certificate, &new.certificate],
        [&new.certificate, &old.certificate],
    ] {
        let identity = Identity::from_pem(bundle.concat(), &new.key).unwrap();
        assert_eq!(identity.expires_at().to_string(), "2400-01-01T00:00:00Z");
    }
}

#[tokio::test]
async fn building_a_client_warns_in_the_last_30_days() {
    let authority = Authority::new("a root");
    let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * 20);
    let soon = soon.to_zoned(jiff::tz::TimeZone::UTC).date();
    let day = |date: jiff::civil::Date| {
        let number = |value: i8| u8::try_from(value).unwrap();
        (i32::from(date.year()), number(date.month()), number(date.day()))
    };
    for (until, warned) in [(day(soon), true), ((2500, 1, 1), false)] {
        let log = Log::default();
        let _guard = tracing::subscriber::set_default(log.clone());
        let identity = authority.client_valid((2000, 1, 1), until);
        crate::scripted::Scripted::default()
            .builder()
            .identity(identity)
            .build()
            .unwrap();
        assert_eq!(
            log.text().contains("the client certificate expires in 19 days"),
            warned,
            "{}",
            log.text()
        );
    }
}

#[cfg(unix)]
#[test]
fn reading_a_key_that_every_user_can_read_warns() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("venue.key");
    std::fs::copy(file("plain.key"), &key).unwrap();
    for (mode, warned) in [(0o600, false), (0o640, false), (0o644, true)] {
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(mode)).unwrap();
        let log = Log::default();
        let _guard = tracing::subscriber::set_default(log.clone());
        Identity::from_files(file("venue.crt"), &key).unwrap();
        let logged = log.text();
        assert_eq!(
            logged.contains("every user of this machine can read the private key: `chmod 600` it"),
            warned,
            "{logged}"
        );
        assert_eq!(logged.contains("venue.key"), warned, "{logged}");
    }
}

/// As OpenSSL prints it.
#[test]
fn the_certificate_is_described() {
    let identity = Identity::from_files(file("venue.crt"), file("plain.key")).unwrap();
    assert_eq!(identity.common_name(), Some("venue"));
    assert_eq!(identity.issuer(), "CN=A test root");
    assert_eq!(identity.serial_number(), "4D131C3065C057BBA807A826C722620C4E8B6727");
    assert_eq!(
        identity.thumbprint(),
        "718670892d6e39903e5c59cedac01858926d56d23203cefc07eae9173c4d7d5c"
    );
    assert_eq!(identity.valid_from().to_string(), "2026-11-23T09:48:42Z");
    assert_eq!(identity.expires_at().to_string(), "2126-10-30T09:48:42Z");
}
