//! Where the bodies come from: recorded ones if a folder of them is given, else synthesised ones.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::synthetic;

/// A source of bodies.
pub struct Bodies(Option<PathBuf>);

impl Bodies {
    /// Recorded bodies of this folder, each called `{operation}.xml`; without one, synthesised bodies.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self(folder)
    }

    /// The folder that `SPEKTRIX_RECORDED` names, if it is set.
    pub fn from_env() -> Self {
        Self::new(std::env::var_os("SPEKTRIX_RECORDED").map(PathBuf::from))
    }

    /// Says in words where they come from.
    pub fn describe(&self) -> String {
        match &self.0 {
            Some(folder) => format!("recorded bodies from {}", folder.display()),
            None => "synthesised bodies (SPEKTRIX_RECORDED names no folder of recorded ones)".into(),
        }
    }

    /// The body of an operation's response.
    pub fn body(&self, operation: &str) -> Result<String> {
        match &self.0 {
            Some(folder) => read(&folder.join(format!("{operation}.xml"))),
            None => synthetic::body(operation),
        }
    }
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("the recorded body {} cannot be read", path.display()))
}

/// The same list with its items repeated so many times.
pub fn scaled(body: &str, times: usize) -> Result<String> {
    let root_end = body.rfind("</");
    let items = body.find("?>").map_or(0, |at| at + 2);
    let items = body[items..].find('>').map(|at| items + at + 1);
    let (Some(start), Some(end)) = (items, root_end.filter(|end| Some(*end) > items)) else {
        bail!("the body is no list with a declaration, a root and items");
    };
    Ok([&body[..start], &body[start..end].repeat(times), &body[end..]].concat())
}
