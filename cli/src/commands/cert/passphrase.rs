//! Passphrases: from the environment, from a file, or typed. Never from the command line, which other users can see.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use spektrix_v2::Secret;

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::secret_source::SecretSource;

/// Where a passphrase is read from.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct PassphraseArgs {
    /// The environment variable that has the passphrase
    #[arg(long, value_name = "NAME", conflicts_with = "passphrase_file")]
    passphrase_env: Option<String>,
    /// The file that has the passphrase
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl PassphraseArgs {
    /// Reads the passphrase if one is named.
    pub(super) fn optional(&self) -> Result<Option<Secret>> {
        self.source().map(|source| read(&source)).transpose()
    }

    /// Reads the passphrase, and asks for it on a terminal if none is named.
    pub(super) fn required(&self, prompt: &str) -> Result<Secret> {
        if let Some(source) = self.source() {
            return read(&source);
        }
        if !std::io::stdin().is_terminal() {
            return Err(Failure::usage("a passphrase is needed")
                .with_hint("name it with --passphrase-env or --passphrase-file"));
        }
        rpassword::prompt_password(format!("{prompt}: "))
            .map(Secret::new)
            .map_err(|error| Failure::new(Exit::Failure, format!("cannot read the passphrase: {error}")))
    }

    fn source(&self) -> Option<SecretSource> {
        let variable = self.passphrase_env.clone().map(SecretSource::Env);
        variable.or_else(|| self.passphrase_file.clone().map(SecretSource::File))
    }
}

fn read(source: &SecretSource) -> Result<Secret> {
    source.read("the passphrase", Path::new(""))
}
