//! The bodies that are measured: recorded ones from a folder, or synthetic ones.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::synthetic;

/// A source of bodies.
pub struct Bodies(Option<PathBuf>);

impl Bodies {
    /// Uses the recorded bodies in a folder, each named `{operation}.xml`. Without a folder, uses synthetic bodies.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self(folder)
    }

    /// Uses the folder that `SPEKTRIX_RECORDED` names, if it is set.
    pub fn from_env() -> Self {
        Self::new(std::env::var_os("SPEKTRIX_RECORDED").map(PathBuf::from))
    }

    /// Describes where the bodies are from.
    pub fn describe(&self) -> String {
        match &self.0 {
            Some(folder) => format!("recorded bodies from {}", folder.display()),
            None => "synthetic bodies (SPEKTRIX_RECORDED is not set to a folder of recorded ones)".into(),
        }
    }

    /// Returns the body of an operation's response.
    pub fn body(&self, operation: &str) -> Result<String> {
        match &self.0 {
            Some(folder) => read(&folder.join(format!("{operation}.xml"))),
            None => synthetic::body(operation),
        }
    }
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read the recorded body {}", path.display()))
}

/// Repeats the items of a list.
pub fn scaled(body: &str, times: usize) -> Result<String> {
    let root_end = body.rfind("</");
    let items = body.find("?>").map_or(0, |at| at + 2);
    let items = body[items..].find('>').map(|at| items + at + 1);
    let (Some(start), Some(end)) = (items, root_end.filter(|end| Some(*end) > items)) else {
        bail!("the body is not a list with a declaration, a root and items");
    };
    Ok([&body[..start], &body[start..end].repeat(times), &body[end..]].concat())
}
