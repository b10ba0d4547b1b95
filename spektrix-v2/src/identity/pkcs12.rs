//! Reads PKCS#12 files, with the feature `pkcs12`: certificates and a private key in one encrypted file.

use memchr::memmem;
use p12_keystore::{Pkcs12Archive, error::Error as Pkcs12Error};
use rustls::pki_types::CertificateDer;
use zeroize::Zeroizing;

use super::ber;
use super::private_key::PrivateKey;
use crate::error::Error;
use crate::pem::Source;
use crate::secret::Secret;

/// Returns the certificates and the only key of a file. The library limits the work for the passphrase to a million rounds.
pub(super) fn open(source: &Source, passphrase: &Secret) -> Result<(Vec<CertificateDer<'static>>, PrivateKey), Error> {
    let archive = read(&source.bytes, passphrase.expose());
    let archive = archive.map_err(|error| cannot_be_opened(source, passphrase, &error))?;
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

/// Reads a file in DER or BER. The library reads only DER, and does not know the exceptions below.
fn read(bytes: &[u8], passphrase: &str) -> Result<Pkcs12Archive, Pkcs12Error> {
    let Some(der) = ber::to_der(bytes, false) else {
        return Pkcs12Archive::from_pkcs12(bytes, passphrase);
    };
    let without_mac = |in_strings| {
        let der = ber::to_der(bytes, in_strings)?;
        let der = ber::without_mac(&der)?;
        Pkcs12Archive::from_pkcs12(&der, passphrase).ok()
    };
    match Pkcs12Archive::from_pkcs12(&der, passphrase) {
        // Software does not agree on whether an empty passphrase ends with a zero character. It protects nothing in either
        // form, and neither does the MAC.
        Err(error @ Pkcs12Error::MacError(_)) if passphrase.is_empty() => without_mac(false).ok_or(error),
        // The MAC has another algorithm, like PBMAC1 of RFC 9579. Encrypted contents show whether the passphrase is right.
        Err(error @ Pkcs12Error::UnsupportedEncryptionScheme) => without_mac(false).ok_or(error),
        // The content below the MAC is in BER, too. Or the passphrase has characters that the library cannot derive the key of
        // the MAC from: contents that are encrypted in the modern way show as well whether it is right.
        Err(error @ Pkcs12Error::DerError(_)) => without_mac(true).ok_or(error),
        archive => archive,
    }
}

fn missing(source: &Source, what: &str) -> Error {
    Error::identity(
        format!("there is no {what} in {}", source.name),
        "export it again, with the certificate and its private key",
    )
}

/// The message of the library is left out: it is for readers who know the format.
fn cannot_be_opened(source: &Source, passphrase: &Secret, error: &Pkcs12Error) -> Error {
    const WRONG_PASSPHRASE: (&str, &str) = (
        "cannot be opened with this passphrase",
        "look for whitespace or a line end that was copied with the passphrase, and try it",
    );
    let name = source.in_command("client.pfx");
    let is_old = has_old_encryption(&source.bytes);
    // UTF-16 needs two units for such a character, and the library supports one.
    let is_beyond_bmp = passphrase.expose().chars().any(|character| character.len_utf16() > 1);
    let (what, advice) = match error {
        Pkcs12Error::DerError(_) if is_beyond_bmp && is_old => (
            "has an old encryption that is not supported with this passphrase, which contains characters beyond U+FFFF",
            "convert it to PEM",
        ),
        Pkcs12Error::DerError(_) if is_beyond_bmp => WRONG_PASSPHRASE,
        Pkcs12Error::MacError(_) | Pkcs12Error::UnpadError | Pkcs12Error::InvalidPrivateKey => WRONG_PASSPHRASE,
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
        // Without a MAC, one of 256 wrong passphrases decrypts the contents to something that only looks damaged.
        _ => (
            "is not a PKCS#12 file, or is damaged",
            "read PEM with `Identity::from_pem_bundle`, check the passphrase, or look at the file",
        ),
    };
    let (option, remark) = if is_old {
        (" -legacy", " (before OpenSSL 3, without `-legacy`)")
    } else {
        ("", "")
    };
    Error::identity(
        format!("{} {what}", source.name),
        format!("{advice} with `openssl pkcs12{option} -in {name} -nodes -out client.pem`{remark}"),
    )
}

/// Returns whether a file names an encryption that preceded PBES2. OpenSSL 3 reads most of these only with `-legacy`.
fn has_old_encryption(file: &[u8]) -> bool {
    // 1.2.840.113549.1.5 is PKCS #5, where the numbers up to 11 are old encryptions. 1.2.840.113549.1.12.1 is followed by
    // the encryptions of PKCS #12, which are all old.
    const PKCS_5: &[u8] = b"\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x05";
    const PKCS_12: &[u8] = b"\x06\x0A\x2A\x86\x48\x86\xF7\x0D\x01\x0C\x01";
    let mut pkcs_5 = memmem::find_iter(file, PKCS_5).filter_map(|at| file.get(at + PKCS_5.len()));
    memmem::find(file, PKCS_12).is_some() || pkcs_5.any(|number| *number < 12)
}
