//! What stands in a source instead of what is needed, and how to get from the one to the other.

use super::source::Source;
use crate::error::Error;

pub(super) fn no_certificate(source: &Source) -> Error {
    let name = source.in_command("client.crt");
    let remedy = match form(source) {
        Form::Pfx => for_pfx(source),
        Form::Utf16 => UTF_16.to_owned(),
        Form::OtherBinary => {
            format!("it is a binary file: make PEM of it with `openssl x509 -inform der -in {name} -out client.pem`")
        }
        Form::Text => by_label(source, &INSTEAD_OF_CERTIFICATE).replace("{name}", name),
    };
    Error::identity(format!("there is no certificate in {}", source.name), remedy)
}

pub(super) fn no_key(source: &Source) -> Error {
    let name = source.in_command("client.key");
    let remedy = match form(source) {
        Form::Pfx => for_pfx(source),
        Form::Utf16 => UTF_16.to_owned(),
        Form::OtherBinary => {
            format!("it is a binary file: make PEM of it with `openssl pkey -inform der -in {name} -out client.pem`")
        }
        Form::Text => by_label(source, &INSTEAD_OF_KEY).to_owned(),
    };
    Error::identity(format!("there is no private key in {}", source.name), remedy)
}

/// How the parts end that are often taken for a certificate, and what to do then.
const INSTEAD_OF_CERTIFICATE: [(&str, &str); 6] = [
    (
        "CERTIFICATE REQUEST-----",
        "it is a certificate request, which goes to Spektrix: use the certificate that they sent back for it",
    ),
    (
        "PUBLIC KEY-----",
        "it is a public key: use the certificate that Spektrix sent",
    ),
    (
        "PRIVATE KEY-----",
        "it is a private key: use the certificate that Spektrix sent; perhaps the two were swapped",
    ),
    (
        "BEGIN PKCS7-----",
        "it is a PKCS#7 file: make PEM of it with `openssl pkcs7 -print_certs -in {name} -out client.pem`",
    ),
    (
        "BEGIN TRUSTED CERTIFICATE-----",
        "it is in a form of OpenSSL's own: make plain PEM of it with `openssl x509 -in {name} -out client.pem`",
    ),
    ("", "a part `-----BEGIN CERTIFICATE-----` is needed"),
];

/// The same for keys.
const INSTEAD_OF_KEY: [(&str, &str); 5] = [
    (
        "CERTIFICATE REQUEST-----",
        "it is a certificate request: use the key that was made together with it",
    ),
    (
        "PUBLIC KEY-----",
        "it is a public key: use the private one that was made together with it",
    ),
    (
        "BEGIN OPENSSH PRIVATE KEY-----",
        "it is a key for SSH: use the one that the certificate was requested with",
    ),
    (
        "BEGIN CERTIFICATE-----",
        "it is a certificate: use the key that it was requested with, a part `-----BEGIN PRIVATE KEY-----`",
    ),
    (
        "",
        "a part `-----BEGIN PRIVATE KEY-----` is needed: the key that the certificate was requested with",
    ),
];

fn by_label(source: &Source, table: &[(&str, &'static str)]) -> &'static str {
    let row = table.iter().find(|(label, _)| source.has(label));
    row.map_or("", |(_, remedy)| remedy)
}

const UTF_16: &str = "it is text in UTF-16: save it as UTF-8 or ASCII";

/// What a source looks like.
enum Form {
    Pfx,
    OtherBinary,
    Utf16,
    Text,
}

fn form(source: &Source) -> Form {
    match source.bytes.as_slice() {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Form::Utf16,
        [0x30, rest @ ..] if begins_with_version_3(rest) => Form::Pfx,
        [0x30, ..] => Form::OtherBinary,
        _ => Form::Text,
    }
}

/// What follows a sequence's tag: its length, and then, in PKCS#12 alone, the number 3.
fn begins_with_version_3(rest: &[u8]) -> bool {
    let length_bytes = match rest.first() {
        Some(first) if *first > 0x80 => usize::from(first - 0x80),
        _ => 0,
    };
    rest.get(1 + length_bytes..)
        .is_some_and(|inside| inside.starts_with(&[2, 1, 3]))
}

fn for_pfx(source: &Source) -> String {
    let name = source.in_command("client.pfx");
    let directly = if cfg!(feature = "pkcs12") {
        "read it with `Identity::from_pkcs12`"
    } else {
        "turn on this crate's feature `pkcs12` and read it with `Identity::from_pkcs12`"
    };
    format!(
        "it is a PKCS#12 file: {directly}, or make PEM of it with `openssl pkcs12 -in {name} -nodes -out client.pem`"
    )
}
