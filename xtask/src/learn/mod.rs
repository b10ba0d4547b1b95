//! `cargo xtask learn`: what the reports of `spektrix contract` prove about the reconstructed schemas.
//!
//! `report` reads the reports, `evidence` finds the types and fields that they are about, `proposals` are printed, and `patch`
//! writes them into the overlay. The reports are plain JSON: this program does not use the generated code.

mod evidence;
mod patch;
mod proposals;
mod report;

use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;
use spektrix_v2_codegen::Sources;

pub use proposals::Proposals;
pub use report::Report;

use crate::help_pages::{read_sources, read_vendored_overlay};
use crate::{output, workspace};

/// The arguments of the command.
#[derive(clap::Args)]
#[command(
    help_template = output::HELP,
    before_help = "\
Examples:
  cargo xtask learn report.json
  cargo xtask learn one.json another.json --patch learned.patch && git apply learned.patch"
)]
pub struct Args {
    /// Reports that `spektrix contract --out report.json` wrote, each of a venue. A report of the sandbox proves nothing
    #[arg(required = true, value_name = "REPORT")]
    reports: Vec<PathBuf>,
    /// Also write the grades that can rise as a patch for codegen/overlay.toml
    #[arg(long, value_name = "FILE")]
    patch: Option<PathBuf>,
}

/// Prints what the reports prove, and writes the patch.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let reports: anyhow::Result<Vec<_>> = args.reports.iter().map(|path| Report::read(path)).collect();
    let overlay = read_vendored_overlay()?;
    let proposals = learn(&reports?, &read_sources(&workspace::path("schemas"))?, &overlay)?;
    output::print(&proposals.to_string())?;
    let patch = proposals.patch(&overlay);
    match &args.patch {
        Some(file) => fs::write(file, patch).with_context(|| format!("cannot write {}", file.display())),
        None if patch.is_empty() => Ok(()),
        None => output::print_line("--patch FILE writes the grades as a patch for codegen/overlay.toml."),
    }
}

/// Returns what the reports prove about these pages and their overlay.
pub fn learn(reports: &[Report], pages: &Sources, overlay: &str) -> anyhow::Result<Proposals> {
    let (model, _) = spektrix_v2_codegen::model(pages, overlay)?;
    Ok(Proposals::new(reports, &model))
}
