//! Reads what is in a PEM or DER file: certificates, requests, keys.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use jiff::Timestamp;
use rustls::crypto::aws_lc_rs::sign::any_supported_type;
use rustls::pki_types::pem::{PemObject as _, SectionKind};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs1KeyDer, PrivatePkcs8KeyDer, PrivateSec1KeyDer};
use sha1::Digest as _;
use x509_parser::prelude::{FromDer as _, SubjectPublicKeyInfo, X509Certificate, X509CertificationRequest, X509Name};
use x509_parser::public_key::PublicKey;

use crate::exit::Exit;
use crate::failure::{Failure, Result};

/// One part of a file.
#[derive(Debug)]
pub(super) enum Part {
    Certificate(CertificateInfo),
    Request(RequestInfo),
    Key(KeyInfo),
    /// A key that needs a passphrase to be read.
    EncryptedKey,
}

#[derive(Debug)]
pub(super) struct CertificateInfo {
    pub(super) subject: String,
    pub(super) common_name: Option<String>,
    pub(super) issuer: String,
    pub(super) serial: String,
    pub(super) not_before: Timestamp,
    pub(super) not_after: Timestamp,
    pub(super) sha1: String,
    pub(super) sha256: String,
    pub(super) key: KeyInfo,
}

#[derive(Debug)]
pub(super) struct RequestInfo {
    pub(super) subject: String,
    pub(super) key: KeyInfo,
}

/// A public key, or the public half of a private one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeyInfo {
    /// RSA 2048, for example.
    pub(super) kind: String,
    /// The SHA-256 digest of the public key, which is no secret.
    pub(super) fingerprint: String,
}

impl Part {
    /// Returns the key, to compare it with that of another part.
    pub(super) fn key(&self) -> Option<&KeyInfo> {
        match self {
            Self::Certificate(certificate) => Some(&certificate.key),
            Self::Request(request) => Some(&request.key),
            Self::Key(key) => Some(key),
            Self::EncryptedKey => None,
        }
    }

    /// Returns what it is.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Certificate(_) => "certificate",
            Self::Request(_) => "certificate request",
            Self::Key(_) => "private key",
            Self::EncryptedKey => "encrypted private key",
        }
    }
}

/// Reads the parts of a file.
///
/// # Errors
///
/// If it cannot be read, or has no part that this program knows. The error quotes nothing of the file.
pub(super) fn read(path: &Path) -> Result<Vec<Part>> {
    let bytes = read_limited(path)?;
    let parts = if bytes.windows(5).any(|window| window == b"-----") {
        from_pem(path, &bytes)?
    } else {
        from_der(&bytes).into_iter().collect()
    };
    if parts.is_empty() {
        return Err(
            failure(path, "it has no certificate, no certificate request and no private key")
                .with_hint("a PKCS#12 file (.pfx, .p12) can be converted with `spektrix cert from-pfx`"),
        );
    }
    Ok(parts)
}

/// Reads a file of at most one megabyte: a chain of certificates has some kilobytes.
pub(super) fn read_limited(path: &Path) -> Result<Vec<u8>> {
    const LIMIT: u64 = 1024 * 1024;
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes));
    read.map_err(|error| failure(path, error))?;
    if bytes.len() as u64 > LIMIT {
        return Err(failure(
            path,
            "it is larger than one megabyte, so it is not a certificate",
        ));
    }
    Ok(bytes)
}

pub(super) fn failure(path: &Path, problem: impl std::fmt::Display) -> Failure {
    Failure::new(Exit::Certificate, format!("cannot read {}: {problem}", path.display()))
}

fn from_pem(path: &Path, bytes: &[u8]) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(bytes) {
        let (kind, der) = section.map_err(|_| failure(path, "its PEM is damaged"))?;
        let part = match kind {
            SectionKind::Certificate => certificate(&der).map(Part::Certificate),
            SectionKind::Csr => request(&der).map(Part::Request),
            SectionKind::PrivateKey => key(&PrivatePkcs8KeyDer::from(der).into()).map(Part::Key),
            SectionKind::RsaPrivateKey => key(&PrivatePkcs1KeyDer::from(der).into()).map(Part::Key),
            SectionKind::EcPrivateKey => key(&PrivateSec1KeyDer::from(der).into()).map(Part::Key),
            _ => continue,
        };
        parts.push(part.ok_or_else(|| failure(path, format!("part {} is damaged", parts.len() + 1)))?);
    }
    // The reader skips what it does not know. Encrypted keys of the older kind start like plain ones.
    if bytes.windows(21).any(|window| window == b"ENCRYPTED PRIVATE KEY") {
        parts.push(Part::EncryptedKey);
    }
    Ok(parts)
}

fn from_der(der: &[u8]) -> Option<Part> {
    let certificate = certificate(der).map(Part::Certificate);
    certificate.or_else(|| request(der).map(Part::Request)).or_else(|| {
        let private = PrivateKeyDer::try_from(der).ok()?;
        key(&private).map(Part::Key)
    })
}

fn certificate(der: &[u8]) -> Option<CertificateInfo> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    let time = |time: x509_parser::time::ASN1Time| Timestamp::from_second(time.timestamp()).ok();
    Some(CertificateInfo {
        subject: certificate.subject().to_string(),
        common_name: common_name(certificate.subject()),
        issuer: certificate.issuer().to_string(),
        serial: certificate.raw_serial_as_string(),
        not_before: time(certificate.validity().not_before)?,
        not_after: time(certificate.validity().not_after)?,
        sha1: hex(&sha1::Sha1::digest(der), ":"),
        sha256: hex(&sha2::Sha256::digest(der), ":"),
        key: public_key(certificate.public_key()),
    })
}

fn common_name(name: &X509Name<'_>) -> Option<String> {
    let first = name.iter_common_name().next()?;
    first.as_str().ok().map(str::to_owned)
}

fn request(der: &[u8]) -> Option<RequestInfo> {
    let (_, request) = X509CertificationRequest::from_der(der).ok()?;
    let info = &request.certification_request_info;
    Some(RequestInfo {
        subject: info.subject.to_string(),
        key: public_key(&info.subject_pki),
    })
}

fn key(private: &PrivateKeyDer<'_>) -> Option<KeyInfo> {
    let signing = any_supported_type(private).ok()?;
    let public = signing.public_key()?;
    let (_, public) = SubjectPublicKeyInfo::from_der(public.as_ref()).ok()?;
    Some(public_key(&public))
}

fn public_key(key: &SubjectPublicKeyInfo<'_>) -> KeyInfo {
    let kind = match key.parsed() {
        Ok(PublicKey::RSA(rsa)) => format!("RSA {}", rsa.key_size()),
        Ok(PublicKey::EC(point)) => format!("EC {}", point.key_size()),
        _ => "of another kind".to_owned(),
    };
    KeyInfo {
        kind,
        fingerprint: hex(&sha2::Sha256::digest(key.raw), ""),
    }
}

fn hex(bytes: &[u8], separator: &str) -> String {
    let bytes: Vec<_> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    bytes.join(separator)
}
