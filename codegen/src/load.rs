//! Loads the folder of help pages: each operation of the feed with the pages of its request and response.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::feed::{self, FeedBody, FeedOperation};
use crate::page::{self, Page};
use crate::printable::one_line;
use crate::template::{self, Template};

/// How many characters of a page that describes a body without a schema are repeated.
const MAX_REASON: usize = 300;

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

    /// Returns the number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Returns whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Returns the example pages, by their path in the folder.
    pub fn examples(&self) -> BTreeMap<String, String> {
        let is_example = |path: &str| matches!(path.rsplit_once('.'), Some((_, "xml" | "json")));
        let examples = self.files.iter().filter(|(path, _)| is_example(path));
        examples
            .map(|(path, bytes)| (path.clone(), String::from_utf8_lossy(bytes).into_owned()))
            .collect()
    }

    fn example_root(&self, operation: &str, side: &str) -> Option<String> {
        let bytes = self.files.get(&format!("{operation}/{side}.xml"))?;
        page::root_name(std::str::from_utf8(bytes).ok()?)
    }

    /// Returns the schema page of a body, or the line of text in its place.
    fn page(&self, operation: &str, side: &str) -> Option<(&String, &Vec<u8>)> {
        let paths = ["xsd", "txt"].map(|extension| format!("{operation}/{side}.{extension}"));
        paths.iter().find_map(|path| self.files.get_key_value(path))
    }

    fn feed(&self) -> Result<&str> {
        const FEED: &str = "help.atom";
        let bytes = self.files.get(FEED).ok_or_else(|| missing(FEED))?;
        std::str::from_utf8(bytes).map_err(|error| Error::new(FEED, format!("the file is not UTF-8: {error}")))
    }
}

/// An operation, with what its pages say about its bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedOperation {
    /// The entry of the feed.
    pub operation: FeedOperation,
    /// Its template, parsed.
    pub template: Template,
    /// The request body.
    pub request: LoadedBody,
    /// The response body.
    pub response: LoadedBody,
}

/// What the pages say about a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadedBody {
    /// There is no body. Holds the evidence.
    Empty(&'static str),
    /// The body has schemas.
    Schemas {
        /// The text of the page.
        text: String,
        /// The root element of the example, with its namespace, if there is an example.
        example_root: Option<String>,
    },
    /// The body is bytes that the pages do not describe.
    Bytes {
        /// The reason why there is no description.
        reason: String,
        /// Whether the service could not generate the page, which is a fault of the service.
        is_fault: bool,
    },
}

/// A page that cannot be read, so that only the bytes of its body are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The page: `GetEvents response`.
    pub page: String,
    /// Why it cannot be read.
    pub error: Error,
    /// Whether there is no such page.
    pub is_missing: bool,
    operation: String,
    side: &'static str,
}

impl Unreadable {
    pub(crate) fn new(operation: &str, side: &'static str, error: Error) -> Self {
        Self {
            page: format!("{operation} {side}"),
            error,
            is_missing: false,
            operation: operation.to_owned(),
            side,
        }
    }

    /// Makes the body of the page bytes.
    pub(crate) fn make_bytes(&self, loaded: &mut [LoadedOperation]) {
        for found in loaded.iter_mut().filter(|found| found.operation.name == self.operation) {
            let body = if self.side == "request" {
                &mut found.request
            } else {
                &mut found.response
            };
            *body = bytes("the page cannot be read", false);
        }
    }
}

/// The operations of a feed, as far as they can be generated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The operations, sorted by name. The bodies of pages that cannot be read are bytes.
    pub operations: Vec<LoadedOperation>,
    /// The pages that cannot be read.
    pub unreadable: Vec<Unreadable>,
    /// The operations without a representation in Rust, by name, with the reason.
    pub left_out: BTreeMap<String, Error>,
}

/// Loads every operation of the feed, sorted by name.
pub fn load(sources: &Sources) -> Result<Vec<LoadedOperation>> {
    let loaded = load_readable(sources)?;
    let mut errors = loaded
        .left_out
        .into_values()
        .chain(loaded.unreadable.into_iter().map(|page| page.error));
    errors.next().map_or(Ok(loaded.operations), Err)
}

/// Loads the operations of the feed that can be generated.
pub fn load_readable(sources: &Sources) -> Result<Loaded> {
    let feed = feed::parse(sources.feed()?).map_err(|error| Error::new("help.atom", error.to_string()))?;
    let Loaded {
        operations: mut loaded,
        mut unreadable,
        mut left_out,
    } = Loaded::default();
    for operation in feed.operations {
        let template =
            match check_method(&operation).and_then(|()| template::parse(&operation.name, &operation.template)) {
                Ok(template) => template,
                Err(error) => {
                    left_out.insert(operation.name, error);
                    continue;
                }
            };
        let mut body_of = |side: &'static str, listed: Option<&FeedBody>| {
            load_body(sources, &operation.name, side, listed).unwrap_or_else(|error| {
                let is_missing = sources.page(&operation.name, side).is_none();
                unreadable.push(Unreadable {
                    is_missing,
                    ..Unreadable::new(&operation.name, side, error)
                });
                bytes("the page cannot be read", false)
            })
        };
        loaded.push(LoadedOperation {
            request: body_of("request", operation.request.as_ref()),
            response: body_of("response", operation.response.as_ref()),
            template,
            operation,
        });
    }
    loaded.sort_by(|a, b| a.operation.name.cmp(&b.operation.name));
    Ok(Loaded {
        operations: loaded,
        unreadable,
        left_out,
    })
}

/// Refuses a method that HTTP does not allow. WCF writes `*` for an operation that accepts any.
fn check_method(operation: &FeedOperation) -> Result<()> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if operation.method.bytes().all(is_token) {
        return Ok(());
    }
    let description = format!("the method `{}` is not an HTTP method", operation.method);
    Err(Error::new(&operation.name, description))
}

fn load_body(sources: &Sources, operation: &str, side: &str, listed: Option<&FeedBody>) -> Result<LoadedBody> {
    let Some(listed) = listed else {
        return Ok(LoadedBody::Empty("the feed lists no body"));
    };
    if listed.schema.is_none() {
        return Ok(bytes("the feed lists a body, but no schema page", false));
    }
    let found = sources.page(operation, side);
    let (path, content) = found.ok_or_else(|| missing(&format!("{operation}/{side}.xsd")))?;
    match Page::parse(content).map_err(|error| Error::new(path, format!("{error}. Fetch the page again")))? {
        Page::Schema(_) if listed.format.eq_ignore_ascii_case("json") => Ok(bytes("the body is JSON", false)),
        Page::Schema(text) => Ok(LoadedBody::Schemas {
            text,
            example_root: sources.example_root(operation, side),
        }),
        Page::Empty => Ok(LoadedBody::Empty("the page says so")),
        Page::Fault(message) => {
            let message = one_line(&message, MAX_REASON);
            Ok(bytes(
                &format!("the service could not generate the page: {message}"),
                true,
            ))
        }
        Page::Stream => Ok(bytes("the body is a byte stream", false)),
        Page::Untyped(description) => Ok(bytes(&one_line(&description, MAX_REASON), false)),
        Page::Json(_) => Ok(bytes("the page is JSON", false)),
        other @ Page::Example(_) => Err(Error::new(
            path,
            format!(
                "expected a schema page, found a page of the kind \"{}\". Fetch the page again",
                other.kind()
            ),
        )),
    }
}

fn bytes(reason: &str, is_fault: bool) -> LoadedBody {
    LoadedBody::Bytes {
        reason: reason.to_owned(),
        is_fault,
    }
}

fn missing(path: &str) -> Error {
    Error::new(
        path,
        "the file is missing. Fetch the help pages with `cargo xtask fetch`",
    )
}
