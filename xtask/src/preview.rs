//! `cargo xtask preview`: a crate of its own from any folder of help pages, with a test of its own.

mod texts;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use spektrix_v2_codegen::faults;
use spektrix_v2_codegen::model::{Body, Model};

use crate::codegen::read_sources;
use crate::workspace;

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
}

/// Files of the crate, by path.
type Files = BTreeMap<String, String>;

/// Writes the crate, and prints what became of the pages and how to test it.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let overlay = match &args.overlay {
        Some(path) => fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?,
        None => String::new(),
    };
    let sources = read_sources(&args.schemas)?;
    let (generated, model, report) = spektrix_v2_codegen::preview(&sources, &overlay)?;
    let mut files = Files::new();
    for file in generated {
        files.insert(format!("src/{}", file.name), file.text);
    }
    let (examples, faults) = examples(&model, &sources.examples());
    for (path, text) in &examples {
        files.insert(format!("examples/{path}"), text.clone());
    }
    let runtime = workspace::path("");
    files.insert("Cargo.toml".to_owned(), texts::manifest(&runtime));
    files.insert("src/lib.rs".to_owned(), texts::LIBRARY.to_owned());
    files.insert("tests/examples.rs".to_owned(), texts::test(&examples, &faults));
    let lock = workspace::path("Cargo.lock");
    files.insert(
        "Cargo.lock".to_owned(),
        fs::read_to_string(&lock).with_context(|| format!("cannot read {}", lock.display()))?,
    );
    write_all(&args.out, &files)?;
    let mut stdout = std::io::stdout();
    writeln!(stdout, "{report}")?;
    for (example, fault) in &faults {
        writeln!(stdout, "wrong in the example itself: {example}: {fault}")?;
    }
    let manifest = args.out.join("Cargo.toml");
    writeln!(
        stdout,
        "{}: {} files; test it with `cargo test --manifest-path {}`",
        args.out.display(),
        files.len(),
        manifest.display()
    )?;
    Ok(())
}

/// The examples of bodies that have a type, by path, and what is wrong with them.
fn examples(model: &Model, all: &BTreeMap<String, String>) -> (Files, Vec<(String, String)>) {
    let (mut examples, mut known) = (Files::new(), Vec::new());
    for (path, text) in all {
        let named = path.strip_suffix(".xml").and_then(|path| path.split_once('/'));
        let Some((operation, side)) = named else {
            continue;
        };
        let Some(found) = model.operations.get(operation) else {
            continue;
        };
        let body = if side == "request" {
            &found.request
        } else {
            &found.response
        };
        if !matches!(body, Body::Empty | Body::Bytes(_)) {
            let faults = faults::of_example(model, body, text);
            known.extend(faults.into_iter().map(|fault| (path.clone(), fault)));
            examples.insert(path.clone(), text.clone());
        }
    }
    (examples, known)
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
