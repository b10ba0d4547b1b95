//! Sequences and choices, as a type contains them itself or by the name of a group.

use xsd_parser::models::schema::MaxOccurs;
use xsd_parser::models::schema::xs::{GroupType, GroupTypeContent};

/// A sequence (`xs:sequence`, `xs:all`) or a choice.
#[derive(Clone, Copy)]
pub(super) struct Group<'a> {
    pub(super) parts: &'a [GroupTypeContent],
    pub(super) is_choice: bool,
    pub(super) can_be_absent: bool,
    pub(super) is_repeated: bool,
}

impl<'a> Group<'a> {
    pub(super) fn sequence(group: &'a GroupType) -> Self {
        Self {
            parts: &group.content,
            is_choice: false,
            can_be_absent: group.min_occurs == 0,
            is_repeated: is_repeated(group.max_occurs),
        }
    }

    pub(super) fn choice(group: &'a GroupType) -> Self {
        Self {
            is_choice: true,
            ..Self::sequence(group)
        }
    }

    /// Returns the group that a named group consists of, as often as a reference to it says.
    pub(super) fn named(reference: &GroupType, definition: &'a GroupType) -> Option<Self> {
        let group = definition.content.iter().find_map(|part| match part {
            GroupTypeContent::Sequence(group) | GroupTypeContent::All(group) => Some(Self::sequence(group)),
            GroupTypeContent::Choice(group) => Some(Self::choice(group)),
            _ => None,
        })?;
        Some(Self {
            can_be_absent: group.can_be_absent || reference.min_occurs == 0,
            is_repeated: group.is_repeated || is_repeated(reference.max_occurs),
            ..group
        })
    }
}

/// Returns whether something may occur more than once.
pub(super) fn is_repeated(max: MaxOccurs) -> bool {
    !matches!(max, MaxOccurs::Bounded(0 | 1))
}
