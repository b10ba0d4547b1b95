//! Where the decoder is in a body: element paths and byte offsets, for errors and for the report of unknown parts.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::error::{DecodeError, DecodeErrorKind, excerpt};
use super::tag::Tag;

/// The body, and the elements of it that the decoder has entered.
pub(super) struct Position<'a> {
    pub(super) body: &'a str,
    /// The names of the elements that were entered and not left, as they are written.
    open: Vec<&'a str>,
    /// The number of the item being decoded, from 1, if the root is a list.
    pub(super) item: usize,
    /// The error for a list without items, if its first child is not one.
    pub(super) other_child: Option<DecodeError>,
    /// The root is a list, so that its children are counted.
    pub(super) is_list: bool,
}

impl<'a> Position<'a> {
    pub(super) fn new(body: &'a str) -> Self {
        Self {
            body,
            // The examples of the service are at most five levels deep.
            open: Vec::with_capacity(8),
            item: 0,
            other_child: None,
            is_list: false,
        }
    }

    #[inline]
    pub(super) fn enter(&mut self, name: &'a str) {
        self.open.push(name);
    }

    pub(super) fn leave(&mut self) {
        self.open.pop();
    }

    /// Returns the name of the element entered last, as it is written.
    pub(super) fn current(&self) -> Option<&'a str> {
        self.open.last().copied()
    }

    /// Returns whether the element entered last is the root.
    pub(super) fn is_in_root(&self) -> bool {
        self.open.len() == 1
    }

    /// Counts items, if the element entered last is the root, and a list.
    pub(super) fn count_items(&mut self, count: usize) {
        self.item += if self.is_list && self.open.len() == 1 { count } else { 0 };
    }

    /// Returns the names of the elements that were entered and not left, outermost first.
    pub(super) fn open_names(&self) -> &[&'a str] {
        &self.open
    }

    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Returns the path of the element entered last, or of something below it. A list's items have their numbers:
    /// `Events/Event[2]/Name`.
    pub(super) fn path_to(&self, below: &[&str]) -> String {
        let mut path = String::new();
        let open = self.open.iter().map(|name| without_prefix(name));
        for (level, name) in open.chain(below.iter().copied()).enumerate() {
            if level > 0 {
                path.push('/');
            }
            path.push_str(&excerpt(name));
            if level == 1 && self.item > 0 {
                // Writing to a `String` cannot fail.
                let _ = write!(path, "[{}]", self.item);
            }
        }
        path
    }

    /// Returns the path of something below the element entered last, without the numbers of items, so that a part that
    /// every item has is reported once.
    #[cold]
    pub(super) fn unnumbered_path_to(&self, below: &str) -> String {
        let names = self.open.iter().map(|name| without_prefix(name));
        names.chain([below]).collect::<Vec<_>>().join("/")
    }

    /// Creates an error about an element that was not entered.
    #[cold]
    pub(super) fn error_in(&self, tag: &Tag<'_>, kind: DecodeErrorKind) -> DecodeError {
        DecodeError::new(kind, self.path_to(&[tag.name()]), tag.start)
    }

    /// Creates an error about an attribute of an element that was not entered.
    #[cold]
    pub(super) fn error_in_attribute(&self, tag: &Tag<'_>, attribute: &str, kind: DecodeErrorKind) -> DecodeError {
        let path = self.path_to(&[tag.name(), &format!("@{attribute}")]);
        DecodeError::new(kind, path, tag.start)
    }
}

/// Removes the prefix from the name of an element.
fn without_prefix(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

/// The paths of elements and attributes that the schema does not know.
#[derive(Debug)]
pub(super) struct UnknownParts {
    are_reported: bool,
    paths: BTreeSet<String>,
}

impl UnknownParts {
    /// How many different paths are kept for one body: a body with random names must not fill the memory.
    const MAX: usize = 256;

    pub(super) fn new(are_reported: bool) -> Self {
        Self {
            are_reported,
            paths: BTreeSet::new(),
        }
    }

    pub(super) fn are_reported(&self) -> bool {
        self.are_reported
    }

    pub(super) fn paths(&self) -> &BTreeSet<String> {
        &self.paths
    }

    pub(super) fn insert(&mut self, path: String) {
        if self.are_reported && self.paths.len() < Self::MAX {
            self.paths.insert(path);
        }
    }

    /// Returns the paths that were found since the last call.
    pub(super) fn take(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.paths)
    }
}
