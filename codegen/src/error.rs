//! What went wrong between the pages and the code: where, and what to do about it.

use std::fmt;

use crate::printable::shortened;

/// How much of a place, and of what is wrong there, an error shows, in characters. Both quote names from the pages.
const LONGEST_PLACE: usize = 300;
const LONGEST_WHAT: usize = 2_000;

/// A stage that could not go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    place: String,
    what: String,
}

/// The result of a stage.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error at a place: a page (`GetEvents response schema`), a type, an overlay entry.
    ///
    /// Both may quote a page, so invisible characters in them are escaped.
    pub fn new(place: impl AsRef<str>, what: impl AsRef<str>) -> Self {
        Self {
            place: shortened(place.as_ref(), LONGEST_PLACE),
            what: shortened(what.as_ref(), LONGEST_WHAT),
        }
    }

    /// An error whose description has several lines and quotes no page: that of the overlay's parser.
    pub(crate) fn with_lines(place: &str, lines: &str) -> Self {
        Self {
            place: place.to_owned(),
            what: lines.to_owned(),
        }
    }
}

impl Error {
    /// The same, with the file that the place is in.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        self.place = format!("{} ({file})", self.place);
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

impl std::error::Error for Error {}
