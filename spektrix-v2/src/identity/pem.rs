//! Reads certificates and a key from PEM.

use rustls::pki_types::pem::{self, PemObject, SectionKind};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use zeroize::Zeroizing;

use super::key::PrivateKey;
use super::locked;
use super::mistaken;
use super::source::Source;
use crate::error::Error;
use crate::secret::Secret;

/// Every certificate of the source; at least one.
pub(super) fn certificates(source: &Source) -> Result<Vec<CertificateDer<'static>>, Error> {
    let certificates: Vec<_> = sections(source, &source.bytes)?
        .into_iter()
        .filter(|(kind, _)| *kind == SectionKind::Certificate)
        .map(|(_, der)| CertificateDer::from(der.to_vec()))
        .collect();
    match certificates.is_empty() {
        true => Err(mistaken::no_certificate(source)),
        false => Ok(certificates),
    }
}

/// The only key of the source.
pub(super) fn private_key(source: &Source, passphrase: Option<&Secret>) -> Result<PrivateKey, Error> {
    if source.has(OLD_ENCRYPTION) {
        return Err(locked::old_form(source));
    }
    let mut encrypted = encrypted_sections(source)?;
    let mut plain = plain_keys(source)?;
    match (plain.len() + encrypted.len(), plain.pop(), encrypted.pop()) {
        (1, Some(key), _) => Ok(key),
        (1, None, Some(encrypted)) => decrypt(source, &encrypted, passphrase),
        (0, ..) => Err(mistaken::no_key(source)),
        _ => Err(Error::identity(
            format!("there is more than one private key in {}", source.name),
            "leave the one that the certificate was requested with",
        )),
    }
}

#[cfg(feature = "encrypted-keys")]
use super::encrypted_key::decrypt;

#[cfg(not(feature = "encrypted-keys"))]
fn decrypt(source: &Source, _: &[u8], _: Option<&Secret>) -> Result<PrivateKey, Error> {
    Err(locked::needs_passphrase(source))
}

const OLD_ENCRYPTION: &str = "Proc-Type: 4,ENCRYPTED";

fn plain_keys(source: &Source) -> Result<Vec<PrivateKey>, Error> {
    let keys = sections(source, &source.bytes)?
        .into_iter()
        .filter_map(|(kind, mut der)| PrivateKeyDer::from_pem(kind, std::mem::take(&mut *der)));
    Ok(keys.map(PrivateKey::new).collect())
}

/// The PEM reader passes over encrypted keys; below the label of plain ones it reads them just as well.
fn encrypted_sections(source: &Source) -> Result<Vec<Zeroizing<Vec<u8>>>, Error> {
    const LABEL: &str = "ENCRYPTED PRIVATE KEY-----";
    if !source.has(LABEL) {
        return Ok(Vec::new());
    }
    let text = Zeroizing::new(String::from_utf8_lossy(&source.bytes).replace("-----BEGIN PRIVATE KEY", "-----BEGIN X"));
    let text = Zeroizing::new(text.replace("-----END PRIVATE KEY", "-----END X"));
    let text = Zeroizing::new(text.replace(LABEL, "PRIVATE KEY-----"));
    let keys = sections(source, text.as_bytes())?.into_iter();
    Ok(keys
        .filter(|(kind, _)| *kind == SectionKind::PrivateKey)
        .map(|(_, der)| der)
        .collect())
}

/// What a part is, and its bytes.
type Section = (SectionKind, Zeroizing<Vec<u8>>);

fn sections(source: &Source, pem: &[u8]) -> Result<Vec<Section>, Error> {
    <(SectionKind, Vec<u8>)>::pem_slice_iter(pem)
        .map(|section| section.map(|(kind, der)| (kind, Zeroizing::new(der))))
        .collect::<Result<_, _>>()
        .map_err(|error| damaged(source, &error))
}

fn damaged(source: &Source, error: &pem::Error) -> Error {
    // Only the kind of damage: the error's own text quotes lines, which may be those of a key.
    let how = match error {
        pem::Error::MissingSectionEnd { .. } => "a part has no end line",
        pem::Error::IllegalSectionStart { .. } => "a line that begins a part is broken",
        pem::Error::Base64Decode(_) => "a part is not base64",
        _ => "it is not PEM",
    };
    Error::identity(
        format!("{} is damaged: {how}", source.name),
        "copy it again, as a whole and without changing its line ends",
    )
}
