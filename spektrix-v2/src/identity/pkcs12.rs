//! PKCS#12 files, for those who have the feature `pkcs12`: certificate and key in one, encrypted.

use p12_keystore::{Pkcs12Archive, error::Error as Pkcs12Error};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use super::key::PrivateKey;
use crate::error::Error;
use crate::pem::Source;
use crate::secret::Secret;

/// The certificates and the only key of a file. How much work may go into its passphrase is bounded by the library,
/// with a million rounds.
pub(super) fn open(source: &Source, passphrase: &Secret) -> Result<(Vec<CertificateDer<'static>>, PrivateKey), Error> {
    let archive = Pkcs12Archive::from_pkcs12(&source.bytes, passphrase.expose());
    let archive = archive.map_err(|error| cannot_be_opened(source, &error))?;
    let certificates: Vec<_> = archive
        .certs
        .iter()
        .map(|bag| CertificateDer::from(bag.cert.as_der().to_vec()))
        .collect();
    match archive.keys.as_slice() {
        _ if certificates.is_empty() => Err(lacks(source, "certificate")),
        [] => Err(lacks(source, "private key")),
        [key] => {
            let key = PrivatePkcs8KeyDer::from(key.key.as_der().to_vec());
            Ok((certificates, PrivateKey::new(PrivateKeyDer::Pkcs8(key))))
        }
        _ => Err(Error::identity(
            format!("there is more than one private key in {}", source.name),
            "export it again, with the key that the certificate was requested with alone",
        )),
    }
}

fn lacks(source: &Source, what: &str) -> Error {
    Error::identity(
        format!("there is no {what} in {}", source.name),
        "export it again, with the certificate and its private key",
    )
}

/// The library's own words are left out: they are for those who know the format.
fn cannot_be_opened(source: &Source, error: &Pkcs12Error) -> Error {
    let name = source.in_command("client.pfx");
    let (what, advice) = match error {
        Pkcs12Error::MacError(_) | Pkcs12Error::UnpadError | Pkcs12Error::InvalidPrivateKey => (
            "cannot be opened with the passphrase given",
            "look for a blank or a line end that came along with the passphrase, and try it",
        ),
        Pkcs12Error::UnsupportedEncryptionScheme
        | Pkcs12Error::UnsupportedMacAlgorithm
        | Pkcs12Error::Pkcs5Error(_)
        | Pkcs12Error::UnsupportedContentType => (
            "is encrypted in a way that is not supported, or its passphrase is another",
            "make PEM of it",
        ),
        Pkcs12Error::InvalidParameters => (
            "asks for more work to be opened than is allowed",
            "it may be damaged; if it is not, make PEM of it",
        ),
        _ => (
            "is no PKCS#12 file, or is damaged",
            "PEM is read with `Identity::from_pem_bundle`; look at the file",
        ),
    };
    Error::identity(
        format!("{} {what}", source.name),
        format!("{advice} with `openssl pkcs12 -in {name} -nodes -out client.pem`"),
    )
}
