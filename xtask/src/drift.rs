//! `cargo xtask drift`: compares the vendored help pages with those of a service or of a folder.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use spektrix_v2_codegen::diff::{self, Drift};

use crate::fetch::{self, Progress, ServiceArgs};
use crate::help_pages::{read_sources, read_vendored_overlay};
use crate::{output, workspace};

/// The arguments of the command.
#[derive(clap::Args)]
#[command(
    help_template = output::HELP,
    before_help = "\
Examples:
  cargo xtask drift                                         # compare with the public test system
  cargo xtask drift --cert venue.crt --key venue.key        # the same, if it requires a client certificate
  cargo xtask drift --schemas new-schemas --format markdown # compare with a folder, and print a table"
)]
pub struct Args {
    #[command(flatten)]
    service: ServiceArgs,
    /// Compare with a folder of pages that were fetched before
    #[arg(long, value_name = "DIR", conflicts_with = "base_url")]
    schemas: Option<PathBuf>,
    /// How to print the differences
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How to print differences.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// One line for each difference
    #[default]
    Text,
    /// A table for an issue
    Markdown,
    /// JSON, for programs
    Json,
}

/// Compares the pages and prints the differences. Returns whether there are any.
pub async fn run(args: Args) -> anyhow::Result<bool> {
    let drift = match args.schemas {
        Some(folder) => compare_with(&folder)?,
        None => {
            let temp = tempfile::tempdir().context("cannot create a folder for the fetched pages")?;
            let folder = temp.path().join("schemas");
            let options = args.service.into_options(folder.clone())?;
            fetch::fetch(&options, &Progress::on_stderr()).await?;
            compare_with(&folder)?
        }
    };
    for note in &drift.notes {
        output::note(&format!("note: {note}"));
    }
    output::print(&match args.format {
        Format::Text => diff::text(&drift),
        Format::Markdown => diff::markdown(&drift),
        Format::Json => diff::json(&drift),
    })?;
    Ok(!drift.is_none())
}

/// Returns 0 without differences, 1 with differences, and 2 if the pages could not be compared.
pub fn exit_code(outcome: anyhow::Result<bool>) -> ExitCode {
    match outcome {
        Ok(false) => ExitCode::SUCCESS,
        Ok(true) => ExitCode::from(1),
        Err(error) => {
            output::error(&error.context("the pages could not be compared"));
            ExitCode::from(2)
        }
    }
}

fn compare_with(folder: &Path) -> anyhow::Result<Drift> {
    let vendored = read_sources(&workspace::path("schemas"))?;
    let others = read_sources(folder)?;
    Ok(diff::drift(&vendored, &others, &read_vendored_overlay()?)?)
}
