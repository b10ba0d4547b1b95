//! The vendored pages and the overlay of this workspace.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use spektrix_v2_codegen::Sources;
use spektrix_v2_codegen::feed::{self, Feed};
use spektrix_v2_codegen::model::Model;

use crate::folder::{self, Files};
use crate::reading::Side;

/// Returns a path below the workspace's root.
pub fn workspace(below: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(below)
}

/// Returns every vendored file.
pub fn files() -> Result<Files> {
    folder::read(&workspace("schemas"))
}

/// Converts files to the input of codegen.
pub fn sources(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Sources {
    let mut sources = Sources::default();
    for (path, bytes) in files {
        sources.insert(path, bytes);
    }
    sources
}

/// Returns the overlay.
pub fn overlay() -> Result<String> {
    let path = workspace("codegen/overlay.toml");
    fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}

/// Returns the model that the code is generated from.
pub fn model() -> Result<Model> {
    let (model, _) = spektrix_v2_codegen::model(&sources(files()?), &overlay()?)?;
    Ok(model)
}

/// Returns the help feed.
pub fn feed() -> Result<Feed> {
    let path = workspace("schemas/help.atom");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(feed::parse(&text)?)
}

/// Returns the example of a body, or `None` if the pages have none.
pub fn example(operation: &str, side: Side) -> Result<Option<String>> {
    let path = workspace(&format!("schemas/{operation}/{side}.xml"));
    if !path.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Some(text))
}
