//! The error of an edit.

use std::fmt;

/// A venue cannot be edited like this. Nothing was changed. The message describes the problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditError(String);

impl EditError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// Describes a problem with the lists after the edit.
    pub(crate) fn not_edited(problem: impl fmt::Display) -> Self {
        Self(format!("the venue was not edited: {problem}"))
    }
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EditError {}
