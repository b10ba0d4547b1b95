//! `spektrix cert bundle`: one PEM file with a certificate, its chain and its key, as curl and PHP read it.

use std::path::PathBuf;

use super::material::MaterialArgs;
use super::passphrase::PassphraseArgs;
use super::pfx;
use crate::failure::Result;
use crate::new_file::{self, Readers};
use crate::output;

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(before_help = "\
Examples:
  spektrix cert bundle playhouse-2026.crt playhouse-2026.key --out playhouse-2026.pem")]
pub struct Args {
    #[command(flatten)]
    material: MaterialArgs,
    /// The file to write. It holds the key, which is not encrypted
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

/// Writes the file, for its owner only.
pub(super) fn run(args: &Args) -> Result<()> {
    new_file::refuse_existing(&args.out)?;
    let material = args.material.read(&args.passphrase)?;
    let pem = pfx::certificates_as_pem(&material.certificates) + &pfx::key_as_pem(&material.key);
    new_file::write(&args.out, zeroize::Zeroizing::new(pem).as_bytes(), Readers::Owner)?;
    output::note(&format!(
        "{} holds the certificate and the key. Only its owner can read it.",
        args.out.display()
    ));
    Ok(())
}
