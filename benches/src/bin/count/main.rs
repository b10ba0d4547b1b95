//! Counts instructions and allocations with valgrind, and prints ratios, which are the same on all machines of one
//! architecture.

mod tables;
mod valgrind;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};
use spektrix_v2_benches::{Bodies, Kind, run};

use tables::Tables;
use valgrind::{Form, Valgrind};

/// Counts instructions and allocations with valgrind, and prints ratios to references.
#[derive(Parser)]
struct Arguments {
    /// A folder of recorded bodies, each named `{operation}.xml`. Without it, bodies are synthetic.
    #[arg(long, env = "SPEKTRIX_RECORDED", global = true)]
    bodies: Option<PathBuf>,
    #[command(subcommand)]
    part: Option<Part>,
}

#[derive(Subcommand)]
enum Part {
    /// The same lists written in other ways: indented, with references, with prefixes.
    Variants,
    /// 1, 10 and 100 times the items.
    Scale,
    /// Runs one kind of work several times. Valgrind is called with this.
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
        Some(Part::Variants) => tables(valgrind)?.variants(),
        Some(Part::Scale) => tables(valgrind)?.scale(),
        Some(Part::Run {
            kind,
            operation,
            times,
            form,
        }) => run(kind, &operation, &form.body(&source, &operation)?, times),
    }
}

#[expect(clippy::print_stderr, reason = "shows what is counted")]
fn announce(source: &Bodies) -> Result<()> {
    valgrind::check()?;
    eprintln!("counted with {}", source.describe());
    Ok(())
}
