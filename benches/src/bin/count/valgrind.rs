//! Runs one kind of work in valgrind, and reads the count.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use clap::{Args, ValueEnum};
use spektrix_v2_benches::{Bodies, Kind, Variant, in_variant, scaled};

/// A form of an operation's body.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Form {
    /// How it is written.
    #[arg(long, value_enum, default_value = "unchanged")]
    pub(crate) variant: Variant,
    /// How often its items are repeated.
    #[arg(long, default_value_t = 1)]
    pub(crate) scale: usize,
}

impl Form {
    pub(crate) const UNCHANGED: Self = Self {
        variant: Variant::Unchanged,
        scale: 1,
    };

    /// Returns the body in this form.
    pub(crate) fn body(self, source: &Bodies, operation: &str) -> Result<String> {
        scaled(&in_variant(&source.body(operation)?, self.variant)?, self.scale)
    }
}

/// What is counted.
#[derive(Clone, Copy)]
pub(crate) enum Count {
    Instructions,
    Allocations,
}

impl Count {
    /// Returns valgrind's options, and the words before the number in its output.
    fn options(self) -> (&'static [&'static str], &'static str) {
        match self {
            Self::Instructions => (
                &["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"],
                "refs:",
            ),
            Self::Allocations => (&["--tool=memcheck", "--leak-check=no"], "total heap usage:"),
        }
    }
}

pub(crate) struct Valgrind {
    /// The folder of recorded bodies, for the program in valgrind.
    pub(crate) bodies: Option<PathBuf>,
}

impl Valgrind {
    /// Returns the count for one round of the work. Compares two runs, so that the start of the program does not count.
    pub(crate) fn count(&self, count: Count, kind: Kind, operation: &str, form: Form) -> Result<f64> {
        const FEW: usize = 2;
        // There are many variants, and long bodies need fewer rounds.
        let many = match form {
            Form {
                scale: 1,
                variant: Variant::Unchanged,
            } => FEW + 10,
            Form { scale: 1, .. } => FEW + 3,
            _ => FEW + 1,
        };
        let before = self.total(count, kind, operation, form, FEW)?;
        let after = self.total(count, kind, operation, form, many)?;
        let rounds = after
            .checked_sub(before)
            .context("more rounds took fewer instructions")?;
        Ok(precise(rounds) / precise(many - FEW))
    }

    fn total(&self, count: Count, kind: Kind, operation: &str, form: Form, times: usize) -> Result<usize> {
        let (options, words) = count.options();
        let program = std::env::current_exe().context("cannot find this program")?;
        let mut command = Command::new("valgrind");
        command.args(options).arg(program);
        if let Some(folder) = &self.bodies {
            command.args([OsString::from("--bodies"), folder.into()]);
        }
        command.args(["run", &name_of(&kind)?, operation, &times.to_string()]);
        command.args([
            "--variant",
            &name_of(&form.variant)?,
            "--scale",
            &form.scale.to_string(),
        ]);
        let output = command.output().context(MISSING)?;
        let text = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() {
            bail!("valgrind failed with {}:\n{text}", output.status);
        }
        number_after(&text, words).with_context(|| format!("valgrind printed no `{words}`:\n{text}"))
    }
}

/// Returns the name of a value on the command line.
pub(crate) fn name_of(value: &impl ValueEnum) -> Result<String> {
    let value = value.to_possible_value().context("a value without a name")?;
    Ok(value.get_name().to_owned())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the numbers are small, and only ratios are printed"
)]
pub(crate) fn precise(number: usize) -> f64 {
    number as f64
}

pub(crate) fn check() -> Result<()> {
    let version = Command::new("valgrind").arg("--version").output().context(MISSING)?;
    ensure!(version.status.success(), "`valgrind --version` failed: {MISSING}");
    Ok(())
}

const MISSING: &str = "this needs valgrind: install it with the system's package manager";

fn number_after(text: &str, words: &str) -> Option<usize> {
    let number = text[text.find(words)? + words.len()..].split_whitespace().next()?;
    number.replace(',', "").parse().ok()
}
