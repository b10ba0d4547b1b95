//! The folder of pages → operations with the page of each side, told apart by kind.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::feed;
use crate::page::Page;

/// The vendored pages, by their path in the folder: `help.atom`, `GetEvents/response.xsd`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: BTreeMap<String, Vec<u8>>,
}

impl Sources {
    /// Adds a file. Paths have forward slashes on every system.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The example pages, by their path in the folder.
    pub fn examples(&self) -> BTreeMap<String, String> {
        let is_example = |path: &str| matches!(path.rsplit_once('.'), Some((_, "xml" | "json")));
        let examples = self.files.iter().filter(|(path, _)| is_example(path));
        examples
            .map(|(path, bytes)| (path.clone(), String::from_utf8_lossy(bytes).into_owned()))
            .collect()
    }

    fn feed(&self) -> Result<&str> {
        const FEED: &str = "help.atom";
        let bytes = self
            .files
            .get(FEED)
            .ok_or_else(|| Error::new(FEED, "is missing: fetch the help pages with `cargo xtask fetch`"))?;
        std::str::from_utf8(bytes).map_err(|error| Error::new(FEED, format!("is not UTF-8: {error}")))
    }
}

/// An operation with what its pages say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The feed's entry.
    pub operation: feed::FeedOperation,
    /// The request body.
    pub request: Side,
    /// The response body.
    pub response: Side,
}

/// What the pages say of one body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// There is none; the text says how we know.
    Empty(&'static str),
    /// Its schemas.
    Schemas(String),
}

/// Loads every operation of the feed, sorted by name.
pub fn load(sources: &Sources) -> Result<Vec<Loaded>> {
    let feed = feed::parse(sources.feed()?).map_err(|error| Error::new("help.atom", error.to_string()))?;
    let mut loaded = Vec::new();
    for operation in feed.operations {
        let request = side(sources, &operation.name, "request", operation.request.as_ref())?;
        let response = side(sources, &operation.name, "response", operation.response.as_ref())?;
        loaded.push(Loaded {
            operation,
            request,
            response,
        });
    }
    loaded.sort_by(|a, b| a.operation.name.cmp(&b.operation.name));
    Ok(loaded)
}

fn side(sources: &Sources, operation: &str, side: &str, listed: Option<&feed::FeedBody>) -> Result<Side> {
    if listed.is_none_or(|body| body.schema.is_none()) {
        return Ok(Side::Empty("the feed lists none"));
    }
    let paths = ["xsd", "txt"].map(|extension| format!("{operation}/{side}.{extension}"));
    let Some((path, bytes)) = paths.iter().find_map(|path| sources.files.get_key_value(path)) else {
        return Err(Error::new(
            &paths[0],
            "is missing: fetch the help pages with `cargo xtask fetch`",
        ));
    };
    match Page::parse(bytes).map_err(|error| Error::new(path, error.to_string()))? {
        Page::Schema(text) => Ok(Side::Schemas(text)),
        Page::Empty => Ok(Side::Empty("its page says so")),
        Page::Fault(words) => Err(Error::new(
            path,
            format!("the service could not make this page: {words}"),
        )),
        other => Err(Error::new(
            path,
            format!(
                "is of the kind \"{}\", for which codegen has no rule yet: add one in codegen/src/load.rs",
                other.kind()
            ),
        )),
    }
}
