//! `cargo xtask drift`: whether other help pages say what the vendored ones say.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use spektrix_v2_codegen::diff::{self, Drift};

use crate::fetch::{self, Progress, ServiceArgs};
use crate::help_pages::{read_sources, read_vendored_overlay};
use crate::{output, workspace};

/// Compare the vendored help pages with others: fetched now, or fetched before
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    service: ServiceArgs,
    /// A folder of pages that were fetched before, to compare with instead
    #[arg(long, value_name = "DIR", conflicts_with = "base_url")]
    schemas: Option<PathBuf>,
    /// How the differences are printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How differences are printed.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// A line for each
    #[default]
    Text,
    /// A table for an issue
    Markdown,
    /// For programs
    Json,
}

/// Compares, prints, and answers whether there was any difference.
pub async fn run(args: Args) -> anyhow::Result<bool> {
    let format = args.format;
    let drift = match args.schemas.clone() {
        Some(folder) => compare(&folder)?,
        None => {
            let room = tempfile::tempdir().context("cannot make a folder for the fetched pages")?;
            let folder = room.path().join("schemas");
            let options = args.service.into_options(folder.clone())?;
            fetch::fetch(&options, &Progress::on_stderr()).await?;
            compare(&folder)?
        }
    };
    for note in &drift.notes {
        output::note(&format!("note: {note}"));
    }
    let text = match format {
        Format::Text => diff::text(&drift),
        Format::Markdown => diff::markdown(&drift),
        Format::Json => diff::json(&drift),
    };
    output::print(&text)?;
    Ok(!drift.is_none())
}

/// 0 when the pages say the same, 1 when they differ, 2 when they could not be compared.
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

fn compare(others: &Path) -> anyhow::Result<Drift> {
    let overlay = read_vendored_overlay()?;
    let vendored = read_sources(&workspace::path("schemas"))?;
    Ok(diff::drift(&vendored, &read_sources(others)?, &overlay)?)
}
