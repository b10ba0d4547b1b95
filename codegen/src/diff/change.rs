//! The differences between two sets of pages.

/// A difference between two sets of pages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Change {
    /// The location on the pages: `GetEvents`, `Event/Name`.
    pub place: String,
    /// What differs.
    pub what: String,
    /// Whether code that uses the crate stops compiling after the crate is generated again.
    pub breaks_crate: bool,
    /// Whether the present crate misreads responses of the service, or the service misreads its requests.
    pub breaks_wire: bool,
    /// The affected item in Rust.
    pub rust: String,
}

/// All differences between two sets of pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Drift {
    /// The differences, sorted by location.
    pub changes: Vec<Change>,
    /// Notes that are not differences, but affect the code that is generated next.
    pub notes: Vec<String>,
}

impl Drift {
    /// Returns whether both sets of pages have the same meaning.
    pub fn is_none(&self) -> bool {
        self.changes.is_empty()
    }
}
