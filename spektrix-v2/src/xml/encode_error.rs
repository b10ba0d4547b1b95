//! Why a value could not be written.

use std::fmt;

/// A value that XML cannot carry: it holds a control character, or a code point that is no character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError {
    pub(super) path: String,
    pub(super) character: char,
}

impl EncodeError {
    /// The element or attribute that holds the value, from the root: `Customers/Customer[2]/Email`.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, character } = self;
        write!(
            f,
            "the value of {path} holds U+{:04X}, which XML cannot carry: remove it",
            u32::from(*character)
        )
    }
}

impl std::error::Error for EncodeError {}
