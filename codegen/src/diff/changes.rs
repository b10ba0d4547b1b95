//! The differences, and the state of a comparison.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::model::Model;
use crate::printable::visible;
use crate::report::Collision;

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

/// What a change breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Breaks {
    users: bool,
    wire: bool,
}

impl Breaks {
    pub(super) const NOTHING: Self = Self::new(false, false);
    pub(super) const USERS: Self = Self::new(true, false);
    pub(super) const WIRE: Self = Self::new(false, true);
    pub(super) const BOTH: Self = Self::new(true, true);

    pub(super) const fn new(users: bool, wire: bool) -> Self {
        Self { users, wire }
    }
}

/// The state of a comparison.
pub(super) struct Comparison<'a> {
    pub(super) old: &'a Model,
    pub(super) new: &'a Model,
    /// The old model with the names in Rust.
    pub(super) named: &'a Model,
    /// The types of the new pages that were renamed, by their new name.
    renamed: &'a BTreeMap<String, Collision>,
    changes: Vec<Change>,
    notes: Vec<String>,
    pairs: TypePairs,
}

/// Pairs of types, an old one and a new one, that occur in the same location.
#[derive(Default)]
struct TypePairs {
    seen: BTreeSet<(String, String)>,
    next: VecDeque<(String, String)>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(
        old: &'a Model,
        new: &'a Model,
        named: &'a Model,
        renamed: &'a BTreeMap<String, Collision>,
    ) -> Self {
        Self {
            old,
            new,
            named,
            renamed,
            changes: Vec::new(),
            notes: Vec::new(),
            pairs: TypePairs::default(),
        }
    }

    pub(super) fn add(
        &mut self,
        place: impl Into<String>,
        what: impl Into<String>,
        breaks: Breaks,
        rust: impl Into<String>,
    ) {
        self.changes.push(Change {
            place: place.into(),
            what: what.into(),
            breaks_crate: breaks.users,
            breaks_wire: breaks.wire,
            rust: rust.into(),
        });
    }

    /// Schedules two types for comparison. Each pair is compared once.
    pub(super) fn add_pair(&mut self, old: &str, new: &str) {
        let pair = (old.to_owned(), new.to_owned());
        if self.pairs.seen.insert(pair.clone()) {
            self.pairs.next.push_back(pair);
        }
    }

    /// Returns the next pair to compare. Adds a note if the names differ.
    pub(super) fn next_pair(&mut self) -> Option<(String, String)> {
        let (old, new) = self.pairs.next.pop_front()?;
        if old != new {
            self.notes.push(match self.renamed.get(&new) {
                Some(collision) if collision.name == old => format!(
                    "the new pages disagree on the type {old}: {} has a different one, which is called {new} here",
                    collision.page
                ),
                _ => format!(
                    "the type {old} is called {new} on the new pages. The name alone is no drift, but the type would \
                     be renamed in Rust"
                ),
            });
        }
        Some((old, new))
    }

    pub(super) fn finish(mut self) -> Drift {
        // All strings quote names from the pages.
        let changes = self.changes.iter_mut();
        let strings = changes.flat_map(|change| [&mut change.place, &mut change.what, &mut change.rust]);
        for text in strings.chain(&mut self.notes) {
            *text = visible(text).into_owned();
        }
        self.changes.sort();
        self.changes.dedup();
        self.notes.sort();
        self.notes.dedup();
        Drift {
            changes: self.changes,
            notes: self.notes,
        }
    }
}
