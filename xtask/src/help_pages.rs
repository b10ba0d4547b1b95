//! Reads the input of codegen: a folder of help pages, and an overlay.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use spektrix_v2_codegen::Sources;

use crate::{key_material, staging, workspace};

/// Reads a folder of help pages.
pub fn read_sources(folder: &Path) -> anyhow::Result<Sources> {
    let mut sources = Sources::default();
    for path in entries(folder)? {
        if path.is_dir() {
            for page in entries(&path)? {
                insert(&mut sources, folder, &page)?;
            }
        } else {
            insert(&mut sources, folder, &path)?;
        }
    }
    Ok(sources)
}

/// Reads the overlay of this workspace.
pub fn read_vendored_overlay() -> anyhow::Result<String> {
    read_overlay(&workspace::path("codegen/overlay.toml"))
}

/// Reads an overlay.
///
/// The syntax is checked here and not by codegen, because the error of the TOML parser quotes a whole line, which could be
/// part of a key.
pub fn read_overlay(path: &Path) -> anyhow::Result<String> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    key_material::refuse(&path.display().to_string(), &bytes)?;
    let text = String::from_utf8(bytes).map_err(|_| anyhow!("{} is not UTF-8", path.display()))?;
    match toml::from_str::<toml::Table>(&text) {
        Ok(_) => Ok(text),
        Err(error) => {
            let line = line_of(&text, error.span().map_or(0, |span| span.start));
            Err(anyhow!("{}, line {line}: {}", path.display(), error.message()))
        }
    }
}

/// Returns the number of the line at a byte offset.
pub fn line_of(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().iter().take(offset);
    before.filter(|byte| **byte == b'\n').count() + 1
}

fn entries(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let failed = || {
        format!(
            "cannot read {}: fetch the help pages with `cargo xtask fetch`",
            folder.display()
        )
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).with_context(failed)? {
        let entry = entry.with_context(failed)?;
        if !staging::is_temporary(&entry.file_name().to_string_lossy()) {
            paths.push(entry.path());
        }
    }
    Ok(paths)
}

/// Adds a file under its path below the folder, with forward slashes on every system.
fn insert(sources: &mut Sources, folder: &Path, path: &Path) -> anyhow::Result<()> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    key_material::refuse(&path.display().to_string(), &bytes)?;
    let below = path.strip_prefix(folder)?.iter();
    let names: Vec<String> = below.map(|name| name.to_string_lossy().into_owned()).collect();
    sources.insert(names.join("/"), bytes);
    Ok(())
}
