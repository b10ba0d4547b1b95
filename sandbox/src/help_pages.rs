//! The vendored help pages, served byte for byte with their recorded content types.

use std::collections::BTreeMap;
use std::fmt;

use http::{HeaderValue, Method, StatusCode};
use include_dir::{Dir, include_dir};
use serde::Deserialize;

use crate::api::{Refusal, Reply};

/// `pages` is a symbolic link to the workspace's `schemas`, so that a published package contains them.
static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/pages");

const LOCK: &str = "lock.toml";

/// The help pages by their path below `{client}/api/v2/`.
#[derive(Debug)]
pub(crate) struct HelpPages(BTreeMap<String, HelpPage>);

#[derive(Debug)]
struct HelpPage {
    content_type: HeaderValue,
    content: &'static [u8],
}

impl HelpPages {
    pub(crate) fn load() -> Result<Self, HelpPageError> {
        let lock: Lock = toml::from_str(text(LOCK)?).map_err(|error| HelpPageError::new(LOCK, &error))?;
        lock.page
            .into_iter()
            .map(Entry::load)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    pub(crate) fn respond(&self, path: &str, method: &Method) -> Result<Reply, Refusal> {
        let page = self
            .0
            .get(path)
            .ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, format!("There is no help page at '{path}'.")))?;
        if method != Method::GET {
            return Err(Refusal::method_not_allowed(method, "GET"));
        }
        Ok(Reply::page(page.content_type.clone(), page.content))
    }
}

/// The part of the lock file that is needed to serve pages.
#[derive(Deserialize)]
struct Lock {
    page: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    path: String,
    file: String,
    #[serde(rename = "content-type")]
    content_type: String,
}

impl Entry {
    fn load(self) -> Result<(String, HelpPage), HelpPageError> {
        let content = content(&self.file)?;
        let content_type =
            HeaderValue::try_from(&self.content_type).map_err(|error| HelpPageError::new(&self.file, &error))?;
        Ok((self.path, HelpPage { content_type, content }))
    }
}

fn content(file: &str) -> Result<&'static [u8], HelpPageError> {
    let found = FILES.get_file(file);
    found
        .map(include_dir::File::contents)
        .ok_or_else(|| HelpPageError::new(file, &"the file is missing"))
}

fn text(file: &str) -> Result<&'static str, HelpPageError> {
    std::str::from_utf8(content(file)?).map_err(|error| HelpPageError::new(file, &error))
}

/// The built-in help pages do not match the lock file.
#[derive(Debug)]
pub(crate) struct HelpPageError {
    file: String,
    message: String,
}

impl HelpPageError {
    fn new(file: &str, message: &dyn fmt::Display) -> Self {
        Self {
            file: file.to_owned(),
            message: message.to_string(),
        }
    }
}

impl fmt::Display for HelpPageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the help page file {}: {}", self.file, self.message)
    }
}

impl std::error::Error for HelpPageError {}
