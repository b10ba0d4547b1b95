//! A certificate with its chain and its key, checked to belong together.

use std::path::{Path, PathBuf};

use rustls::pki_types::pem::{PemObject as _, SectionKind};
use spektrix_v2::{Identity, Secret};
use zeroize::Zeroizing;

use super::inspect::{failure, read_limited};
use super::passphrase::PassphraseArgs;
use crate::failure::{Failure, Result};

/// The files of a certificate and its key.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct MaterialArgs {
    /// The certificate, with its chain if it has one
    #[arg(value_name = "CERTIFICATE")]
    certificate: PathBuf,
    /// The private key
    #[arg(value_name = "KEY")]
    key: PathBuf,
}

/// The parts as DER.
pub(super) struct Material {
    /// The client's certificate comes first.
    pub(super) certificates: Vec<Vec<u8>>,
    /// PKCS#8.
    pub(super) key: Zeroizing<Vec<u8>>,
}

impl MaterialArgs {
    /// Reads both files. The passphrase is that of the key, if it has one.
    pub(super) fn read(&self, passphrase: &PassphraseArgs) -> Result<Material> {
        let passphrase = passphrase.optional()?;
        // The client's own reader has the better errors, and checks that both belong together.
        match &passphrase {
            Some(passphrase) => Identity::from_files_with_passphrase(&self.certificate, &self.key, passphrase.clone())?,
            None => Identity::from_files(&self.certificate, &self.key)?,
        };
        let certificates = sections(&self.certificate)?.into_iter();
        let certificates = certificates
            .filter(|(kind, _)| *kind == SectionKind::Certificate)
            .map(|(_, der)| der);
        Ok(Material {
            certificates: certificates.collect(),
            key: key(&self.key, passphrase.as_ref())?,
        })
    }
}

fn sections(path: &Path) -> Result<Vec<(SectionKind, Vec<u8>)>> {
    let bytes = Zeroizing::new(read_limited(path)?);
    let sections: std::result::Result<_, _> = <(SectionKind, Vec<u8>)>::pem_slice_iter(&bytes).collect();
    sections.map_err(|_| failure(path, "its PEM is damaged"))
}

/// Returns the key as PKCS#8.
fn key(path: &Path, passphrase: Option<&Secret>) -> Result<Zeroizing<Vec<u8>>> {
    for (kind, der) in sections(path)? {
        let der = Zeroizing::new(der);
        match kind {
            SectionKind::PrivateKey => return Ok(der),
            SectionKind::RsaPrivateKey => return Ok(rsa_as_pkcs8(&der)),
            SectionKind::EcPrivateKey => return Err(other_form(path)),
            _ => {}
        }
    }
    match passphrase {
        Some(passphrase) => decrypted(path, passphrase),
        None => Err(other_form(path)),
    }
}

fn decrypted(path: &Path, passphrase: &Secret) -> Result<Zeroizing<Vec<u8>>> {
    let bytes = Zeroizing::new(read_limited(path)?);
    let (_, document) = std::str::from_utf8(&bytes)
        .ok()
        .and_then(|pem| pkcs8::SecretDocument::from_pem(pem).ok())
        .ok_or_else(|| other_form(path))?;
    let encrypted = pkcs8::EncryptedPrivateKeyInfoRef::try_from(document.as_bytes()).map_err(|_| other_form(path))?;
    let key = encrypted.decrypt(passphrase.expose()).map_err(|_| other_form(path))?;
    Ok(Zeroizing::new(key.as_bytes().to_vec()))
}

fn other_form(path: &Path) -> Failure {
    failure(path, "the key has a form that cannot be converted").with_hint(format!(
        "convert it first with `openssl pkcs8 -topk8 -nodes -in {} -out NEW.key`",
        path.display()
    ))
}

/// Wraps an RSA key (PKCS#1) as PKCS#8: a version, the identifier of RSA, and the key as a string of bytes (RFC 5208).
fn rsa_as_pkcs8(der: &[u8]) -> Zeroizing<Vec<u8>> {
    const VERSION_AND_ALGORITHM: [u8; 18] = [
        0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
    ];
    let key = tagged(0x04, der);
    let mut content = Zeroizing::new(VERSION_AND_ALGORITHM.to_vec());
    content.extend_from_slice(&key);
    tagged(0x30, &content)
}

/// Returns an element of DER: its tag, its length, its content.
fn tagged(tag: u8, content: &[u8]) -> Zeroizing<Vec<u8>> {
    let length = content.len();
    let significant: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    let mut der = Zeroizing::new(Vec::with_capacity(length + 6));
    der.push(tag);
    if length < 0x80 {
        der.extend(significant.last().copied().or(Some(0)));
    } else {
        // At most eight bytes.
        der.push(0x80 | u8::try_from(significant.len()).unwrap_or(8));
        der.extend_from_slice(&significant);
    }
    der.extend_from_slice(content);
    der
}
