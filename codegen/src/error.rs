//! What went wrong between the pages and the code: where, and what to do about it.

use std::fmt;

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
    pub fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            what: what.into(),
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
