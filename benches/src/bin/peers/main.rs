//! Compares the decoder with what people would pick in its place, in Rust and in other languages, in one run.
//!
//! Every number is the best of several rounds, which other programs disturb least.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the output of this program")]

mod programs;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use clap::{Parser, ValueEnum as _};
use spektrix_v2_benches::{Bodies, Kind, OPERATIONS, Variant, in_variant, run};

/// Compares the decoder with other parsers, and prints times in microseconds and as multiples of the decoder's.
#[derive(Parser)]
struct Arguments {
    /// A folder of recorded bodies, each named `{operation}.xml`. Without it, bodies are synthetic.
    #[arg(long, env = "SPEKTRIX_RECORDED")]
    bodies: Option<PathBuf>,
    /// How many rounds the fast ones of the parsers run. The slow ones run fewer.
    #[arg(long, default_value_t = 300)]
    rounds: usize,
    /// Only times this crate, in all the ways that a list may be written.
    #[arg(long)]
    variants: bool,
}

/// The kinds of work in this program, with the names that are shown.
const KINDS: [(Kind, &str); 6] = [
    (Kind::Decode, "**this crate, typed structs**"),
    (Kind::Stream, "this crate, streamed in chunks of 16 KiB"),
    (Kind::DecodeOnPlainPath, "this crate without prediction"),
    (Kind::Scan, "Rust quick-xml, events"),
    (Kind::Serde, "Rust quick-xml and serde, typed structs"),
    (Kind::Tree, "Rust roxmltree, tree and walk"),
];

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let bodies = Bodies::new(arguments.bodies);
    eprintln!("timed with {}", bodies.describe());
    if arguments.variants {
        return variants(&bodies, arguments.rounds);
    }
    let mut table = Table::default();
    for operation in OPERATIONS {
        let body = bodies.body(operation)?;
        for (name, time) in own_times(operation, &body, arguments.rounds)? {
            table.add(&name, operation, time);
        }
        for (name, time) in programs::times(&body, arguments.rounds)? {
            table.add(&name, operation, time);
        }
    }
    table.print();
    Ok(())
}

fn own_times(operation: &str, body: &str, rounds: usize) -> Result<Vec<(String, Duration)>> {
    let kinds = KINDS
        .iter()
        .filter(|(kind, _)| *kind != Kind::Serde || operation == "GetInstances");
    let times = kinds.map(|(kind, name)| Ok(((*name).to_owned(), best(*kind, operation, body, rounds)?)));
    times.collect()
}

/// Returns the shortest of several times.
fn best(kind: Kind, operation: &str, body: &str, rounds: usize) -> Result<Duration> {
    let mut shortest = Duration::MAX;
    for _ in 0..rounds {
        let start = Instant::now();
        run(kind, operation, body, 1)?;
        shortest = shortest.min(start.elapsed());
    }
    Ok(shortest)
}

/// Times by parser, in the order in which the parsers were added.
#[derive(Default)]
struct Table(Vec<(String, [Option<Duration>; OPERATIONS.len()])>);

impl Table {
    fn add(&mut self, name: &str, operation: &str, time: Duration) {
        let column = OPERATIONS.iter().position(|known| *known == operation);
        let row = self.0.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
            self.0.push((name.to_owned(), Default::default()));
            self.0.len() - 1
        });
        if let Some(column) = column {
            self.0[row].1[column] = Some(time);
        }
    }

    fn print(&self) {
        println!("| | {} |", OPERATIONS.join(" | "));
        println!("|---|{}", "---|".repeat(OPERATIONS.len()));
        let Some((_, ours)) = self.0.first() else { return };
        for (name, times) in &self.0 {
            let cells = times.iter().zip(ours).map(|(time, ours)| match (time, ours) {
                (Some(time), Some(ours)) => format!("{}, {:.1} ×", microseconds(*time), ratio(*time, *ours)),
                _ => String::new(),
            });
            println!("| {name} | {} |", cells.collect::<Vec<_>>().join(" | "));
        }
    }
}

fn microseconds(time: Duration) -> String {
    let microseconds = time.as_secs_f64() * 1e6;
    format!("{microseconds:.*}", usize::from(microseconds < 100.0))
}

fn ratio(time: Duration, reference: Duration) -> f64 {
    time.as_secs_f64() / reference.as_secs_f64()
}

/// Times the lists in every way that they may be written, as multiples of the unchanged lists, and of a scan of the same
/// bytes.
fn variants(bodies: &Bodies, rounds: usize) -> Result<()> {
    println!("| decode / unchanged, decode / scan | {} |", OPERATIONS.join(" | "));
    println!("|---|{}", "---|".repeat(OPERATIONS.len()));
    let unchanged = OPERATIONS.map(|operation| best(Kind::Decode, operation, &bodies.body(operation)?, rounds));
    for variant in Variant::value_variants() {
        let mut row = vec![format!("{variant:?}")];
        for (operation, unchanged) in OPERATIONS.into_iter().zip(&unchanged) {
            let unchanged = unchanged.as_ref().map_err(|error| anyhow!("{error}"))?;
            let body = in_variant(&bodies.body(operation)?, *variant)?;
            let decode = best(Kind::Decode, operation, &body, rounds)?;
            let scan = best(Kind::Scan, operation, &body, rounds)?;
            row.push(format!("{:.2}, {:.2}", ratio(decode, *unchanged), ratio(decode, scan)));
        }
        println!("| {} |", row.join(" | "));
    }
    Ok(())
}
