//! Counts instructions and allocations with valgrind, and shows them as ratios: the same on every machine of a kind.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use clap::{Parser, Subcommand, ValueEnum};
use spektrix_v2_benches::{Bodies, Kind, OPERATIONS, item_count, run};

/// Counts instructions and allocations with valgrind, and shows them as ratios to references.
#[derive(Parser)]
struct Arguments {
    /// A folder of recorded bodies, each called `{operation}.xml`; without one, bodies are synthesised.
    #[arg(long, env = "SPEKTRIX_RECORDED", global = true)]
    bodies: Option<PathBuf>,
    #[command(subcommand)]
    part: Option<Part>,
}

#[derive(Subcommand)]
enum Part {
    /// Does one kind of work so many times: what valgrind is told to run.
    #[command(hide = true)]
    Run {
        kind: Kind,
        operation: String,
        times: usize,
    },
}

fn main() -> Result<()> {
    let Arguments { bodies, part } = Arguments::parse();
    let source = Bodies::new(bodies.clone());
    match part {
        Some(Part::Run { kind, operation, times }) => run(kind, &operation, &source.body(&operation)?, times),
        None => show_all(&source, &Valgrind { bodies }),
    }
}

#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is what the program is for"
)]
fn show_all(source: &Bodies, valgrind: &Valgrind) -> Result<()> {
    check_valgrind()?;
    eprintln!("counted with {}", source.describe());
    println!(
        "| | bytes | items | scan: instructions a byte | decode / scan | decode by events / scan | stream / decode | \
              tree / scan | serde derive / scan | encode / escaping copy | allocations an item: decode, stream |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    for operation in OPERATIONS {
        println!("{}", row(operation, &source.body(operation)?, valgrind)?);
    }
    Ok(())
}

fn row(operation: &str, body: &str, valgrind: &Valgrind) -> Result<String> {
    let instructions = |kind| valgrind.count(Count::Instructions, kind, operation);
    let ratio = |kind, to: f64| -> Result<String> { Ok(format!("{:.3}", instructions(kind)? / to)) };
    let items = item_count(operation, body)?;
    let allocations =
        |kind| -> Result<f64> { Ok(valgrind.count(Count::Allocations, kind, operation)? / precise(items)) };
    let (scan, decode) = (instructions(Kind::Scan)?, instructions(Kind::Decode)?);
    let serde = match operation {
        "GetInstances" => ratio(Kind::Serde, scan)?,
        _ => String::new(),
    };
    let cells = [
        operation.to_owned(),
        body.len().to_string(),
        items.to_string(),
        format!("{:.2}", scan / precise(body.len())),
        format!("{:.3}", decode / scan),
        ratio(Kind::DecodeByEvents, scan)?,
        ratio(Kind::Stream, decode)?,
        ratio(Kind::Tree, scan)?,
        serde,
        ratio(Kind::Encode, instructions(Kind::EscapingCopy)?)?,
        format!("{:.1}, {:.1}", allocations(Kind::Decode)?, allocations(Kind::Stream)?),
    ];
    Ok(format!("| {} |", cells.join(" | ")))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the numbers are small, and only their ratios are shown"
)]
fn precise(number: usize) -> f64 {
    number as f64
}

/// What is counted.
#[derive(Clone, Copy)]
enum Count {
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

struct Valgrind {
    bodies: Option<PathBuf>,
}

impl Valgrind {
    /// How much one round of the work takes: two runs are compared, so that starting up does not count.
    fn count(&self, count: Count, kind: Kind, operation: &str) -> Result<f64> {
        const FEW: usize = 2;
        const MANY: usize = 12;
        let few = self.total(count, kind, operation, FEW)?;
        let many = self.total(count, kind, operation, MANY)?;
        let rounds = many.checked_sub(few).context("more rounds took less")?;
        Ok(precise(rounds) / precise(MANY - FEW))
    }

    fn total(&self, count: Count, kind: Kind, operation: &str, times: usize) -> Result<usize> {
        let (options, words) = count.ask();
        let kind = kind.to_possible_value().context("a kind of work without a name")?;
        let program = std::env::current_exe().context("this program cannot be found")?;
        let mut command = Command::new("valgrind");
        command.args(options).arg(program);
        if let Some(folder) = &self.bodies {
            command.args([OsString::from("--bodies"), folder.into()]);
        }
        command.args(["run", kind.get_name(), operation, &times.to_string()]);
        let output = command.output().context(MISSING)?;
        let text = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() {
            bail!("valgrind fails with {}:\n{text}", output.status);
        }
        number_behind(&text, words).with_context(|| format!("valgrind does not say `{words}`:\n{text}"))
    }
}

fn check_valgrind() -> Result<()> {
    let version = Command::new("valgrind").arg("--version").output().context(MISSING)?;
    ensure!(version.status.success(), "`valgrind --version` fails: {MISSING}");
    Ok(())
}

const MISSING: &str = "this needs valgrind: install it with the system's package manager";

fn number_behind(text: &str, words: &str) -> Option<usize> {
    let number = text[text.find(words)? + words.len()..].split_whitespace().next()?;
    number.replace(',', "").parse().ok()
}
