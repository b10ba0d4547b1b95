//! The state of a comparison, and its result.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::change::{Change, Drift};
use super::labels::Names;
use super::namespaces::Namespaces;
use crate::model::Model;
use crate::printable::visible;
use crate::report::Collision;

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

/// The direction of a body. What breaks the wire in one may be harmless in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    /// The crate writes, and the service reads.
    Request,
    /// The service writes, and the crate reads.
    Response,
}

/// The state of a comparison.
pub(super) struct Comparison<'a> {
    pub(super) old: &'a Model,
    pub(super) new: &'a Model,
    /// The names in Rust.
    pub(super) names: &'a Names,
    /// The direction of the body that is compared.
    pub(super) direction: Direction,
    /// The body that is compared: `GetEvents response`.
    pub(super) body: String,
    pub(super) namespaces: Namespaces,
    /// The types of the old and the new pages that were renamed, because pages disagree on them, by their new name.
    renamed: [&'a BTreeMap<String, Collision>; 2],
    changes: Vec<Change>,
    notes: Vec<String>,
    pairs: TypePairs,
}

/// Pairs of types, an old one and a new one, that occur in the same location.
#[derive(Default)]
struct TypePairs {
    seen: BTreeSet<(String, String, Direction)>,
    next: VecDeque<TypePair>,
}

/// An old and a new type, and the body in which they were found first.
struct TypePair {
    old: String,
    new: String,
    direction: Direction,
    body: String,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(
        old: &'a Model,
        new: &'a Model,
        names: &'a Names,
        renamed: [&'a BTreeMap<String, Collision>; 2],
    ) -> Self {
        Self {
            old,
            new,
            names,
            direction: Direction::Response,
            body: String::new(),
            namespaces: Namespaces::default(),
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

    /// Returns the name of an old type on its pages.
    pub(super) fn page_name<'n>(&'n self, name: &'n str) -> &'n str {
        self.renamed[0].get(name).map_or(name, |collision| &collision.name)
    }

    pub(super) fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// Returns the verdict for the direction of the body that is compared.
    pub(super) fn in_direction(&self, in_request: bool, in_response: bool) -> bool {
        match self.direction {
            Direction::Request => in_request,
            Direction::Response => in_response,
        }
    }

    /// Schedules two types for comparison. Each pair is compared once in each direction.
    pub(super) fn add_pair(&mut self, old: &str, new: &str) {
        let key = (old.to_owned(), new.to_owned(), self.direction);
        if self.pairs.seen.insert(key) {
            self.pairs.next.push_back(TypePair {
                old: old.to_owned(),
                new: new.to_owned(),
                direction: self.direction,
                body: self.body.clone(),
            });
        }
    }

    /// Returns the next pair to compare, and sets its direction. Adds a note if the names differ.
    pub(super) fn next_pair(&mut self) -> Option<(String, String)> {
        let TypePair {
            old,
            new,
            direction,
            body,
        } = self.pairs.next.pop_front()?;
        (self.direction, self.body) = (direction, body);
        if old != new {
            self.notes.push(match self.renamed[1].get(&new) {
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
        self.changes.extend(std::mem::take(&mut self.namespaces).into_changes());
        // All strings quote names from the pages.
        let changes = self.changes.iter_mut();
        let strings = changes.flat_map(|change| [&mut change.place, &mut change.what, &mut change.rust]);
        for text in strings.chain(&mut self.notes) {
            *text = visible(text).into_owned();
        }
        self.notes.sort();
        self.notes.dedup();
        Drift {
            changes: merged(self.changes),
            notes: self.notes,
        }
    }
}

/// Merges differences that have the same cause, such as a type that many fields hold, or that is sent and received.
fn merged(changes: Vec<Change>) -> Vec<Change> {
    let mut causes: BTreeMap<(String, String), (Breaks, BTreeSet<String>)> = BTreeMap::new();
    for change in changes {
        let cause = causes.entry((change.place, change.what));
        let (breaks, rust) = cause.or_insert_with(|| (Breaks::NOTHING, BTreeSet::new()));
        breaks.users |= change.breaks_crate;
        breaks.wire |= change.breaks_wire;
        rust.insert(change.rust);
    }
    let change = |((place, what), (breaks, rust)): ((String, String), (Breaks, BTreeSet<String>))| Change {
        place,
        what,
        breaks_crate: breaks.users,
        breaks_wire: breaks.wire,
        rust: match rust.len() {
            0 | 1 => rust.into_iter().collect(),
            len => format!("{} and {} more", rust.first().map_or("", String::as_str), len - 1),
        },
    };
    causes.into_iter().map(change).collect()
}
