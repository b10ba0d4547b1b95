//! `cargo xtask preview`: a crate of its own from any folder of help pages, with a test of its own.

pub mod service;
mod texts;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use service::Service;

use crate::help_pages::{read_overlay, read_sources};
use crate::{codegen, output, workspace};

/// Write a crate from a folder of help pages, to see what they would become
#[derive(clap::Args)]
pub struct Args {
    /// The folder of help pages
    #[arg(long, value_name = "DIR")]
    schemas: PathBuf,
    /// The folder to write the crate to; it is made, or must be one that was written before
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// What the pages cannot say [default: nothing]
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
    /// Write what became of the pages to this file as well, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// Files of the crate, by path.
type Files = BTreeMap<String, String>;

/// Writes the crate, and prints what became of the pages and how to test it.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let overlay = match &args.overlay {
        Some(path) => read_overlay(path)?,
        None => String::new(),
    };
    let service = service::generate(&read_sources(&args.schemas)?, &overlay)?;
    let files = files(&service)?;
    write_all(&args.out, &files)?;
    if let Some(path) = &args.report {
        codegen::write_report(path, &service.report)?;
    }
    output::print_line(&service.report.to_string())?;
    for fault in service.faults() {
        output::print_line(&format!("wrong in the example itself: {fault}"))?;
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
    let lock = workspace::path("Cargo.lock");
    let lock = fs::read_to_string(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let mut files = Files::from([
        ("Cargo.lock".to_owned(), lock),
        ("Cargo.toml".to_owned(), texts::manifest(&workspace::path(""))),
        ("src/lib.rs".to_owned(), texts::LIBRARY.to_owned()),
        ("tests/examples/again.rs".to_owned(), texts::AGAIN.to_owned()),
        ("tests/examples/main.rs".to_owned(), texts::test(&service.table())),
    ]);
    let modules = service.modules.iter();
    files.extend(modules.map(|(name, text)| (format!("src/{name}"), text.clone())));
    let examples = service.examples.iter();
    files.extend(examples.map(|(path, example)| (format!("examples/{path}"), example.text.clone())));
    Ok(files)
}

fn write_all(out: &Path, files: &Files) -> anyhow::Result<()> {
    if out.exists() && fs::read_dir(out)?.next().is_some() {
        let written = fs::read_to_string(out.join("Cargo.toml")).unwrap_or_default();
        anyhow::ensure!(
            written.starts_with(texts::MARK),
            "{} holds something that no preview wrote: give another folder",
            out.display()
        );
        for folder in ["src", "tests", "examples"] {
            let folder = out.join(folder);
            if folder.exists() {
                fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
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
