//! What kind of help page some bytes are, judged by the bytes alone.

mod error;
mod excerpt;
mod xml;

pub use error::{PageError, PageProblem};
pub(crate) use excerpt::one_line;
pub use excerpt::{excerpt, looks_like_html};

/// A help page, by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Page {
    /// A schema page: the text of an XML document with the root `Schemas`.
    Schema(String),
    /// An example page: the text of an XML document with any other root.
    Example(String),
    /// An example page of an operation that speaks JSON.
    Json(String),
    /// `The request body is empty.`
    Empty,
    /// `The response body is a byte stream. …`
    Stream,
    /// Any other line that says what a body is instead of a schema (Atom, RSS, form data,
    /// arbitrary XML); holds the line.
    Untyped(String),
    /// The service could not make the page, a fault to report loudly; holds the service's words.
    Fault(String),
}

impl Page {
    /// Tells the kind of a help page. A byte order mark is tolerated and not part of the text.
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

    /// The kind in one word, for people.
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

/// The name of a document's root element, with its namespace if it has one: `{urn:x}Events`.
pub fn root_name(text: &str) -> Option<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let xml::Root { name, namespace } = xml::root(text).ok()?;
    Some(match namespace.as_str() {
        "" => name,
        namespace => format!("{{{namespace}}}{name}"),
    })
}

fn from_xml(text: &str) -> Result<Page, PageError> {
    match xml::root(text) {
        Ok(root) if root.name.eq_ignore_ascii_case("html") => Err(PageError::new(PageProblem::Html, text)),
        Ok(root) if root.name == "Schemas" && root.namespace.is_empty() => Ok(Page::Schema(text.to_owned())),
        Ok(_) => Ok(Page::Example(text.to_owned())),
        Err(what) => Err(PageError::new(PageProblem::Malformed(what), text)),
    }
}

fn from_plain_text(text: &str) -> Option<Page> {
    let line = text.trim();
    if line.starts_with("Could not generate ") {
        return Some(Page::Fault(line.to_owned()));
    }
    match body_line(line) {
        Some("empty.") => Some(Page::Empty),
        Some(what) if what.starts_with("a byte stream") => Some(Page::Stream),
        Some(_) => Some(Page::Untyped(line.to_owned())),
        None => is_json(line).then(|| Page::Json(text.to_owned())),
    }
}

/// What `The request body is …` or `The response body is …` says.
fn body_line(line: &str) -> Option<&str> {
    let rest = line
        .strip_prefix("The request body is ")
        .or_else(|| line.strip_prefix("The response body is "));
    rest.filter(|_| !line.contains('\n'))
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{Page, excerpt};

    #[test]
    fn every_kind_is_told_by_its_bytes() {
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
    fn anything_else_is_refused_and_quoted() {
        let rows: &[(&[u8], &str)] = &[
            (b"", "not a help page: it is empty"),
            (b"hello\n  there", "not a help page: \"hello there\""),
            (b"<!DOCTYPE html><p>", "an HTML page"),
            (b" <HTML><body>", "an HTML page"),
            (
                b"<!-- x --><html xmlns='http://www.w3.org/1999/xhtml'/>",
                "an HTML page",
            ),
            (b"<Events><Event>", "broken XML (it ends inside <Event>)"),
            (b"<Events></Event>", "broken XML"),
            (b"<Events/><Events/>", "broken XML (more than one root)"),
            (b"<Events/>rest", "broken XML (text outside the root)"),
            (b"<!-- nothing -->", "broken XML (no root)"),
            (b"{\"Id\":", "not a help page: \"{\"Id\":\""),
            (b"The request body is a\nmystery", "not a help page"),
            (b"ok \xff", "not UTF-8 (byte 3)"),
        ];
        for (bytes, expected) in rows {
            let error = Page::parse(bytes).map_err(|e| e.to_string());
            assert!(
                error.as_ref().is_err_and(|text| text.contains(expected)),
                "{error:?} lacks {expected}"
            );
        }
    }

    #[test]
    fn an_excerpt_is_one_short_line() {
        assert_eq!(excerpt("  a\r\n\tb\u{7}c  "), "a b c");
        assert_eq!(excerpt("a\u{202e}b\u{feff}"), r"a\u{202e}b\u{feff}");
        assert_eq!(excerpt(&"é".repeat(200)).chars().count(), 80);
    }
}
