//! Compares types: branches of choices, values of enumerations, derived types, and parts that are skipped.
//!
//! Types are compared where they are used, not by name, so that a type with another name is no difference.

use std::collections::{BTreeMap, BTreeSet};

use super::comparison::{Breaks, Comparison};
use super::fields::{self, Owner};
use super::{labels, values};
use crate::model::{Body, EnumValue, Field, FieldKind, Model, Substitute, Type, TypeKind, Value, local_name};

/// Compares every scheduled pair of types, including the pairs that are found on the way.
pub(super) fn compare_pairs(comparison: &mut Comparison<'_>) {
    while let Some((old, new)) = comparison.next_pair() {
        let (Some(a), Some(b)) = (comparison.old.types.get(&old), comparison.new.types.get(&new)) else {
            continue;
        };
        compare_notes(comparison, &old, a, b);
        let place = comparison.page_name(place_of(comparison.old, &old)).to_owned();
        let owner = Owner {
            name: &old,
            place: &place,
        };
        match (&a.kind, &b.kind) {
            (TypeKind::Struct(was), TypeKind::Struct(is)) => fields::compare(comparison, &owner, was, is),
            (TypeKind::Enumeration(was), TypeKind::Enumeration(is)) => compare_enum_values(comparison, &old, was, is),
            (TypeKind::Choice(was), TypeKind::Choice(is)) => compare_branches(comparison, &owner, was, is),
            (TypeKind::Substitution(was), TypeKind::Substitution(is)) => {
                compare_substitutes(comparison, &owner, was, is);
            }
            _ => {}
        }
    }
}

/// Returns the type on the page that a type in the model stems from. A choice belongs to the type that contains it, and the
/// enum of a base type to that.
fn place_of<'m>(model: &'m Model, name: &'m str) -> &'m str {
    let contains = |found: &Type| {
        let is_choice = |field: &&Field| matches!(field.kind, FieldKind::Choice | FieldKind::RepeatedChoice);
        let mut choices = found.kind.fields().iter().filter(is_choice);
        choices.any(|field| field.value.type_name() == Some(name))
    };
    match model.types.get(name).map(|found| &found.kind) {
        Some(TypeKind::Choice(_)) => {
            let owner = model.types.iter().find(|(_, found)| contains(found));
            owner.map_or(name, |(owner, _)| owner)
        }
        Some(TypeKind::Substitution(types)) => {
            let declared = types.iter().find(|substitute| substitute.is_declared);
            let declared = declared.and_then(|declared| declared.value.type_name());
            declared.or_else(|| name.strip_prefix("Any")).unwrap_or(name)
        }
        _ => name,
    }
}

/// Returns the types that a body contains, at any depth.
pub(super) fn contained_in(model: &Model, body: &Body) -> BTreeSet<String> {
    let (mut contained, mut next) = (BTreeSet::new(), Vec::new());
    next.extend(body.value().and_then(Value::type_name).map(str::to_owned));
    while let Some(name) = next.pop() {
        if let Some(found) = model.types.get(&name)
            && contained.insert(name)
        {
            next.extend(found.kind.contained().into_iter().map(|(_, child)| child.to_owned()));
        }
    }
    contained
}

/// Compares what breaks nothing: the documentation, and the parts that are skipped.
fn compare_notes(comparison: &mut Comparison<'_>, name: &str, old: &Type, new: &Type) {
    let rust = comparison.names.type_path(name);
    if old.doc != new.doc {
        let what = labels::documentation(&old.doc, &new.doc);
        comparison.add(name, what, Breaks::NOTHING, &rust);
    }
    let lines = |parts: &BTreeMap<String, String>, others: &BTreeMap<String, String>, how: &str| {
        let changed = parts.iter().filter(|(part, reason)| others.get(*part) != Some(reason));
        let lines = changed.map(|(part, reason)| (format!("{name}/{part}"), format!("{how}: {reason}")));
        lines.collect::<Vec<_>>()
    };
    let gone = lines(&old.skipped, &new.skipped, "gone, and was skipped");
    let added = lines(&new.skipped, &old.skipped, "new, and is skipped");
    for (place, what) in gone.into_iter().chain(added) {
        comparison.add(place, what, Breaks::NOTHING, &rust);
    }
}

/// Compares the branches of a choice. The enum in Rust can grow.
fn compare_branches(comparison: &mut Comparison<'_>, owner: &Owner<'_>, old: &[Field], new: &[Field]) {
    let counterpart = |field: &Field, fields: &[Field]| {
        let mut fields = fields.iter();
        fields
            .find(|other| local_name(&other.name) == local_name(&field.name))
            .cloned()
    };
    // A required choice is missing if only a branch occurs that the crate does not know.
    let is_required = comparison.old.types.values().any(|found| {
        let mut fields = found.kind.fields().iter();
        fields.any(|field| {
            field.kind == FieldKind::Choice && field.required && field.value.type_name() == Some(owner.name)
        })
    });
    for field in old {
        if let Some(other) = counterpart(field, new) {
            fields::compare_field(comparison, owner, field, &other, old.len());
        } else {
            let breaks = Breaks::new(true, comparison.in_direction(true, false));
            fields::add_change(comparison, owner, field, "the branch is gone", breaks);
        }
    }
    for field in new.iter().filter(|field| counterpart(field, old).is_none()) {
        let what = format!("the branch is new: {}", labels::content(field, comparison.new));
        let wire = comparison.in_direction(false, is_required);
        fields::add_change(comparison, owner, field, what, Breaks::new(false, wire));
    }
}

/// Compares the types that may occur for a base type.
fn compare_substitutes(comparison: &mut Comparison<'_>, owner: &Owner<'_>, old: &[Substitute], new: &[Substitute]) {
    let local = |substitute: &Substitute| local_name(&substitute.wire_name).to_owned();
    let find = |types: &[Substitute], wanted: &Substitute| {
        let mut types = types.iter();
        types.find(|found| local(found) == local(wanted)).cloned()
    };
    let rust = comparison.names.type_path(owner.name);
    for was in old {
        if let Some(is) = find(new, was) {
            values::difference(comparison, &was.value, &is.value, false);
            fields::compare_namespaces(
                comparison,
                (owner.place, &local(was)),
                (&was.wire_name, &is.wire_name),
                old.len(),
                &rust,
            );
        } else {
            let what = format!("the derived type {} is gone", local(was));
            let breaks = Breaks::new(true, comparison.in_direction(true, false));
            comparison.add(owner.place, what, breaks, &rust);
        }
    }
    for is in new.iter().filter(|is| find(old, is).is_none()) {
        let what = format!("the derived type {} is new", local(is));
        comparison.add(owner.place, what, Breaks::NOTHING, &rust);
    }
}

fn compare_enum_values(comparison: &mut Comparison<'_>, name: &str, old: &[EnumValue], new: &[EnumValue]) {
    let find = |values: &[EnumValue], wanted: &EnumValue| {
        let mut values = values.iter();
        values.find(|value| value.value == wanted.value).cloned()
    };
    let path = comparison.names.type_path(name);
    let rust = |value: &EnumValue| format!("{path}::{}", value.rust_name);
    let renamed = renamed_value(old, new);
    let is_renamed = |value: &EnumValue| renamed.is_some_and(|(was, is)| value == was || value == is);
    if let Some((was, is)) = renamed {
        let what = format!(
            "the value {:?} is called {:?} now (a guess: it has the same position)",
            was.value, is.value
        );
        let breaks = Breaks::new(true, comparison.in_direction(true, false));
        comparison.add(name, what, breaks, rust(was));
    }
    for value in old.iter().filter(|value| !is_renamed(value)) {
        match find(new, value) {
            None => {
                let what = format!("the value {:?} is gone", value.value);
                let breaks = Breaks::new(true, comparison.in_direction(true, false));
                comparison.add(name, what, breaks, rust(value));
            }
            Some(other) if other.doc != value.doc => {
                let what = format!("{:?}: {}", value.value, labels::documentation(&value.doc, &other.doc));
                comparison.add(name, what, Breaks::NOTHING, rust(value));
            }
            Some(_) => {}
        }
    }
    for value in new
        .iter()
        .filter(|value| find(old, value).is_none() && !is_renamed(value))
    {
        let what = format!("the value {:?} is new", value.value);
        comparison.add(name, what, Breaks::NOTHING, rust(value));
    }
}

/// Returns the only value that is gone and the only one that is new, if they have the same position.
fn renamed_value<'v>(old: &'v [EnumValue], new: &'v [EnumValue]) -> Option<(&'v EnumValue, &'v EnumValue)> {
    let only_in = |values: &'v [EnumValue], others: &[EnumValue]| {
        let is_missing = |value: &EnumValue| !others.iter().any(|other| other.value == value.value);
        let mut missing = values.iter().enumerate().filter(|(_, value)| is_missing(value));
        missing.next().filter(|_| missing.next().is_none())
    };
    let ((was_at, was), (is_at, is)) = (only_in(old, new)?, only_in(new, old)?);
    (was_at == is_at && old.len() == new.len()).then_some((was, is))
}
