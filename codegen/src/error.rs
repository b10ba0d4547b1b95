//! The error of every stage: where in the pages or the overlay, what is wrong, and what to do.

use std::fmt;

use crate::printable::shortened;

/// How many characters of a location and of a description an error shows. Both quote names from the pages.
const MAX_LOCATION: usize = 300;
const MAX_DESCRIPTION: usize = 2_000;

/// An error of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    location: String,
    description: String,
}

/// The result of a stage.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Creates an error. The location is a page (`GetEvents response schema`), a type or an overlay entry.
    ///
    /// Both strings may quote a page, so they are shortened and invisible characters in them are escaped.
    pub fn new(location: impl AsRef<str>, description: impl AsRef<str>) -> Self {
        Self {
            location: shortened(location.as_ref(), MAX_LOCATION),
            description: shortened(description.as_ref(), MAX_DESCRIPTION),
        }
    }

    /// Creates an error for a description with several lines, which must not quote a page.
    pub(crate) fn with_lines(location: &str, description: &str) -> Self {
        Self {
            location: location.to_owned(),
            description: description.to_owned(),
        }
    }

    /// Adds another way out, which must not quote a page.
    #[must_use]
    pub(crate) fn or_else(mut self, advice: &str) -> Self {
        self.description = format!("{}. {advice}", self.description.trim_end_matches('.'));
        self
    }

    /// Adds the file that contains the location.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        self.location = format!("{} ({file})", self.location);
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.location, self.description)
    }
}

impl std::error::Error for Error {}

impl serde::Serialize for Error {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
