//! Where a secret is read from: an environment variable, a file, or a command. Never the configuration file itself.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use spektrix_v2::Secret;

use crate::failure::{Failure, Result};

/// Where a secret is read from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum SecretSource {
    /// The name of an environment variable.
    Env(String),
    /// A file that holds nothing else. A relative path starts at the folder of the configuration.
    File(PathBuf),
    /// A program and its arguments, which prints the secret.
    Command(Vec<String>),
}

impl SecretSource {
    /// Reads the secret. A line break at the end does not belong to it.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is empty. The error contains no part of it.
    pub fn read(&self, what: &str, folder: &Path) -> Result<Secret> {
        let text = match self {
            Self::Env(name) => from_environment(what, name)?,
            Self::File(path) => from_file(what, &folder.join(path))?,
            Self::Command(words) => from_command(what, words)?,
        };
        let secret = text.strip_suffix('\n').unwrap_or(&text);
        let secret = secret.strip_suffix('\r').unwrap_or(secret);
        if secret.is_empty() {
            return Err(Failure::configuration(format!(
                "{what} is empty: it is read from {self}"
            )));
        }
        Ok(Secret::new(secret))
    }
}

impl std::fmt::Display for SecretSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Env(name) => write!(f, "the environment variable {name}"),
            Self::File(path) => write!(f, "the file {}", path.display()),
            Self::Command(words) => write!(f, "the command `{}`", words.join(" ")),
        }
    }
}

fn from_environment(what: &str, name: &str) -> Result<String> {
    env::var(name).map_err(|error| {
        let problem = match error {
            env::VarError::NotPresent => "is not set",
            env::VarError::NotUnicode(_) => "is not UTF-8",
        };
        Failure::configuration(format!("cannot read {what}: the environment variable {name} {problem}"))
    })
}

fn from_file(what: &str, path: &Path) -> Result<String> {
    fs::read_to_string(path)
        .map_err(|error| Failure::configuration(format!("cannot read {what} from {}: {error}", path.display())))
}

/// The command may ask for a passphrase on the terminal: its standard input and error are those of this program.
fn from_command(what: &str, words: &[String]) -> Result<String> {
    let Some((program, arguments)) = words.split_first() else {
        return Err(
            Failure::configuration(format!("cannot read {what}: the command is empty")).with_hint(
                "write the program and its arguments as a list: command = [\"pass\", \"show\", \"spektrix\"]",
            ),
        );
    };
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::inherit())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Failure::configuration(format!("cannot read {what}: cannot run {program}: {error}")))?;
    if !output.status.success() {
        return Err(Failure::configuration(format!(
            "cannot read {what}: {program} failed with {}",
            output.status
        )));
    }
    String::from_utf8(output.stdout).map_err(|_| {
        Failure::configuration(format!(
            "cannot read {what}: {program} printed something that is not UTF-8"
        ))
    })
}
