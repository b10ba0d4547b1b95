//! `cargo xtask preview`: generates a separate crate from any folder of help pages, with a test of every example.

mod templates;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::help_pages::{read_overlay, read_sources};
use crate::service::{self, Service};
use crate::{output, workspace};

/// The arguments of the command.
#[derive(clap::Args)]
#[command(
    help_template = output::HELP,
    before_help = "\
Examples:
  cargo xtask preview --schemas schemas --out /tmp/preview
  cargo test --manifest-path /tmp/preview/Cargo.toml"
)]
pub struct Args {
    /// The folder of help pages
    #[arg(long, value_name = "DIR")]
    schemas: PathBuf,
    /// The folder to write the crate to: a new one, or one with an earlier preview
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// An overlay with what the pages cannot express [default: none]
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
    /// Also write a report about the pages to this file, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// The files of the crate, by path.
type Files = BTreeMap<String, String>;

/// Writes the crate, and prints a report about the pages and the command that tests the crate.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let overlay = match &args.overlay {
        Some(path) => read_overlay(path)?,
        None => String::new(),
    };
    let service = service::generate(&read_sources(&args.schemas)?, &overlay)?;
    let files = files(&service)?;
    write_all(&args.out, &files)?;
    if let Some(path) = &args.report {
        service::write_report(path, &service.report)?;
    }
    output::print_line(&service.report.to_string())?;
    for fault in service.faults() {
        output::print_line(&format!("fault of the example itself: {fault}"))?;
    }
    let manifest = args.out.join("Cargo.toml");
    output::print_line(&format!(
        "{}: {} files; test it with `cargo test --manifest-path {}`",
        args.out.display(),
        files.len(),
        manifest.display()
    ))
}

fn files(service: &Service) -> anyhow::Result<Files> {
    // The preview has the versions of this workspace, so that it compiles without a network.
    let lock = workspace::path("Cargo.lock");
    let lock = fs::read_to_string(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let mut files = Files::from([
        ("Cargo.lock".to_owned(), lock),
        ("Cargo.toml".to_owned(), templates::manifest(&workspace::path(""))),
        ("src/lib.rs".to_owned(), templates::library(service.modules.keys())),
        (
            "tests/examples.rs".to_owned(),
            templates::test(&service.example_table()),
        ),
    ]);
    let modules = service.modules.iter();
    files.extend(modules.map(|(name, text)| (format!("src/{name}"), text.clone())));
    let examples = service.examples.iter();
    files.extend(examples.map(|(path, example)| (format!("examples/{path}"), example.text.clone())));
    Ok(files)
}

/// Replaces an earlier preview. Any other folder with content is left alone.
fn write_all(out: &Path, files: &Files) -> anyhow::Result<()> {
    if out.exists() && fs::read_dir(out)?.next().is_some() {
        let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap_or_default();
        anyhow::ensure!(
            manifest.starts_with(templates::MARK),
            "{} holds files that are not a preview: choose another folder",
            out.display()
        );
        for folder in ["src", "tests", "examples"] {
            let folder = out.join(folder);
            if folder.exists() {
                fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
            }
        }
    }
    for (name, text) in files {
        let path = out.join(name);
        let folder = path.parent().unwrap_or(out);
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
