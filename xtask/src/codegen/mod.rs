//! `cargo xtask codegen`: generates Rust from the vendored help pages.

mod cases;

use std::collections::BTreeMap;
use std::path::PathBuf;

use spektrix_v2_codegen::printable::one_line;

use crate::generated_files::{Mode, ensure_folder};
use crate::help_pages::{read_sources, read_vendored_overlay};
use crate::{output, service, workspace};

const COMMAND: &str = "cargo xtask codegen";

/// How many characters of a message of the service are printed.
const LONGEST_MESSAGE: usize = 300;

/// The arguments of the command.
#[derive(clap::Args)]
#[command(
    help_template = output::HELP,
    before_help = "\
Examples:
  cargo xtask codegen                # write spektrix-v2/src/generated/
  cargo xtask codegen --check        # fail if the folder is stale"
)]
pub struct Args {
    /// The folder of help pages [default: schemas/ of this workspace]
    #[arg(long, value_name = "DIR")]
    schemas: Option<PathBuf>,
    /// The folder to write [default: spektrix-v2/src/generated/ of this workspace]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write nothing, and fail if a file would change
    #[arg(long)]
    check: bool,
    /// Also write a report about the pages to this file, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// Generates the files, or checks them, and prints a report about the pages.
pub fn run(args: Args) -> anyhow::Result<()> {
    let is_vendored = args.schemas.is_none() && args.out.is_none();
    let schemas = args.schemas.unwrap_or_else(|| workspace::path("schemas"));
    let out = args.out.unwrap_or_else(|| workspace::path("spektrix-v2/src/generated"));
    let (files, report) = spektrix_v2_codegen::generate(&read_sources(&schemas)?, &read_vendored_overlay()?)?;
    if let Some(path) = &args.report {
        service::write_report(path, &report)?;
    }
    for fault in &report.faults {
        output::note(&format!("warning: {}", one_line(fault, LONGEST_MESSAGE)));
    }
    let files: BTreeMap<String, String> = files
        .into_iter()
        .map(|file| (file.name.to_owned(), file.text))
        .collect();
    let mode = if args.check {
        Mode::Check { command: COMMAND }
    } else {
        Mode::Write
    };
    let changed = ensure_folder(&out, &files, mode)?;
    // The code of codegen's test cases is committed as well, and follows the same rules.
    let changed_cases = if is_vendored { cases::ensure(mode)? } else { 0 };
    let outcome = if args.check {
        "up to date".to_owned()
    } else {
        let count = files.len();
        format!("{changed} of {count} files changed, and {changed_cases} files of codegen's test cases")
    };
    output::print_line(&format!("{report}\n{}: {outcome}", out.display()))
}
