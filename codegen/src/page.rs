//! The kind of a help page, recognized by its content alone.

use std::fmt;

use quick_xml::NsReader;
use quick_xml::events::Event;
use quick_xml::name::ResolveResult;

use crate::printable::{excerpt, one_line};

/// A help page, by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Page {
    /// A schema page: an XML document with the root `Schemas`.
    Schema(String),
    /// An example page: an XML document with any other root.
    Example(String),
    /// An example page of an operation that uses JSON.
    Json(String),
    /// `The request body is empty.`
    Empty,
    /// `The response body is a byte stream. …`
    Stream,
    /// Another line that describes a body without a schema, such as Atom, RSS, form data or arbitrary XML. Holds the
    /// line.
    Untyped(String),
    /// The service could not generate the page. Holds the message of the service.
    Fault(String),
}

impl Page {
    /// Recognizes the kind of a help page. A byte order mark is allowed and removed.
    pub fn parse(bytes: &[u8]) -> Result<Self, PageError> {
        let text = std::str::from_utf8(bytes).map_err(|e| PageError::not_utf8(bytes, e.valid_up_to()))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if looks_like_html(text) {
            return Err(PageError::new(PageProblem::Html, text));
        }
        if text.trim_start().starts_with('<') {
            return from_xml(text);
        }
        from_plain_text(text).ok_or_else(|| PageError::new(PageProblem::Unrecognised, text))
    }

    /// Returns the kind in one or two words.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Schema(_) => "schema",
            Self::Example(_) => "example",
            Self::Json(_) => "JSON example",
            Self::Empty => "empty",
            Self::Stream => "stream",
            Self::Untyped(_) => "untyped",
            Self::Fault(_) => "fault",
        }
    }
}

fn from_xml(text: &str) -> Result<Page, PageError> {
    match root(text) {
        Ok(root) if root.name.eq_ignore_ascii_case("html") => Err(PageError::new(PageProblem::Html, text)),
        Ok(root) if root.name == "Schemas" && root.namespace.is_empty() => Ok(Page::Schema(text.to_owned())),
        Ok(_) => Ok(Page::Example(text.to_owned())),
        Err(problem) => Err(PageError::new(PageProblem::Malformed(problem), text)),
    }
}

fn from_plain_text(text: &str) -> Option<Page> {
    let line = text.trim();
    if line.starts_with("Could not generate ") {
        return Some(Page::Fault(line.to_owned()));
    }
    match body_description(line) {
        Some("empty.") => Some(Page::Empty),
        Some(description) if description.starts_with("a byte stream") => Some(Page::Stream),
        Some(_) => Some(Page::Untyped(line.to_owned())),
        None => is_json(line).then(|| Page::Json(text.to_owned())),
    }
}

/// Returns what follows `The request body is` or `The response body is`.
fn body_description(line: &str) -> Option<&str> {
    let rest = line
        .strip_prefix("The request body is ")
        .or_else(|| line.strip_prefix("The response body is "));
    rest.filter(|_| !line.contains('\n'))
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Returns whether a text starts like an HTML page.
pub fn looks_like_html(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let start: String = text.chars().take(14).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// Returns the name of a document's root element, with its namespace if it has one: `{urn:x}Events`.
pub fn root_name(text: &str) -> Option<String> {
    let Root { name, namespace } = root(text.strip_prefix('\u{feff}').unwrap_or(text)).ok()?;
    Some(if namespace.is_empty() {
        name
    } else {
        format!("{{{namespace}}}{name}")
    })
}

/// The root element of a document.
struct Root {
    name: String,
    /// Empty without a namespace.
    namespace: String,
}

/// Returns the root of a well-formed document.
///
/// The whole document is read: a page that was cut short must not pass as complete.
fn root(text: &str) -> Result<Root, String> {
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<String> = Vec::new();
    let mut roots: Vec<Root> = Vec::new();
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|e| e.to_string())?;
        match event {
            Event::Start(start) => {
                if open.is_empty() {
                    roots.push(Root {
                        name: start.local_name().as_ref().to_owned(),
                        namespace: match namespace {
                            ResolveResult::Unbound => String::new(),
                            ResolveResult::Bound(namespace) => namespace.as_ref().to_owned(),
                            ResolveResult::Unknown(prefix) => format!("{prefix}:"),
                        },
                    });
                }
                open.push(start.name().as_ref().to_owned());
            }
            Event::End(_) => drop(open.pop()),
            Event::Eof => return only_root(roots, open.last()),
            other if open.is_empty() && is_content(&other) => {
                return Err("text outside the root".to_owned());
            }
            _ => {}
        }
    }
}

fn only_root(mut roots: Vec<Root>, still_open: Option<&String>) -> Result<Root, String> {
    match (roots.pop(), still_open) {
        (_, Some(name)) => Err(format!("it ends inside <{name}>")),
        (Some(root), None) if roots.is_empty() => Ok(root),
        (Some(_), None) => Err("more than one root".to_owned()),
        (None, None) => Err("no root".to_owned()),
    }
}

fn is_content(event: &Event<'_>) -> bool {
    match event {
        Event::Text(text) => !text.trim().is_empty(),
        Event::CData(_) | Event::GeneralRef(_) => true,
        _ => false,
    }
}

/// Content that is not a help page, with its first characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageError {
    problem: PageProblem,
    start: String,
}

/// The reason why some content is not a help page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageProblem {
    /// An HTML page, usually a login or error page.
    Html,
    /// XML that is not well-formed, often because it was cut short. Holds a description.
    Malformed(String),
    /// Bytes that are not UTF-8. Holds the offset of the first.
    NotUtf8(usize),
    /// Text of an unknown kind.
    Unrecognised,
}

impl PageError {
    fn new(problem: PageProblem, text: &str) -> Self {
        Self {
            problem,
            start: excerpt(text),
        }
    }

    fn not_utf8(bytes: &[u8], offset: usize) -> Self {
        let head = bytes.get(..bytes.len().min(400)).unwrap_or_default();
        Self::new(PageProblem::NotUtf8(offset), &String::from_utf8_lossy(head))
    }

    /// Returns the reason.
    pub fn problem(&self) -> &PageProblem {
        &self.problem
    }
}

impl std::error::Error for PageError {}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.problem {
            PageProblem::Html => f.write_str("not a help page but an HTML page")?,
            PageProblem::Malformed(problem) => {
                write!(f, "not a help page but malformed XML ({})", one_line(problem, 200))?;
            }
            PageProblem::NotUtf8(offset) => write!(f, "not a help page: not UTF-8 (byte {offset})")?,
            PageProblem::Unrecognised => f.write_str("not a help page")?,
        }
        if self.start.is_empty() {
            f.write_str(": it is empty")
        } else {
            write!(f, ": \"{}\"", self.start)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Page;

    #[test]
    fn every_kind_of_page_is_recognized() {
        let owned = str::to_owned;
        let schema = "<?xml version=\"1.0\"?><!-- made --><Schemas><a/></Schemas>";
        let fault = "Could not generate schema for request. Failed with error: no\nsuch type";
        let rows: &[(&str, Page)] = &[
            (schema, Page::Schema(owned(schema))),
            ("\u{feff}<Schemas/>", Page::Schema(owned("<Schemas/>"))),
            (
                "<Events><Event id=\"1\"/></Events>",
                Page::Example(owned("<Events><Event id=\"1\"/></Events>")),
            ),
            (
                "<x:Schemas xmlns:x=\"urn:x\"/>",
                Page::Example(owned("<x:Schemas xmlns:x=\"urn:x\"/>")),
            ),
            (
                "<Schemas xmlns=\"urn:x\"/>",
                Page::Example(owned("<Schemas xmlns=\"urn:x\"/>")),
            ),
            ("{\"Id\":1}", Page::Json(owned("{\"Id\":1}"))),
            ("\"String content\"", Page::Json(owned("\"String content\""))),
            ("The request body is empty.", Page::Empty),
            ("The response body is empty.\r\n", Page::Empty),
            (
                "The response body is a byte stream. See the service documentation for allowed content types.",
                Page::Stream,
            ),
            (
                "The response body is arbitrary XML.",
                Page::Untyped(owned("The response body is arbitrary XML.")),
            ),
            (fault, Page::Fault(owned(fault))),
        ];
        for (text, expected) in rows {
            assert_eq!(Page::parse(text.as_bytes()).as_ref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn other_content_is_an_error_with_an_excerpt() {
        let rows: &[(&[u8], &str)] = &[
            (b"", "not a help page: it is empty"),
            (b"hello\n  there", "not a help page: \"hello there\""),
            (b"<!DOCTYPE html><p>", "an HTML page"),
            (b" <HTML><body>", "an HTML page"),
            (
                b"<!-- x --><html xmlns='http://www.w3.org/1999/xhtml'/>",
                "an HTML page",
            ),
            (b"<Events><Event>", "malformed XML (it ends inside <Event>)"),
            (b"<Events></Event>", "malformed XML"),
            (b"<Events/><Events/>", "malformed XML (more than one root)"),
            (b"<Events/>rest", "malformed XML (text outside the root)"),
            (b"<!-- nothing -->", "malformed XML (no root)"),
            (b"{\"Id\":", "not a help page: \"{\"Id\":\""),
            (b"The request body is a\nmystery", "not a help page"),
            (b"ok \xff", "not UTF-8 (byte 3)"),
        ];
        for (bytes, expected) in rows {
            let error = Page::parse(bytes).map_err(|e| e.to_string());
            assert!(
                error.as_ref().is_err_and(|text| text.contains(expected)),
                "{error:?} does not contain {expected}"
            );
        }
    }
}
