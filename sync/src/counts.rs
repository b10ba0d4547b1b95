//! What a run did with one list.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a run did with one list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Counts {
    /// The objects in the list.
    pub listed: usize,
    /// The objects that are new, or listed again.
    pub added: usize,
    /// The objects that changed in any field.
    pub changed: usize,
    /// The objects that are no longer listed. Their rows stay, with the time in `removed_at`.
    pub removed: usize,
}

impl Counts {
    /// Returns how many objects were written.
    pub fn written(&self) -> usize {
        self.added + self.changed + self.removed
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = [
            ("added", self.added),
            ("changed", self.changed),
            ("removed", self.removed),
        ];
        let words = words.into_iter().filter(|(_, count)| *count > 0);
        let words: Vec<_> = words.map(|(word, count)| format!("{count} {word}")).collect();
        let words = if words.is_empty() {
            "unchanged".to_owned()
        } else {
            words.join(", ")
        };
        write!(f, "{} listed: {words}", self.listed)
    }
}
