//! The folder of pages → operations with the page of each side, told apart by kind.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::feed;
use crate::page::{Page, one_line};

/// How much of what a page says instead of a schema is repeated, in characters.
const LONGEST_REASON: usize = 300;

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

    fn example_root(&self, operation: &str, side: &str) -> Option<String> {
        let bytes = self.files.get(&format!("{operation}/{side}.xml"))?;
        crate::page::root_name(std::str::from_utf8(bytes).ok()?)
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
    /// Its schemas, and the root element of its example, if there is one, with its namespace before it.
    Schemas(String, Option<String>),
    /// Bytes of which the pages say no more.
    Bytes {
        /// Why they do not.
        why: String,
        /// The service could not make the page: that is its fault, and worth to be known.
        is_fault: bool,
    },
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
    let Some(listed) = listed else {
        return Ok(Side::Empty("the feed lists none"));
    };
    let bytes = |why: &str, is_fault| Side::Bytes {
        why: why.to_owned(),
        is_fault,
    };
    if listed.schema.is_none() {
        return Ok(bytes("the feed lists a body, but no page that describes it", false));
    }
    let paths = ["xsd", "txt"].map(|extension| format!("{operation}/{side}.{extension}"));
    let Some((path, content)) = paths.iter().find_map(|path| sources.files.get_key_value(path)) else {
        return Err(Error::new(
            &paths[0],
            "is missing: fetch the help pages with `cargo xtask fetch`",
        ));
    };
    match Page::parse(content).map_err(|error| Error::new(path, format!("{error}; fetch the page again")))? {
        Page::Schema(_) if listed.format.eq_ignore_ascii_case("json") => Ok(bytes("it is JSON", false)),
        Page::Schema(text) => Ok(Side::Schemas(text, sources.example_root(operation, side))),
        Page::Empty => Ok(Side::Empty("its page says so")),
        Page::Fault(words) => {
            let words = one_line(&words, LONGEST_REASON);
            Ok(bytes(&format!("the service could not make the page: {words}"), true))
        }
        Page::Stream => Ok(bytes("it is a byte stream", false)),
        Page::Untyped(words) => Ok(bytes(&one_line(&words, LONGEST_REASON), false)),
        Page::Json(_) => Ok(bytes("its page is JSON", false)),
        other @ Page::Example(_) => Err(Error::new(
            path,
            format!(
                "is of the kind \"{}\" where a schema belongs: fetch the page again",
                other.kind()
            ),
        )),
    }
}
