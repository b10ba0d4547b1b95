//! Why a body could not be read: what is wrong, in which element, at which byte.

use std::fmt;

/// A body that could not be read.
///
/// Its `Display` says what is wrong, the path of the element and the byte offset. It quotes at most a few dozen
/// characters of the one value it is about, never the body.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    kind: DecodeErrorKind,
    path: String,
    offset: usize,
}

/// What is wrong with a body.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// It is not well-formed XML, or stops in the middle; the text says how.
    Malformed(String),
    /// It has nothing in it, where an element was expected.
    NoContent,
    /// It has something in it, where an empty body was expected.
    NotEmpty,
    /// It is a web page.
    Html,
    /// It is text in another encoding than UTF-8.
    Encoding(String),
    /// It carries a document type declaration, which this service never sends.
    Doctype,
    /// Its root is another element than the operation's.
    Root {
        /// The root's name.
        found: String,
        /// The name that the operation's schema gives.
        expected: &'static str,
    },
    /// A required element or attribute is missing.
    Missing(&'static str),
    /// A value is not of its type.
    Value {
        /// The value's first characters.
        found: String,
        /// What was expected, as a noun phrase.
        expected: &'static str,
    },
    /// It is larger or deeper than the limit; the text says which and what the limit is.
    Limit(String),
    /// Something stands behind the end of the root.
    Trailing,
}

impl DecodeError {
    pub(crate) fn new(kind: DecodeErrorKind, path: String, offset: usize) -> Self {
        Self(Box::new(Inner { kind, path, offset }))
    }

    /// The same error at another place.
    pub(super) fn at(mut self, offset: usize) -> Self {
        self.0.offset = offset;
        self
    }

    /// The same error in a body of which the part that was read begins at this byte.
    pub(super) fn moved(mut self, bytes: usize) -> Self {
        self.0.offset += bytes;
        self
    }

    /// What is wrong.
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.0.kind
    }

    /// The element in question, from the root: `Instances/Instance[17]/Start`. Empty before the root.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The byte of the body, from 0, at which the matter begins: the `<` of the element's tag for a value, a missing
    /// part or an attribute, else the tag, reference or text that is wrong. A body that stops in the middle is wrong at
    /// its end.
    pub fn offset(&self) -> usize {
        self.0.offset
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, path, offset } = &*self.0;
        write!(f, "{kind}")?;
        match path.as_str() {
            "" => write!(f, " (at byte {offset})"),
            path => write!(f, " (in {path}, at byte {offset})"),
        }
    }
}

impl fmt::Display for DecodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(how) => write!(f, "the body is not well-formed XML: {how}"),
            Self::NoContent => f.write_str("the body is empty where XML was expected"),
            Self::NotEmpty => f.write_str("the response has a body where none was expected"),
            Self::Html => f.write_str("the body is an HTML page, not XML"),
            Self::Encoding(which) => write!(f, "the body is not UTF-8: {which}"),
            Self::Doctype => f.write_str("the body carries a document type declaration, which is refused"),
            Self::Root { found, expected } => {
                write!(f, "the root element is `{found}`, not `{expected}`")
            }
            Self::Missing(name) => write!(
                f,
                "`{name}` is missing; the schemas of this crate are a reconstruction, so the service may not always \
                 send it: fetch its help pages with `cargo xtask fetch` and regenerate, or relax the overlay"
            ),
            Self::Value { found, expected } => write!(f, "`{found}` is not {expected}"),
            Self::Limit(which) => write!(f, "the body is over a limit: {which}"),
            Self::Trailing => f.write_str("something stands behind the end of the root element"),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("kind", &self.0.kind)
            .field("path", &self.0.path)
            .field("offset", &self.0.offset)
            .finish()
    }
}

impl std::error::Error for DecodeError {}
