//! Guesses which field was renamed: one is gone, one is new, and both stand in the same place and hold the same.

use std::collections::BTreeMap;

use super::words;
use crate::model::{Field, Place};

/// Old names, as they stand on the wire, and what each is called now.
pub(super) fn guess(old: &[Field], new: &[Field]) -> BTreeMap<String, String> {
    let is_in = |fields: &[Field], wanted: &Field| fields.iter().any(|field| words::wire(field) == words::wire(wanted));
    let gone = old.iter().filter(|field| !is_in(new, field));
    gone.filter_map(|field| {
        let mut candidates = new
            .iter()
            .filter(|other| !is_in(old, other) && alike(field, other) && neighbours(old, new, field, other));
        let only = candidates.next().filter(|_| candidates.next().is_none())?;
        Some((words::wire(field), words::wire(only)))
    })
    .collect()
}

fn alike(old: &Field, new: &Field) -> bool {
    let attribute = |field: &Field| field.place == Place::Attribute;
    old.value == new.value
        && old.required == new.required
        && old.place.is_list() == new.place.is_list()
        && attribute(old) == attribute(new)
}

/// Whether the fields before them, or those behind them, have one name.
fn neighbours(old: &[Field], new: &[Field], a: &Field, b: &Field) -> bool {
    let around = |fields: &[Field], field: &Field| {
        let at = fields
            .iter()
            .position(|other| words::wire(other) == words::wire(field))?;
        let name = |at: Option<usize>| at.and_then(|at| fields.get(at)).map(words::wire);
        Some((name(at.checked_sub(1)), name(Some(at + 1))))
    };
    match (around(old, a), around(new, b)) {
        (Some((before, after)), Some((new_before, new_after))) => before == new_before || after == new_after,
        _ => false,
    }
}
