//! Runs one kind of work under valgrind, and reads what it counted.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use clap::{Args, ValueEnum};
use spektrix_v2_benches::{Bodies, Kind, Shape, scaled, shaped};

/// Which form of an operation's body.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Form {
    /// How it is written.
    #[arg(long, value_enum, default_value = "as-is")]
    pub(crate) shape: Shape,
    /// How often its items are repeated.
    #[arg(long, default_value_t = 1)]
    pub(crate) scale: usize,
}

impl Form {
    pub(crate) const AS_IT_IS: Self = Self {
        shape: Shape::AsIs,
        scale: 1,
    };

    /// The body in this form.
    pub(crate) fn body(self, source: &Bodies, operation: &str) -> Result<String> {
        scaled(&shaped(&source.body(operation)?, self.shape)?, self.scale)
    }
}

/// What is counted.
#[derive(Clone, Copy)]
pub(crate) enum Count {
    Instructions,
    Allocations,
}

impl Count {
    /// The options that make valgrind count it, and the words in front of the number.
    fn ask(self) -> (&'static [&'static str], &'static str) {
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
    /// The folder of the bodies, which the program under valgrind is told.
    pub(crate) bodies: Option<PathBuf>,
}

impl Valgrind {
    /// How much one round of the work takes: two runs are compared, so that starting up does not count.
    pub(crate) fn count(&self, count: Count, kind: Kind, operation: &str, form: Form) -> Result<f64> {
        const FEW: usize = 2;
        // There are many shapes, and long bodies need fewer rounds to be told from starting up.
        let many = match form {
            Form {
                scale: 1,
                shape: Shape::AsIs,
            } => FEW + 10,
            Form { scale: 1, .. } => FEW + 3,
            _ => FEW + 1,
        };
        let before = self.total(count, kind, operation, form, FEW)?;
        let behind = self.total(count, kind, operation, form, many)?;
        let rounds = behind.checked_sub(before).context("more rounds took less")?;
        Ok(precise(rounds) / precise(many - FEW))
    }

    fn total(&self, count: Count, kind: Kind, operation: &str, form: Form, times: usize) -> Result<usize> {
        let (options, words) = count.ask();
        let program = std::env::current_exe().context("this program cannot be found")?;
        let mut command = Command::new("valgrind");
        command.args(options).arg(program);
        if let Some(folder) = &self.bodies {
            command.args([OsString::from("--bodies"), folder.into()]);
        }
        command.args(["run", &name_of(&kind)?, operation, &times.to_string()]);
        command.args(["--shape", &name_of(&form.shape)?, "--scale", &form.scale.to_string()]);
        let output = command.output().context(MISSING)?;
        let text = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() {
            bail!("valgrind fails with {}:\n{text}", output.status);
        }
        number_behind(&text, words).with_context(|| format!("valgrind does not say `{words}`:\n{text}"))
    }
}

/// What the command line calls a value.
pub(crate) fn name_of(value: &impl ValueEnum) -> Result<String> {
    let value = value.to_possible_value().context("a value without a name")?;
    Ok(value.get_name().to_owned())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the numbers are small, and only their ratios are shown"
)]
pub(crate) fn precise(number: usize) -> f64 {
    number as f64
}

pub(crate) fn check() -> Result<()> {
    let version = Command::new("valgrind").arg("--version").output().context(MISSING)?;
    ensure!(version.status.success(), "`valgrind --version` fails: {MISSING}");
    Ok(())
}

const MISSING: &str = "this needs valgrind: install it with the system's package manager";

fn number_behind(text: &str, words: &str) -> Option<usize> {
    let number = text[text.find(words)? + words.len()..].split_whitespace().next()?;
    number.replace(',', "").parse().ok()
}
