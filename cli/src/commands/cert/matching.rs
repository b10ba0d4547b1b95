//! `spektrix cert match`: whether a certificate, a request and a key belong together.

use std::path::PathBuf;

use super::inspect::{self, KeyInfo, Part};
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output;

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(before_help = "\
Examples:
  spektrix cert match playhouse-2026.crt playhouse-2026.key
  spektrix cert match playhouse-2026.csr playhouse-2026.key")]
pub struct Args {
    /// Two or more files
    #[arg(required = true, num_args = 2.., value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Compares the public keys of the first part of each file: of a chain, that is the client's certificate.
pub(super) fn run(args: &Args) -> Result<()> {
    let mut first: Option<(String, KeyInfo)> = None;
    for file in &args.files {
        let parts = inspect::read(file)?;
        let what = format!("the {} in {}", parts.first().map_or("part", Part::name), file.display());
        let Some(key) = parts.first().and_then(Part::key) else {
            return Err(Failure::new(
                Exit::Certificate,
                format!("{what} cannot be compared without its passphrase"),
            )
            .with_hint("decrypt it with `openssl pkey -in FILE -out NEW`, and remove the copy afterwards"));
        };
        match &first {
            Some((other, expected)) if expected != key => {
                return Err(
                    Failure::new(Exit::Certificate, format!("{what} does not belong to {other}"))
                        .with_hint("a certificate belongs to the key that its request was created with"),
                );
            }
            Some(_) => {}
            None => first = Some((what, key.clone())),
        }
    }
    output::print("The files belong together.\n")
}
