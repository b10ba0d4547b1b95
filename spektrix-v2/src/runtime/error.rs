//! Errors: why a body could not be decoded or encoded, in which element, at which byte.

use std::fmt;

/// A body that could not be decoded.
///
/// Its `Display` shows what is wrong, the path of the element and the byte offset. It quotes at most a few dozen
/// characters of the value that it is about, and never the body.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Inner>);

// Boxed, because every function of the decoder returns it: a `Result` should be no larger than its value.
#[derive(Clone, PartialEq, Eq)]
struct Inner {
    kind: DecodeErrorKind,
    path: String,
    offset: usize,
}

/// What is wrong with a body that could not be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// It is not well-formed XML, or is cut short. The string describes the fault.
    Malformed(String),
    /// It is empty, where an element was expected.
    NoContent,
    /// It has something in it, where an empty body was expected.
    NotEmpty,
    /// It is a web page.
    Html,
    /// Its encoding is not UTF-8. The string describes how that was recognized.
    Encoding(String),
    /// It contains a document type declaration, which this service never sends.
    Doctype,
    /// Its root element is not the one that the operation expects.
    Root {
        /// The root's name.
        found: String,
        /// The name in the operation's schema.
        expected: &'static str,
    },
    /// It is a list that contains something, but none of the items that the operation expects.
    UnknownItems {
        /// The name of the first element in the list, or its text.
        found: String,
        /// The name of an item in the operation's schema.
        expected: &'static str,
    },
    /// A required element or attribute is missing.
    Missing(&'static str),
    /// A value cannot be parsed as its type.
    Value {
        /// The value's first characters.
        found: String,
        /// What was expected, as a noun phrase.
        expected: &'static str,
    },
    /// It exceeds a limit on size or depth. The string names the limit.
    Limit(String),
    /// Something follows the end of the root element.
    Trailing,
}

impl DecodeError {
    pub(crate) fn new(kind: DecodeErrorKind, path: String, offset: usize) -> Self {
        Self(Box::new(Inner { kind, path, offset }))
    }

    /// Replaces the offset.
    pub(super) fn with_offset(mut self, offset: usize) -> Self {
        self.0.offset = offset;
        self
    }

    /// Moves the offset by as many bytes as precede the decoded part in the whole body.
    pub(super) fn shifted_by(mut self, bytes: usize) -> Self {
        self.0.offset += bytes;
        self
    }

    /// Returns what is wrong.
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.0.kind
    }

    /// Returns the path of the element in question, from the root: `Instances/Instance[17]/Start`. It is empty before
    /// the root.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Returns the offset in the body, in bytes from 0, of the part in question.
    ///
    /// For a value, a missing part or an attribute, this is the `<` of the element's tag. For anything else, it is the
    /// tag, reference or text that is wrong. For a body that is cut short, it is the end.
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
            Self::Doctype => f.write_str("the body contains a document type declaration, which is not accepted"),
            Self::Root { found, expected } => {
                write!(f, "the root element is `{found}`, not `{expected}`")
            }
            Self::UnknownItems { found, expected } => {
                write!(f, "the list contains `{found}`, and no `{expected}`")
            }
            Self::Missing(name) => write!(
                f,
                "`{name}` is missing. The schemas of this crate are a reconstruction, so the service may not always \
                 send it: fetch its help pages with `cargo xtask fetch` and regenerate, or make it optional in the overlay"
            ),
            Self::Value { found, expected } => write!(f, "`{found}` is not {expected}"),
            Self::Limit(which) => write!(f, "the body exceeds a limit: {which}"),
            Self::Trailing => f.write_str("the body continues after the end of the root element"),
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

/// A value that XML cannot represent: it contains a control character or a noncharacter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError {
    pub(super) path: String,
    pub(super) character: char,
}

impl EncodeError {
    /// Returns the path of the element or attribute that contains the value, from the root:
    /// `Customers/Customer[2]/Email`.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, character } = self;
        write!(
            f,
            "the value of {path} contains U+{:04X}, which XML cannot represent: remove it",
            u32::from(*character)
        )
    }
}

impl std::error::Error for EncodeError {}

/// Returns the first characters of a value or name, escaped, to be quoted in a message.
pub(super) fn excerpt(value: &str) -> String {
    // Enough to recognize a value. Bodies contain personal data, so messages quote as little of them as possible.
    const MAX_CHARS: usize = 40;
    let mut shown: String = value.chars().take(MAX_CHARS).flat_map(char::escape_debug).collect();
    if value.chars().nth(MAX_CHARS).is_some() {
        shown.push('…');
    }
    shown
}
