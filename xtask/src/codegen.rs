//! `cargo xtask codegen`: the vendored pages become the generated folder.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use spektrix_v2_codegen::{Report, Sources};

use crate::ensure::{Mode, ensure_folder};
use crate::workspace;

const COMMAND: &str = "cargo xtask codegen";

/// Generate types and operations from the vendored help pages
#[derive(clap::Args)]
pub struct Args {
    /// The folder of help pages [default: schemas in this workspace]
    #[arg(long, value_name = "DIR")]
    schemas: Option<PathBuf>,
    /// The folder to write [default: spektrix-v2/src/generated in this workspace]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write nothing; fail if anything would change
    #[arg(long)]
    check: bool,
    /// Write what became of the pages to this file as well, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// Generates, or checks, and prints what became of the pages.
pub fn run(args: Args) -> anyhow::Result<()> {
    let schemas = args.schemas.unwrap_or_else(|| workspace::path("schemas"));
    let out = args.out.unwrap_or_else(|| workspace::path("spektrix-v2/src/generated"));
    let overlay = workspace::path("codegen/overlay.toml");
    let overlay = fs::read_to_string(&overlay).with_context(|| format!("cannot read {}", overlay.display()))?;
    let (files, report) = spektrix_v2_codegen::generate(&read_sources(&schemas)?, &overlay)?;
    if let Some(path) = &args.report {
        write_report(path, &report)?;
    }
    for fault in &report.faults {
        writeln!(std::io::stderr(), "warning: {fault}")?;
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
    let outcome = if args.check {
        "up to date".to_owned()
    } else {
        format!("{changed} of {} files changed", files.len())
    };
    writeln!(std::io::stdout(), "{report}\n{}: {outcome}", out.display())?;
    Ok(())
}

/// Writes what became of the pages as JSON.
pub fn write_report(path: &Path, report: &Report) -> anyhow::Result<()> {
    let json = serde_json::to_string_pretty(report)? + "\n";
    fs::write(path, json).with_context(|| format!("cannot write {}", path.display()))
}

/// Reads a folder of help pages.
pub fn read_sources(folder: &Path) -> anyhow::Result<Sources> {
    let mut sources = Sources::default();
    for path in files_in(folder)? {
        if path.is_dir() {
            for page in files_in(&path)? {
                insert(&mut sources, folder, &page)?;
            }
        } else {
            insert(&mut sources, folder, &path)?;
        }
    }
    Ok(sources)
}

fn files_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let failed = || {
        format!(
            "cannot read {}: fetch the help pages with `cargo xtask fetch`",
            folder.display()
        )
    };
    let entries = fs::read_dir(folder).with_context(failed)?;
    entries.map(|entry| Ok(entry.with_context(failed)?.path())).collect()
}

fn insert(sources: &mut Sources, folder: &Path, path: &Path) -> anyhow::Result<()> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let parts = path
        .strip_prefix(folder)?
        .iter()
        .map(|part| part.to_string_lossy().into_owned());
    sources.insert(parts.collect::<Vec<_>>().join("/"), bytes);
    Ok(())
}
