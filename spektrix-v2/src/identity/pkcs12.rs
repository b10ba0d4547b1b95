//! Reads PKCS#12 files, with the feature `pkcs12`: certificates and a private key in one encrypted file.

use p12_keystore::{Pkcs12Archive, error::Error as Pkcs12Error};
use rustls::pki_types::CertificateDer;
use zeroize::Zeroizing;

use super::private_key::PrivateKey;
use crate::error::Error;
use crate::pem::Source;
use crate::secret::Secret;

/// Returns the certificates and the only key of a file. The library limits the work for the passphrase to a million rounds.
pub(super) fn open(source: &Source, passphrase: &Secret) -> Result<(Vec<CertificateDer<'static>>, PrivateKey), Error> {
    let archive = Pkcs12Archive::from_pkcs12(&source.bytes, passphrase.expose());
    let archive = archive.map_err(|error| cannot_be_opened(source, &error))?;
    let certificates: Vec<_> = archive
        .certs
        .iter()
        .map(|bag| CertificateDer::from(bag.cert.as_der().to_vec()))
        .collect();
    match archive.keys.as_slice() {
        _ if certificates.is_empty() => Err(missing(source, "certificate")),
        [] => Err(missing(source, "private key")),
        [key] => {
            let key = Zeroizing::new(key.key.as_der().to_vec());
            Ok((certificates, PrivateKey::from_pkcs8(key)))
        }
        _ => Err(Error::identity(
            format!("there is more than one private key in {}", source.name),
            "export it again, with only the key that the certificate was requested with",
        )),
    }
}

fn missing(source: &Source, what: &str) -> Error {
    Error::identity(
        format!("there is no {what} in {}", source.name),
        "export it again, with the certificate and its private key",
    )
}

/// The message of the library is left out: only people who know the format understand it.
fn cannot_be_opened(source: &Source, error: &Pkcs12Error) -> Error {
    let name = source.in_command("client.pfx");
    let (what, advice) = match error {
        Pkcs12Error::MacError(_) | Pkcs12Error::UnpadError | Pkcs12Error::InvalidPrivateKey => (
            "cannot be opened with this passphrase",
            "look for whitespace or a line end that was copied with the passphrase, and try it",
        ),
        Pkcs12Error::UnsupportedEncryptionScheme
        | Pkcs12Error::UnsupportedMacAlgorithm
        | Pkcs12Error::Pkcs5Error(_)
        | Pkcs12Error::UnsupportedContentType => (
            "has an encryption that is not supported, or another passphrase",
            "convert it to PEM",
        ),
        Pkcs12Error::InvalidParameters => (
            "needs more work to open than is allowed",
            "it may be damaged; if it is not, convert it to PEM",
        ),
        _ => (
            "is not a PKCS#12 file, or is damaged",
            "read PEM with `Identity::from_pem_bundle`, or look at the file",
        ),
    };
    Error::identity(
        format!("{} {what}", source.name),
        format!("{advice} with `openssl pkcs12 -in {name} -nodes -out client.pem`"),
    )
}
