//! Reads certificate and key from PEM, and says what is wrong with what was given.

use std::path::Path;
use std::sync::Arc;

use rustls::InconsistentKeys;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::{CertifiedKey, SigningKey};
use zeroize::{Zeroize, Zeroizing};

use crate::error::Error;
use crate::transport::provider;

/// Something to read from, with a name for messages.
pub(super) struct Source {
    pub(super) name: String,
    bytes: Zeroizing<Vec<u8>>,
}

impl Source {
    pub(super) fn given(name: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            bytes: Zeroizing::new(without_bom(bytes).to_vec()),
        }
    }

    pub(super) fn file(path: &Path) -> Result<Self, Error> {
        let name = path.display().to_string();
        match std::fs::read(path).map(Zeroizing::new) {
            Ok(bytes) => Ok(Self::given(&name, &bytes)),
            Err(error) => Err(Error::identity(
                format!("{name} cannot be read: {error}"),
                "check the path, and that this user may read the file",
            )),
        }
    }
}

/// Editors on Windows like to put a byte order mark first, which PEM readers take for a part of the first line.
pub(crate) fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// The certificate chain, its leaf first, with the key that belongs to the leaf.
pub(super) fn certified(certificate: &Source, key: &Source) -> Result<CertifiedKey, Error> {
    let chain = certificates(certificate)?;
    let mut key_der = private_key(key)?;
    let signing = provider().key_provider.load_private_key(key_der.clone_key());
    key_der.zeroize();
    let signing = signing.map_err(|error| {
        Error::identity(
            format!("the private key in {} cannot be used: {error}", key.name),
            "make the certificate request with an RSA key of 2048 bits or more",
        )
    })?;
    leaf_first(chain, signing).map_err(|error| match error {
        MISMATCH => mismatch(certificate, key),
        error => super::unreadable(certificate, &error),
    })
}

fn certificates(source: &Source) -> Result<Vec<CertificateDer<'static>>, Error> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&source.bytes).collect();
    let found = found.map_err(|error| damaged(source, &error))?;
    if found.is_empty() {
        return Err(Error::identity(
            format!("there is no certificate in {}", source.name),
            no_pem_remedy(source, "a part `-----BEGIN CERTIFICATE-----`"),
        ));
    }
    Ok(found)
}

fn private_key(source: &Source) -> Result<PrivateKeyDer<'static>, Error> {
    if is_encrypted(&source.bytes) {
        return Err(Error::identity(
            format!(
                "the private key in {} is encrypted, which is not supported",
                source.name
            ),
            format!(
                "decrypt it with `openssl pkey -in {} -out decrypted.key`, readable by its owner only",
                source.name
            ),
        ));
    }
    let mut keys = PrivateKeyDer::pem_slice_iter(&source.bytes);
    let key = keys.next().transpose().map_err(|error| damaged(source, &error))?;
    let key = key.ok_or_else(|| {
        Error::identity(
            format!("there is no private key in {}", source.name),
            no_pem_remedy(source, "a part `-----BEGIN PRIVATE KEY-----`"),
        )
    })?;
    match keys.next() {
        None => Ok(key),
        Some(_) => Err(Error::identity(
            format!("there is more than one private key in {}", source.name),
            "leave the one that the certificate was requested with",
        )),
    }
}

/// PKCS#8 says it in the name of the part, the older forms in a header.
fn is_encrypted(pem: &[u8]) -> bool {
    let text = String::from_utf8_lossy(pem);
    text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || text.contains("Proc-Type: 4,ENCRYPTED")
}

/// Finds the certificate that the key belongs to: bundles often begin with the issuer's.
fn leaf_first(chain: Vec<CertificateDer<'static>>, key: Arc<dyn SigningKey>) -> Result<CertifiedKey, rustls::Error> {
    let mut certified = CertifiedKey::new(chain, key);
    for index in 0..certified.cert.len() {
        certified.cert[..=index].rotate_right(1);
        match certified.keys_match() {
            Err(MISMATCH) => certified.cert[..=index].rotate_left(1),
            answer => return answer.map(|()| certified),
        }
    }
    Err(MISMATCH)
}

const MISMATCH: rustls::Error = rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch);

fn mismatch(certificate: &Source, key: &Source) -> Error {
    Error::identity(
        format!(
            "the private key in {} does not belong to the certificate in {}",
            key.name, certificate.name
        ),
        "use the key that the certificate was requested with; keys of another year do not fit",
    )
}

fn damaged(source: &Source, error: &rustls::pki_types::pem::Error) -> Error {
    // Only the kind of damage: the error's own text quotes lines, which may be those of a key.
    use rustls::pki_types::pem::Error as Pem;
    let how = match error {
        Pem::MissingSectionEnd { .. } => "a part has no end line",
        Pem::IllegalSectionStart { .. } => "a line that begins a part is broken",
        Pem::Base64Decode(_) => "a part is not base64",
        _ => "it is not PEM",
    };
    Error::identity(
        format!("{} is damaged: {how}", source.name),
        "copy it again, as a whole and without changing its line ends",
    )
}

fn no_pem_remedy(source: &Source, wanted: &str) -> String {
    // DER and PKCS#12 both begin with an ASN.1 sequence.
    if source.bytes.first() == Some(&0x30) {
        return "it is a binary file: make PEM of a certificate with `openssl x509 -inform der -in … -out …`, or of a \
                PFX file with `openssl pkcs12 -in … -nodes -out …`"
            .to_owned();
    }
    format!("{wanted} is needed")
}
