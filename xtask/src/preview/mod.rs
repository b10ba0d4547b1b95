//! `cargo xtask preview`: generates a separate crate from any folder of help pages, with a test of every example.

mod templates;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::help_pages::{read_overlay, read_sources};
use crate::service::{self, Service};
use crate::staging::{self, Staging};
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

/// Replaces an earlier preview in one step. Files in it that no preview wrote are kept. Any other folder with content is left
/// alone.
fn write_all(out: &Path, files: &Files) -> anyhow::Result<()> {
    if let Some(parent) = out.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    }
    let staging = Staging::beside(out)?;
    let (old, new) = (staging.target().to_owned(), staging.new_folder());
    let kept = if old.exists() {
        foreign_files(&old, files)?
    } else {
        Vec::new()
    };
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let list = names.join("\n") + "\n";
    let list = std::iter::once((FILES, list.as_bytes()));
    let written = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes()));
    staging::write_files(&new, written.chain(list))?;
    for name in kept {
        copy(&old.join(&name), &new.join(&name))?;
    }
    if let Some(replaced) = staging.replace()? {
        // What cargo built can be built again, so it need not be moved in the same step.
        let _ = fs::rename(replaced.join(TARGET), old.join(TARGET));
    }
    staging.close()
}

/// The file that lists the files of a preview.
const FILES: &str = "preview-files.txt";

/// The folder in which cargo builds.
const TARGET: &str = "target";

/// Returns the files of a folder that no preview wrote.
fn foreign_files(out: &Path, files: &Files) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    list(out, "", &mut found)?;
    if found.is_empty() {
        return Ok(found);
    }
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap_or_default();
    anyhow::ensure!(
        manifest.starts_with(templates::MARK),
        "{} holds files that are not a preview: choose another folder",
        out.display()
    );
    let listed = fs::read_to_string(out.join(FILES)).unwrap_or_default();
    let listed: BTreeSet<&str> = listed.lines().chain([FILES]).collect();
    found.retain(|name| !listed.contains(name.as_str()));
    // A preview without a list is older than the list. Its generated files have a header.
    let is_generated = |name: &String| {
        let text = fs::read_to_string(out.join(name)).unwrap_or_default();
        text.contains("@generated by `cargo xtask preview`")
    };
    let has_list = listed.len() > 1;
    let mut foreign = Vec::new();
    for name in found {
        if has_list && files.contains_key(&name) {
            bail!(
                "{} holds {name}, which no preview wrote, and which would be replaced; move it",
                out.display()
            );
        }
        if has_list || !(files.contains_key(&name) || is_generated(&name)) {
            foreign.push(name);
        }
    }
    Ok(foreign)
}

/// Adds the paths of all files below a folder, with forward slashes, except for what cargo builds.
fn list(folder: &Path, prefix: &str, found: &mut Vec<String>) -> anyhow::Result<()> {
    let failed = || format!("cannot read {}", folder.display());
    for entry in fs::read_dir(folder).with_context(failed)? {
        let entry = entry.with_context(failed)?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let is_folder = entry.file_type().with_context(failed)?.is_dir();
        if name == TARGET {
            continue;
        }
        if is_folder {
            list(&entry.path(), &format!("{name}/"), found)?;
        } else {
            found.push(name);
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    let folder = to.parent().unwrap_or(to);
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    Ok(())
}
