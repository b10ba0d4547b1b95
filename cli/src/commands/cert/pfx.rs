//! `spektrix cert to-pfx` and `from-pfx`: PKCS#12 files, which Windows and IIS use.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use p12_keystore::{
    Certificate, EncryptionAlgorithm, KeyStore, KeyStoreEntry, MacAlgorithm, Pkcs12ImportPolicy, PrivateKey,
    PrivateKeyChain,
};
use sha1::{Digest as _, Sha1};
use spektrix_v2::Identity;
use zeroize::Zeroizing;

use super::inspect::{failure, read_limited};
use super::material::{Material, MaterialArgs};
use super::passphrase::PassphraseArgs;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::new_file::{self, Readers};
use crate::output;

/// The arguments of `to-pfx`.
#[derive(Debug, Clone, clap::Args)]
#[command(before_help = "\
Examples:
  spektrix cert to-pfx playhouse-2026.crt playhouse-2026.key --out playhouse-2026.pfx
  PASSPHRASE=… spektrix cert to-pfx playhouse.crt playhouse.key --out playhouse.pfx --passphrase-env PASSPHRASE")]
pub struct ToArgs {
    #[command(flatten)]
    material: MaterialArgs,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Encrypt with Triple DES and SHA-1, for Windows before 2019
    #[arg(long)]
    legacy: bool,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

/// The arguments of `from-pfx`.
#[derive(Debug, Clone, clap::Args)]
#[command(before_help = "\
Examples:
  spektrix cert from-pfx playhouse.pfx --out-cert playhouse-2026.crt --out-key playhouse-2026.key")]
pub struct FromArgs {
    /// The PKCS#12 file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The file to write the certificate and its chain to
    #[arg(long, value_name = "FILE")]
    out_cert: PathBuf,
    /// The file to write the key to. It is not encrypted
    #[arg(long, value_name = "FILE")]
    out_key: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

/// Writes the PKCS#12 file. The passphrase encrypts it, and opens the key if that is encrypted.
pub(super) fn to_pfx(args: &ToArgs) -> Result<()> {
    new_file::refuse_existing(&args.out)?;
    let passphrase = args.passphrase.required("Passphrase of the new file")?;
    if passphrase.expose().is_empty() {
        return Err(Failure::usage("the passphrase is empty").with_hint("Windows does not protect such a file"));
    }
    let material = args.material.read(&args.passphrase)?;
    let failed = |error| Failure::new(Exit::Certificate, format!("cannot write PKCS#12: {error}"));
    let chain = chain(&material).map_err(failed)?;
    let mut store = KeyStore::new();
    store.add_entry("spektrix", KeyStoreEntry::PrivateKeyChain(chain));
    let mut writer = store.writer(passphrase.expose());
    if args.legacy {
        writer = writer
            .encryption_algorithm(EncryptionAlgorithm::PbeWithShaAnd3KeyTripleDesCbc)
            .mac_algorithm(MacAlgorithm::HmacSha1);
    }
    let bytes = writer.write().map_err(failed)?;
    new_file::write(&args.out, &bytes, Readers::Owner)?;
    output::note(&format!(
        "{} holds the certificate and the encrypted key.",
        args.out.display()
    ));
    Ok(())
}

fn chain(material: &Material) -> std::result::Result<PrivateKeyChain, p12_keystore::error::Error> {
    let certificates: std::result::Result<Vec<_>, _> = material
        .certificates
        .iter()
        .map(|der| Certificate::from_der(der))
        .collect();
    // Windows finds the certificate of a key by this identifier.
    let id = material.certificates.first().map(|der| Sha1::digest(der).to_vec());
    Ok(PrivateKeyChain::new(
        id.unwrap_or_default(),
        PrivateKey::from_der(&material.key)?,
        certificates?,
    ))
}

/// Writes the certificate and the key of a PKCS#12 file.
pub(super) fn from_pfx(args: &FromArgs) -> Result<()> {
    new_file::refuse_existing(&args.out_cert)?;
    new_file::refuse_existing(&args.out_key)?;
    let passphrase = args.passphrase.required("Passphrase of the file")?;
    let bytes = read_limited(&args.file)?;
    // The client's own reader has the better errors, and checks that both belong together.
    Identity::from_pkcs12(&bytes, passphrase.clone())?;
    let store = KeyStore::from_pkcs12(&bytes, passphrase.expose(), Pkcs12ImportPolicy::Relaxed)
        .map_err(|error| failure(&args.file, error))?;
    let Some((_, chain)) = store.private_key_chain() else {
        return Err(failure(&args.file, "it has no private key"));
    };
    let certificates: Vec<_> = chain
        .certs()
        .iter()
        .map(|certificate| certificate.as_der().to_vec())
        .collect();
    let key = Zeroizing::new(key_as_pem(chain.key().as_der()));
    new_file::write(&args.out_key, key.as_bytes(), Readers::Owner)?;
    let written = new_file::write(
        &args.out_cert,
        certificates_as_pem(&certificates).as_bytes(),
        Readers::Everyone,
    );
    if let Err(failure) = written {
        // A key without its certificate would be in the way of the next attempt.
        let _ = std::fs::remove_file(&args.out_key);
        return Err(failure);
    }
    output::note(&format!(
        "{} holds the certificate, {} the key. Only its owner can read the key.",
        args.out_cert.display(),
        args.out_key.display()
    ));
    Ok(())
}

/// Returns certificates as PEM.
pub(super) fn certificates_as_pem(certificates: &[Vec<u8>]) -> String {
    certificates.iter().map(|der| pem("CERTIFICATE", der)).collect()
}

/// Returns a key in PKCS#8 as PEM.
pub(super) fn key_as_pem(key: &[u8]) -> String {
    pem("PRIVATE KEY", key)
}

/// RFC 7468: lines of 64 characters.
fn pem(label: &str, der: &[u8]) -> String {
    let text = Zeroizing::new(STANDARD.encode(der));
    // Base64 is ASCII.
    let lines = text.as_bytes().chunks(64).map(String::from_utf8_lossy);
    let lines: Vec<_> = lines.collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}
