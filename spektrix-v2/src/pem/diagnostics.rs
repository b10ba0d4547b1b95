//! Explains what a source contains instead of a certificate or a key, and how to convert it.

use super::reader::{Label, Section};
use super::source::{Purpose, Source};
use crate::error::Error;

/// Explains why there is no certificate in a source.
pub(super) fn no_certificate(source: &Source, sections: &[Section<'_>]) -> Error {
    let name = source.in_command("client.crt");
    let remedy = match format_of(source) {
        Format::Pkcs12 => for_pkcs12(source),
        Format::Utf16 => UTF_16.to_owned(),
        Format::OtherBinary => {
            format!("it is a binary file: convert it to PEM with `openssl x509 -inform der -in {name} -out client.pem`")
        }
        Format::EncodedPem => ENCODED_PEM.to_owned(),
        Format::BareBase64 => without_marks("CERTIFICATE"),
        Format::Text => instead_of_certificate(source.purpose, sections, name),
    };
    source.error(format!("there is no certificate in {}", source.name), remedy)
}

/// Explains why there is no private key in a source.
pub(crate) fn no_private_key(source: &Source, sections: &[Section<'_>]) -> Error {
    let name = source.in_command("client.key");
    let remedy = match format_of(source) {
        Format::Pkcs12 => for_pkcs12(source),
        Format::Utf16 => UTF_16.to_owned(),
        Format::OtherBinary => {
            format!("it is a binary file: convert it to PEM with `openssl pkey -inform der -in {name} -out client.pem`")
        }
        Format::EncodedPem => ENCODED_PEM.to_owned(),
        Format::BareBase64 => without_marks("PRIVATE KEY"),
        Format::Text => instead_of_key(sections).to_owned(),
    };
    source.error(format!("there is no private key in {}", source.name), remedy)
}

fn instead_of_certificate(purpose: Purpose, sections: &[Section<'_>], name: &str) -> String {
    let has = |label| sections.iter().any(|section| section.label == label);
    if has(Label::Pkcs7) {
        format!("it is a PKCS#7 file: convert it to PEM with `openssl pkcs7 -print_certs -in {name} -out client.pem`")
    } else if has(Label::TrustedCertificate) {
        format!(
            "`TRUSTED CERTIFICATE` is a format of OpenSSL only: convert each with `openssl x509 -in {name} -out client.pem`"
        )
    } else if has(Label::OtherCertificate) {
        "a section has an unusual label: only `-----BEGIN CERTIFICATE-----` is read. Ask for the certificate in this form".into()
    } else if purpose == Purpose::Roots {
        "pass one or more root certificates in PEM form, `-----BEGIN CERTIFICATE-----`".into()
    } else if has(Label::CertificateRequest) {
        "it is a certificate request, which is for Spektrix: use the certificate that they sent back for it".into()
    } else if has(Label::PublicKey) {
        "it is a public key: use the certificate that Spektrix sent".into()
    } else if sections.iter().any(|section| section.label.is_private_key()) {
        "it is a private key: use the certificate that Spektrix sent; perhaps the two were swapped".into()
    } else {
        "a section `-----BEGIN CERTIFICATE-----` is needed".into()
    }
}

fn instead_of_key(sections: &[Section<'_>]) -> &'static str {
    let has = |label| sections.iter().any(|section| section.label == label);
    if has(Label::CertificateRequest) {
        "it is a certificate request: use the key that was made together with it"
    } else if has(Label::PublicKey) {
        "it is a public key: use the private key that was made together with it"
    } else if has(Label::SshKey) {
        "it is a key for SSH: use the key that the certificate was requested with"
    } else if has(Label::Certificate) {
        "it is a certificate: use the key that it was requested with, a section `-----BEGIN PRIVATE KEY-----`"
    } else {
        "a section `-----BEGIN PRIVATE KEY-----` is needed: the key that the certificate was requested with"
    }
}

const UTF_16: &str = "it is a text file in UTF-16: save it as UTF-8 or ASCII";

const ENCODED_PEM: &str = "it is PEM that is encoded in base64: decode it with `base64 --decode`";

fn without_marks(label: &str) -> String {
    format!("it is base64 without marks: put `-----BEGIN {label}-----` before it and `-----END {label}-----` after it")
}

/// The format of a source, by its first bytes.
enum Format {
    Pkcs12,
    OtherBinary,
    Utf16,
    /// PEM as a whole in base64, as Kubernetes keeps it.
    EncodedPem,
    /// The body of a section without its marks.
    BareBase64,
    Text,
}

fn format_of(source: &Source) -> Format {
    match source.bytes.as_slice() {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Format::Utf16,
        [0x30, rest @ ..] if begins_with_version_3(rest) => Format::Pkcs12,
        [0x30, ..] => Format::OtherBinary,
        // Windows saves files without a byte order mark, too.
        bytes if memchr::memmem::find(bytes, b"B\0E\0G\0I\0N").is_some() => Format::Utf16,
        bytes => format_of_text(bytes.trim_ascii()),
    }
}

fn format_of_text(text: &[u8]) -> Format {
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || b"+/=".contains(byte);
    // `-----BEGIN`, and a sequence of DER with a length of two bytes.
    match text {
        text if !text.iter().all(is_base64) => Format::Text,
        text if text.starts_with(b"LS0tLS1CRUdJT") => Format::EncodedPem,
        text if text.starts_with(b"MII") => Format::BareBase64,
        _ => Format::Text,
    }
}

/// Whether a sequence begins with the number 3, which is the version of a PKCS#12 file, given what follows its tag.
fn begins_with_version_3(rest: &[u8]) -> bool {
    let length_bytes = match rest.first() {
        Some(first @ 0x80..) => usize::from(first - 0x80),
        _ => 0,
    };
    rest.get(1 + length_bytes..)
        .is_some_and(|inside| inside.starts_with(&[2, 1, 3]))
}

fn for_pkcs12(source: &Source) -> String {
    let name = source.in_command("client.pfx");
    let directly = if cfg!(feature = "pkcs12") {
        "read it with `Identity::from_pkcs12`"
    } else {
        "turn on this crate's feature `pkcs12` and read it with `Identity::from_pkcs12`"
    };
    format!(
        "it is a PKCS#12 file: {directly}, or convert it to PEM with `openssl pkcs12 -in {name} -nodes -out client.pem`; \
         OpenSSL 3 needs the option `-legacy` for files of old software"
    )
}
