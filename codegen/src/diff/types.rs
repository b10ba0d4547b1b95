//! Compares types: fields, branches of choices, values of enumerations, and derived types.
//!
//! Types are compared where they are used, not by name, so that a type with another name is no difference.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::{Breaks, Comparison};
use super::labels;
use crate::model::{Body, EnumValue, Field, FieldKind, Id, Model, Substitute, TypeKind, Value};

/// Compares the values in one location. Types are compared later, by their parts.
pub(super) fn compare_values(comparison: &mut Comparison<'_>, place: &str, rust: &str, old: &Value, new: &Value) {
    if !same_kind(comparison, old, new) {
        let what = format!("held {} and holds {}", labels::value(old), labels::value(new));
        comparison.add(place, what, Breaks::BOTH, rust);
    }
}

/// Returns whether two values are of the same kind. Two types are scheduled for comparison.
fn same_kind(comparison: &mut Comparison<'_>, old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Named(a) | Value::Boxed(a), Value::Named(b) | Value::Boxed(b)) => {
            let kind =
                |model: &Model, name: &str| model.types.get(name).map(|found| std::mem::discriminant(&found.kind));
            let same = kind(comparison.old, a) == kind(comparison.new, b);
            if same {
                comparison.add_pair(a, b);
            }
            same
        }
        (Value::Tokens(old), Value::Tokens(new)) => same_kind(comparison, old, new),
        _ => old == new,
    }
}

/// Compares every scheduled pair of types, including the pairs that are found on the way.
pub(super) fn compare_pairs(comparison: &mut Comparison<'_>) {
    while let Some((old, new)) = comparison.next_pair() {
        let (Some(a), Some(b)) = (comparison.old.types.get(&old), comparison.new.types.get(&new)) else {
            continue;
        };
        let owner = Owner {
            name: &old,
            new_name: &new,
            sent: a.sent || b.sent,
        };
        match (&a.kind, &b.kind) {
            (TypeKind::Struct(was), TypeKind::Struct(is)) => compare_fields(comparison, &owner, was, is),
            (TypeKind::Enumeration(was), TypeKind::Enumeration(is)) => {
                compare_enum_values(comparison, &old, a.sent, was, is);
            }
            (TypeKind::Choice(was), TypeKind::Choice(is)) => compare_branches(comparison, &owner, was, is),
            (TypeKind::Substitution(was), TypeKind::Substitution(is)) => {
                compare_substitutes(comparison, &old, was, is);
            }
            _ => {}
        }
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

/// The type whose fields are compared.
struct Owner<'a> {
    name: &'a str,
    new_name: &'a str,
    sent: bool,
}

fn compare_fields(comparison: &mut Comparison<'_>, owner: &Owner<'_>, old: &[Field], new: &[Field]) {
    let renames = guess_renames(old, new);
    let counterpart = |field: &Field| {
        let wire_name = labels::wire_name(field);
        let name = renames.get(&wire_name).unwrap_or(&wire_name);
        new.iter().find(|other| labels::wire_name(other) == *name)
    };
    for field in old {
        match counterpart(field) {
            None => add_lost_field(comparison, owner, field),
            Some(other) => compare_field(comparison, owner, field, other),
        }
    }
    let known: BTreeSet<String> = old.iter().filter_map(counterpart).map(labels::wire_name).collect();
    for field in new.iter().filter(|field| !known.contains(&labels::wire_name(field))) {
        let (required, breaks) = if field.required {
            (", and required", Breaks::new(owner.sent, owner.sent))
        } else {
            ("", Breaks::NOTHING)
        };
        let what = format!("the field is new{required}: {}", labels::content(field));
        add_field_change(comparison, owner, field, what, breaks);
    }
    compare_order(comparison, owner, old, new);
}

fn add_field_change(
    comparison: &mut Comparison<'_>,
    owner: &Owner<'_>,
    field: &Field,
    what: impl Into<String>,
    breaks: Breaks,
) {
    let place = format!("{}/{}", owner.name, labels::wire_name(field));
    let rust = labels::rust_field(comparison.named, owner.name, field);
    comparison.add(place, what, breaks, rust);
}

fn add_lost_field(comparison: &mut Comparison<'_>, owner: &Owner<'_>, field: &Field) {
    let named = labels::named_field(comparison.named, owner.name, field);
    let read_as_required = field.required || named.is_some_and(|field| field.required);
    let breaks = Breaks::new(true, owner.sent || read_as_required);
    add_field_change(comparison, owner, field, "the field is gone", breaks);
}

/// Compares a field that both types have.
fn compare_field(comparison: &mut Comparison<'_>, owner: &Owner<'_>, old: &Field, new: &Field) {
    if labels::wire_name(old) != labels::wire_name(new) {
        let what = format!(
            "renamed to {} (a guess: it has the same position and the same type)",
            labels::wire_name(new)
        );
        add_field_change(comparison, owner, old, what, Breaks::BOTH);
    }
    let same_type = is_own_id(comparison, owner, old, new) || same_kind(comparison, &old.value, &new.value);
    if !same_type || old.kind != new.kind {
        let what = format!("held {} and holds {}", labels::content(old), labels::content(new));
        add_field_change(comparison, owner, old, what, Breaks::BOTH);
        return;
    }
    if let Some((what, breaks)) = presence_change(comparison, owner, old, new) {
        add_field_change(comparison, owner, old, what, breaks);
    }
}

/// Describes the first change of the rules for the field: when it is present, and what its absence means.
fn presence_change(
    comparison: &Comparison<'_>,
    owner: &Owner<'_>,
    old: &Field,
    new: &Field,
) -> Option<(String, Breaks)> {
    if old.required != new.required {
        let named = labels::named_field(comparison.named, owner.name, old);
        return Some(if new.required {
            let was_required_in_rust = named.is_some_and(|field| field.required);
            let breaks = Breaks::new(!was_required_in_rust, owner.sent);
            ("was optional and is required".to_owned(), breaks)
        } else {
            ("was required and is optional".to_owned(), Breaks::BOTH)
        });
    }
    if old.default != new.default {
        let shown = |default: &Option<String>| {
            let default = default.as_ref();
            default.map_or("nothing".to_owned(), |text| format!("{text:?}"))
        };
        let what = format!(
            "its absence meant {} and means {}",
            shown(&old.default),
            shown(&new.default)
        );
        return Some((what, Breaks::WIRE));
    }
    if old.nillable != new.nillable {
        let what = if new.nillable {
            "can be nil now"
        } else {
            "can no longer be nil"
        };
        return Some((what.to_owned(), Breaks::NOTHING));
    }
    None
}

/// Returns whether both fields are the identifier of their own type. It is named after the type, so it may differ.
fn is_own_id(comparison: &Comparison<'_>, owner: &Owner<'_>, old: &Field, new: &Field) -> bool {
    let inner = |model: &Model, value: &Value, owner: &str| match value {
        Value::Id(name) => {
            let id = model.ids.get(name).filter(|Id { subject, .. }| subject == owner);
            id.map(|id| id.inner)
        }
        _ => None,
    };
    let was = inner(comparison.old, &old.value, owner.name);
    let is = inner(comparison.new, &new.value, owner.new_name);
    was.is_some() && was == is
}

/// Compares the order of the elements that both types have. Attributes have no order.
fn compare_order(comparison: &mut Comparison<'_>, owner: &Owner<'_>, old: &[Field], new: &[Field]) {
    let shared_elements = |fields: &[Field], others: &[Field]| -> Vec<String> {
        let elements = fields.iter().filter(|field| field.kind != FieldKind::Attribute);
        let shared = elements.filter(|field| others.iter().any(|other| other.name == field.name));
        shared.map(|field| field.name.clone()).collect()
    };
    let (was, is) = (shared_elements(old, new), shared_elements(new, old));
    if was != is {
        let first = was.iter().zip(&is).find(|(was, is)| was != is);
        let from = first.map_or_else(String::new, |(was, is)| format!(", from {was} on, where {is} is now"));
        let what = format!("the order of the elements differs{from}");
        let breaks = Breaks::new(false, owner.sent);
        comparison.add(owner.name, what, breaks, labels::rust_type(owner.name));
    }
}

/// Guesses renamed fields: one is gone, one is new, and both have the same type and an equal neighbor.
///
/// Returns the new name of each, by the old name.
fn guess_renames(old: &[Field], new: &[Field]) -> BTreeMap<String, String> {
    let contains = |fields: &[Field], wanted: &Field| {
        let mut fields = fields.iter();
        fields.any(|field| labels::wire_name(field) == labels::wire_name(wanted))
    };
    let lost = old.iter().filter(|field| !contains(new, field));
    lost.filter_map(|field| {
        let added = new.iter().filter(|other| !contains(old, other));
        let mut candidates =
            added.filter(|other| is_same_field(field, other) && has_same_neighbor(old, new, field, other));
        let only = candidates.next().filter(|_| candidates.next().is_none())?;
        Some((labels::wire_name(field), labels::wire_name(only)))
    })
    .collect()
}

fn is_same_field(old: &Field, new: &Field) -> bool {
    let is_attribute = |field: &Field| field.kind == FieldKind::Attribute;
    old.value == new.value
        && old.required == new.required
        && old.kind.is_list() == new.kind.is_list()
        && is_attribute(old) == is_attribute(new)
}

fn has_same_neighbor(old: &[Field], new: &[Field], a: &Field, b: &Field) -> bool {
    let neighbors = |fields: &[Field], field: &Field| {
        let mut names = fields.iter().map(labels::wire_name);
        let at = names.position(|name| name == labels::wire_name(field))?;
        let name = |at: Option<usize>| at.and_then(|at| fields.get(at)).map(labels::wire_name);
        Some((name(at.checked_sub(1)), name(Some(at + 1))))
    };
    match (neighbors(old, a), neighbors(new, b)) {
        (Some((before, after)), Some((new_before, new_after))) => before == new_before || after == new_after,
        _ => false,
    }
}

/// Compares the branches of a choice. A new branch breaks nothing, because the enum can grow.
fn compare_branches(comparison: &mut Comparison<'_>, owner: &Owner<'_>, old: &[Field], new: &[Field]) {
    let counterpart = |field: &Field, fields: &[Field]| fields.iter().find(|other| other.name == field.name).cloned();
    for field in old {
        if let Some(other) = counterpart(field, new) {
            compare_field(comparison, owner, field, &other);
        } else {
            let breaks = Breaks::new(true, owner.sent);
            add_field_change(comparison, owner, field, "the branch is gone", breaks);
        }
    }
    for field in new.iter().filter(|field| counterpart(field, old).is_none()) {
        let what = format!("the branch is new: {}", labels::content(field));
        add_field_change(comparison, owner, field, what, Breaks::NOTHING);
    }
}

/// Compares the types that may occur for a base type.
fn compare_substitutes(comparison: &mut Comparison<'_>, name: &str, old: &[Substitute], new: &[Substitute]) {
    let contains = |types: &[Substitute], wanted: &Substitute| {
        let mut types = types.iter();
        types.any(|found| found.wire_name == wanted.wire_name)
    };
    for was in old {
        if let Some(is) = new.iter().find(|is| is.wire_name == was.wire_name) {
            same_kind(comparison, &was.value, &is.value);
        } else {
            let what = format!("the derived type {} is gone", was.wire_name);
            comparison.add(name, what, Breaks::USERS, labels::rust_type(name));
        }
    }
    for is in new.iter().filter(|is| !contains(old, is)) {
        let what = format!("the derived type {} is new", is.wire_name);
        comparison.add(name, what, Breaks::NOTHING, labels::rust_type(name));
    }
}

fn compare_enum_values(comparison: &mut Comparison<'_>, name: &str, sent: bool, old: &[EnumValue], new: &[EnumValue]) {
    let contains = |values: &[EnumValue], wanted: &EnumValue| values.iter().any(|value| value.value == wanted.value);
    let rust = |value: &EnumValue| format!("{}::{}", labels::rust_type(name), value.rust_name);
    for value in old.iter().filter(|value| !contains(new, value)) {
        let what = format!("the value {:?} is gone", value.value);
        comparison.add(name, what, Breaks::new(true, sent), rust(value));
    }
    for value in new.iter().filter(|value| !contains(old, value)) {
        let what = format!("the value {:?} is new", value.value);
        comparison.add(name, what, Breaks::NOTHING, rust(value));
    }
}
