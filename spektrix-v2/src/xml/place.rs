//! Where in a body something stands: element paths and offsets, for errors and for the list of unknown parts.

use std::fmt::Write as _;

use quick_xml::Error;
use quick_xml::errors::IllFormedError;

use super::body::BYTE_ORDER_MARK;
use super::decoder::{Decoder, Tag};
use super::text::excerpt;
use super::{DecodeError, DecodeErrorKind};

/// At most so many different unknown parts are remembered for one body.
pub(super) const MAX_UNKNOWN: usize = 256;

/// Unknown parts.
impl Decoder<'_> {
    pub(super) fn reports_unknown(&self) -> bool {
        self.unknown.is_some()
    }

    /// Notes something below an element that was not entered.
    #[cold]
    pub(super) fn note_unknown(&mut self, tag: &Tag<'_>, below: &str) {
        self.note(&format!("{}{below}", excerpt(tag.name())));
    }

    /// Notes something below the element that was entered last.
    #[cold]
    pub(super) fn note(&mut self, below: &str) {
        let mut path = self.path.join("/");
        path.push_str(if path.is_empty() { "" } else { "/" });
        path.push_str(below);
        if let Some(unknown) = &mut self.unknown
            && unknown.len() < MAX_UNKNOWN
        {
            unknown.insert(path);
        }
    }
}

/// Errors.
impl Decoder<'_> {
    /// An error in the element entered last, where reading has come to.
    #[cold]
    pub(super) fn error(&self, kind: DecodeErrorKind) -> DecodeError {
        DecodeError::new(kind, self.path_to(&[]), self.offset())
    }

    /// The error that the body is not well-formed where reading has come to.
    #[cold]
    pub(super) fn malformed(&self, how: &str) -> DecodeError {
        self.error(DecodeErrorKind::Malformed(how.to_owned()))
    }

    /// An error about an element that was not entered.
    #[cold]
    pub(super) fn error_in(&self, tag: &Tag<'_>, kind: DecodeErrorKind) -> DecodeError {
        DecodeError::new(kind, self.path_to(&[tag.name()]), self.offset_of_tag(tag))
    }

    /// An error about an attribute of an element that was not entered.
    #[cold]
    pub(super) fn error_at(&self, tag: &Tag<'_>, attribute: &str, kind: DecodeErrorKind) -> DecodeError {
        let path = self.path_to(&[tag.name(), &format!("@{attribute}")]);
        DecodeError::new(kind, path, self.offset_of_tag(tag))
    }

    /// The error about a tag without a proper name, directly behind it.
    #[cold]
    pub(super) fn bad_name(&self, name: &str) -> DecodeError {
        let how = format!("`{}` is no name of an element", excerpt(name));
        DecodeError::new(
            DecodeErrorKind::Malformed(how),
            self.path_to(&[]),
            self.offset_of(name) - 1,
        )
    }

    /// What the tokenizer found, at the place that it found it at.
    #[cold]
    pub(super) fn tokenizer_error(&self, error: &Error) -> DecodeError {
        // Its own positions count neither the byte order mark nor what it was moved behind.
        let mark = self
            .body
            .starts_with(BYTE_ORDER_MARK)
            .then_some(BYTE_ORDER_MARK.len_utf8());
        let counted = usize::try_from(self.reader.error_position()).unwrap_or(0);
        self.malformed(&how(error)).at(mark.unwrap_or(0) + self.taken + counted)
    }

    fn path_to(&self, below: &[&str]) -> String {
        let mut path = String::new();
        for (level, name) in self.path.iter().chain(below).enumerate() {
            if level > 0 {
                path.push('/');
            }
            path.push_str(&excerpt(name));
            if level == 1 && self.items > 0 {
                // Writing to a `String` cannot fail.
                let _ = write!(path, "[{}]", self.items);
            }
        }
        path
    }

    /// Where the tag's `<` is.
    pub(super) fn offset_of_tag(&self, tag: &Tag<'_>) -> usize {
        let name = self.offset_of(tag.name());
        self.body[..name].rfind('<').unwrap_or(name)
    }

    /// Where a part of the body begins in it.
    pub(super) fn offset_of(&self, part: &str) -> usize {
        part.as_ptr()
            .addr()
            .wrapping_sub(self.body.as_ptr().addr())
            .min(self.body.len())
    }
}

fn how(error: &Error) -> String {
    match error {
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            format!(
                "`</{}>` stands where `</{}>` belongs",
                excerpt(found),
                excerpt(expected)
            )
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(name)) => {
            format!("`</{}>` ends no element", excerpt(name))
        }
        Error::IllFormed(IllFormedError::UnclosedReference) => UNFINISHED_REFERENCE.to_owned(),
        Error::IllFormed(other) => other.to_string(),
        Error::Syntax(other) => other.to_string(),
        other => other.to_string(),
    }
}

pub(super) const UNFINISHED_REFERENCE: &str = "an `&` stands alone, where `&amp;` belongs";
