//! Compares operations: which there are, and what else the feed says about them.

use std::collections::{BTreeMap, BTreeSet};

use super::comparison::{Breaks, Comparison};
use super::{address, bodies, labels, types};
use crate::error::Error;
use crate::model::{Body, Model, Operation};

/// Compares all operations, and every type that their bodies contain. Returns the new names of renamed operations.
///
/// The new pages have operations that are left out, because Rust cannot represent them.
pub(super) fn compare(comparison: &mut Comparison<'_>, left_out: &BTreeMap<String, Error>) -> BTreeMap<String, String> {
    let (old, new) = (comparison.old, comparison.new);
    let mut renamed = guess_renames(old, new);
    renamed.retain(|name, _| !left_out.contains_key(name));
    for (name, operation) in &old.operations {
        let new_name = renamed.get(name).unwrap_or(name);
        let rust = comparison.names.operation(name);
        if let Some(error) = left_out.get(name) {
            let what = format!("the operation would be left out ({error})");
            comparison.add(name, what, Breaks::BOTH, rust);
            continue;
        }
        let Some(other) = new.operations.get(new_name) else {
            add_lost(comparison, operation);
            continue;
        };
        if name != new_name {
            let what = format!("renamed to {new_name} (a guess: it has the same method, path and bodies)");
            comparison.add(name, what, Breaks::USERS, rust);
        }
        compare_operation(comparison, operation, other);
    }
    let is_known = |name: &String| old.operations.contains_key(name) || renamed.values().any(|new| new == name);
    for name in new.operations.keys().filter(|name| !is_known(name)) {
        let rust = comparison.names.operation(name);
        comparison.add(name, "the operation is new", Breaks::NOTHING, rust);
    }
    types::compare_pairs(comparison);
    renamed
}

/// Guesses renamed operations: one is gone, one is new, and no other has the same method, path and bodies.
fn guess_renames(old: &Model, new: &Model) -> BTreeMap<String, String> {
    let key = |operation: &Operation| {
        let root = |body: &Body| match body {
            Body::One { root, .. } | Body::List { root, .. } => root.clone(),
            Body::Empty | Body::Bytes(_) => String::new(),
        };
        let bodies = (root(&operation.request), root(&operation.response));
        (operation.method.clone(), address::shape(operation), bodies)
    };
    let missing_in = |model: &Model, other: &Model| -> Vec<Operation> {
        let operations = model
            .operations
            .iter()
            .filter(|(name, _)| !other.operations.contains_key(*name));
        operations.map(|(_, operation)| operation.clone()).collect()
    };
    let (lost, added) = (missing_in(old, new), missing_in(new, old));
    let only = |operations: &[Operation], wanted: &Operation| {
        let mut alike = operations.iter().filter(|operation| key(operation) == key(wanted));
        alike.next().filter(|_| alike.next().is_none()).cloned()
    };
    let guesses = lost.iter().filter_map(|operation| {
        let other = only(&added, operation)?;
        only(&lost, &other).map(|_| (operation.name.clone(), other.name))
    });
    guesses.collect()
}

fn add_lost(comparison: &mut Comparison<'_>, operation: &Operation) {
    let lost = lost_types(comparison.old, comparison.new, operation);
    let types: Vec<&str> = lost.iter().map(String::as_str).collect();
    let what = if types.is_empty() {
        "the operation is gone".to_owned()
    } else {
        format!("the operation is gone, and with it {}", types.join(", "))
    };
    let rust = comparison.names.operation(&operation.name);
    comparison.add(&operation.name, what, Breaks::BOTH, rust);
}

/// Returns the types that only this operation uses, and that are on no new page.
fn lost_types(old: &Model, new: &Model, operation: &Operation) -> BTreeSet<String> {
    let used_by = |operation: &Operation| {
        let mut used = types::contained_in(old, &operation.request);
        used.extend(types::contained_in(old, &operation.response));
        used
    };
    let others = old.operations.values().filter(|other| other.name != operation.name);
    let used_elsewhere: BTreeSet<String> = others.flat_map(used_by).collect();
    let used = used_by(operation).into_iter();
    used.filter(|name| !used_elsewhere.contains(name) && !new.types.contains_key(name))
        .collect()
}

fn compare_operation(comparison: &mut Comparison<'_>, old: &Operation, new: &Operation) {
    let other_bodies = bodies::compare(comparison, old, new);
    address::compare(comparison, old, new, !other_bodies);
    let rust = comparison.names.operation(&old.name);
    if old.notes.doc != new.notes.doc {
        let (was, is) = (labels::doc(&old.notes.doc), labels::doc(&new.notes.doc));
        let what = format!("the description was {was} and is {is}");
        comparison.add(&old.name, what, Breaks::NOTHING, &rust);
    }
    let labels: BTreeSet<&String> = old.feed_rows.keys().chain(new.feed_rows.keys()).collect();
    for label in labels {
        let (was, is) = (old.feed_rows.get(label), new.feed_rows.get(label));
        // The format follows from the body, if that is of another kind now.
        if was != is && !(other_bodies && label.ends_with(" Format")) {
            let shown = |value: Option<&String>| value.map_or("missing".to_owned(), |value| format!("{value:?}"));
            let what = format!("the row {label:?} was {} and is {}", shown(was), shown(is));
            comparison.add(&old.name, what, Breaks::NOTHING, &rust);
        }
    }
}
