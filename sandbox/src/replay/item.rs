//! One item of a recorded body: where it stands, and what it says about itself that a filter can use.

use std::ops::Range;

use crate::when::When;

/// An item as a slice of its body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Item {
    /// The bytes of the body that it takes.
    pub(super) place: Range<usize>,
    /// The name of its element.
    pub(super) kind: String,
    pub(super) id: Option<i32>,
    /// The elements directly within it that have an id: name and id.
    pub(super) references: Vec<(String, i32)>,
    pub(super) start: Option<When>,
    pub(super) start_utc: Option<When>,
}

impl Item {
    /// The id of the object of this kind that the item is, or refers to.
    pub(super) fn id_of(&self, kind: &str) -> Option<i32> {
        if self.kind == kind {
            return self.id;
        }
        let reference = self.references.iter().find(|(name, _)| name == kind);
        reference.map(|(_, id)| *id)
    }
}
