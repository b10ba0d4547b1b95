//! Counts instructions and allocations with valgrind, and shows them as ratios: the same on every machine of a kind.

mod tables;
mod valgrind;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};
use spektrix_v2_benches::{Bodies, Kind, run};

use tables::Tables;
use valgrind::{Form, Valgrind};

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
    /// The same lists written in other ways: indented, with references, with prefixes.
    Shapes,
    /// 1, 10 and 100 times the items.
    Scale,
    /// Does one kind of work so many times: what valgrind is told to run.
    #[command(hide = true)]
    Run {
        kind: Kind,
        operation: String,
        times: usize,
        #[command(flatten)]
        form: Form,
    },
}

fn main() -> Result<()> {
    let Arguments { bodies, part } = Arguments::parse();
    let source = Bodies::new(bodies.clone());
    let tables = |valgrind| -> Result<Tables<'_>> {
        announce(&source)?;
        Ok(Tables {
            source: &source,
            valgrind,
        })
    };
    let valgrind = Valgrind { bodies };
    match part {
        None => tables(valgrind)?.overview(),
        Some(Part::Shapes) => tables(valgrind)?.shapes(),
        Some(Part::Scale) => tables(valgrind)?.scale(),
        Some(Part::Run {
            kind,
            operation,
            times,
            form,
        }) => run(kind, &operation, &form.body(&source, &operation)?, times),
    }
}

#[expect(clippy::print_stderr, reason = "the numbers mean little without it")]
fn announce(source: &Bodies) -> Result<()> {
    valgrind::check()?;
    eprintln!("counted with {}", source.describe());
    Ok(())
}
