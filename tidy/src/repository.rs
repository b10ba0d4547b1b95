//! The files of the repository that people write, as the rules read them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A file that a person wrote: neither generated nor recorded nor vendored.
pub struct SourceFile {
    /// The path below the root of the repository, with slashes.
    pub path: String,
    /// What is in it.
    pub content: String,
}

/// Folders and files that nobody edits by hand, or that imitate what other people wrote.
const NOT_HAND_WRITTEN: [&str; 11] = [
    "Cargo.lock",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "codegen/tests/cases/",
    "examples/curl-transport/Cargo.lock",
    "fuzz/Cargo.lock",
    "fuzz/corpus/",
    "sandbox/data/",
    "schemas/",
    "spektrix-v2/public-api.txt",
    "spektrix-v2/src/generated/",
];

/// The root of the repository.
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests).to_owned()
}

/// Returns every hand-written file whose name ends in one of `extensions`, sorted by path.
pub fn files(extensions: &[&str]) -> Result<Vec<SourceFile>> {
    let mut files = Vec::new();
    collect(&root(), extensions, &is_hand_written, &mut files)?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// Returns every Rust file below a folder, whoever wrote it, sorted by path.
pub fn rust_files(folder: &str) -> Result<Vec<SourceFile>> {
    let mut files = Vec::new();
    collect(&root().join(folder), &["rs"], &|_| true, &mut files)?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn collect(
    folder: &Path,
    extensions: &[&str],
    is_read: &dyn Fn(&str) -> bool,
    files: &mut Vec<SourceFile>,
) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading the folder {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        // Published crates link the licences and the changelog of the root, which are read there.
        if entry.file_type()?.is_symlink() {
            continue;
        }
        let path = entry.path();
        let below = path.strip_prefix(root())?.to_string_lossy().replace('\\', "/");
        if !is_read(&below) {
            continue;
        }
        if path.is_dir() {
            collect(&path, extensions, is_read, files)?;
        } else if path
            .extension()
            .is_some_and(|found| extensions.iter().any(|wanted| found == *wanted))
        {
            let content = fs::read_to_string(&path).with_context(|| format!("reading {below}"))?;
            files.push(SourceFile { path: below, content });
        }
    }
    Ok(())
}

/// Returns whether a file is hand-written: not build output, not in `.git`, not generated, not vendored. `.github` and
/// `.ci` are hand-written.
fn is_hand_written(below: &str) -> bool {
    let name = below.rsplit('/').next().unwrap_or(below);
    let is_hidden = name.starts_with('.') && name != ".github" && name != ".ci";
    let is_output = name == "target" || name == "node_modules" || name == "artifacts";
    let is_listed = |listed: &&str| below == listed.trim_end_matches('/') || below.starts_with(*listed);
    !is_hidden && !is_output && !NOT_HAND_WRITTEN.iter().any(is_listed)
}
