//! Compares the fields of two types.

use std::collections::{BTreeMap, BTreeSet};

use super::comparison::{Breaks, Comparison};
use super::flattening::{self, Flattening};
use super::namespaces::Renamed;
use super::values::Difference;
use super::{facets, labels, values};
use crate::model::{Field, FieldKind, Model, TypeKind, Value, local_name, split_namespace};

/// The type whose fields are compared.
pub(super) struct Owner<'a> {
    pub(super) name: &'a str,
    /// The type on the page, which has the elements of a choice itself.
    pub(super) place: &'a str,
}

/// Compares the fields of two structs.
pub(super) fn compare(comparison: &mut Comparison<'_>, owner: &Owner<'_>, old: &[Field], new: &[Field]) {
    let (mut lost, mut added) = (unmatched(old, new), unmatched(new, old));
    for (field, other) in matched(old, new) {
        compare_field(comparison, owner, field, other, total(field, old));
    }
    for (field, other) in guess_renames(old, new, &lost, &added) {
        add_change(comparison, owner, field, renamed(other), Breaks::BOTH);
        compare_field(comparison, owner, field, other, total(field, old));
        remove(&mut lost, field);
        remove(&mut added, other);
    }
    compare_moved(comparison, owner, &mut lost, &mut added);
    compare_choices(comparison, owner, &mut lost, &mut added);
    for field in lost {
        let required = |field: &Field| field.required;
        let read_as_required = field.required || comparison.names.field(owner.name, field).is_some_and(required);
        let breaks = Breaks::new(true, comparison.in_direction(true, read_as_required));
        add_change(comparison, owner, field, "the field is gone", breaks);
    }
    for field in added {
        // A required field is an argument of `new`.
        let (required, breaks) = if field.required {
            (
                ", and required",
                Breaks::new(true, comparison.in_direction(true, false)),
            )
        } else {
            ("", Breaks::NOTHING)
        };
        let what = format!("the field is new{required}: {}", labels::content(field, comparison.new));
        add_change(comparison, owner, field, what, breaks);
    }
    compare_order(comparison, owner, old, new);
}

/// Adds a change at a field.
pub(super) fn add_change(
    comparison: &mut Comparison<'_>,
    owner: &Owner<'_>,
    field: &Field,
    what: impl Into<String>,
    breaks: Breaks,
) {
    let place = place_of(owner, field);
    let rust = comparison.names.field_path(owner.name, field);
    comparison.add(place, what, breaks, rust);
}

fn place_of(owner: &Owner<'_>, field: &Field) -> String {
    format!("{}/{}", owner.place, labels::wire_name(field))
}

fn renamed(new: &Field) -> String {
    let name = labels::wire_name(new);
    format!("renamed to {name} (a guess: it has the same position and the same type)")
}

/// Returns the number of fields of the same kind, attributes or elements.
fn total(field: &Field, fields: &[Field]) -> usize {
    let is_attribute = |field: &Field| field.kind == FieldKind::Attribute;
    let same_kind = fields.iter().filter(|other| is_attribute(other) == is_attribute(field));
    same_kind.filter(|other| !other.name.contains("()")).count()
}

/// Returns the fields that both types have, by their names without namespaces. Of fields with the same name, the first
/// belongs to the first.
fn matched<'f>(old: &'f [Field], new: &'f [Field]) -> Vec<(&'f Field, &'f Field)> {
    let others: BTreeMap<_, _> = numbered(new).collect();
    let pairs = numbered(old).filter_map(|(key, field)| Some((field, *others.get(&key)?)));
    pairs.collect()
}

fn unmatched<'f>(fields: &'f [Field], others: &[Field]) -> Vec<&'f Field> {
    let known: BTreeSet<_> = numbered(others).map(|(key, _)| key).collect();
    let unknown = numbered(fields).filter(|(key, _)| !known.contains(key));
    unknown.map(|(_, field)| field).collect()
}

fn numbered(fields: &[Field]) -> impl Iterator<Item = ((String, usize), &Field)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    fields.iter().map(move |field| {
        let name = labels::wire_name(field);
        let count = counts.entry(name.clone()).or_default();
        *count += 1;
        ((name, *count), field)
    })
}

fn remove(fields: &mut Vec<&Field>, wanted: &Field) {
    fields.retain(|field| !std::ptr::eq(*field, wanted));
}

/// Compares attributes that are elements now, and the other way around.
fn compare_moved(comparison: &mut Comparison<'_>, owner: &Owner<'_>, lost: &mut Vec<&Field>, added: &mut Vec<&Field>) {
    let kind = |field: &Field| match field.kind {
        FieldKind::Attribute => "an attribute",
        _ => "an element",
    };
    for field in lost.clone() {
        let other = added
            .iter()
            .copied()
            .find(|other| local_name(&other.name) == local_name(&field.name) && kind(other) != kind(field));
        if let Some(other) = other {
            let what = format!("was {} and is {}", kind(field), kind(other));
            let same_type = field.value == other.value && field.required == other.required && !other.kind.is_list();
            add_change(comparison, owner, field, what, Breaks::new(!same_type, true));
            remove(lost, field);
            remove(added, other);
        }
    }
}

/// Compares a choice whose branches are fields now, and the other way around.
fn compare_choices(
    comparison: &mut Comparison<'_>,
    owner: &Owner<'_>,
    lost: &mut Vec<&Field>,
    added: &mut Vec<&Field>,
) {
    for field in lost.clone() {
        let branches = branches(comparison.old, field);
        let parts: Vec<&Field> = having(added, &branches);
        if !branches.is_empty() && parts.len() == branches.len() {
            let what = format!(
                "was a choice of {}, which are separate elements now",
                branches.join(", ")
            );
            let wire = comparison.in_direction(parts.iter().any(|part| part.required), true);
            add_change(comparison, owner, field, what, Breaks::new(true, wire));
            remove(lost, field);
            for part in parts {
                remove(added, part);
            }
        }
    }
    for field in added.clone() {
        let branches = branches(comparison.new, field);
        let parts: Vec<&Field> = having(lost, &branches);
        if !parts.is_empty() {
            let what = format!("is a choice now, of {}", branches.join(", "));
            let is_read_as_required = |part: &&Field| {
                part.required
                    || comparison
                        .names
                        .field(owner.name, part)
                        .is_some_and(|named| named.required)
            };
            let wire = comparison.in_direction(true, parts.iter().any(is_read_as_required));
            add_change(comparison, owner, field, what, Breaks::new(true, wire));
            remove(added, field);
            for part in parts {
                remove(lost, part);
            }
        }
    }
}

fn branches(model: &Model, field: &Field) -> Vec<String> {
    let choice = field.value.type_name().and_then(|name| model.types.get(name));
    match (&field.kind, choice.map(|found| &found.kind)) {
        (FieldKind::Choice | FieldKind::RepeatedChoice, Some(TypeKind::Choice(branches))) => branches
            .iter()
            .map(|branch| local_name(&branch.name).to_owned())
            .collect(),
        _ => Vec::new(),
    }
}

fn having<'f>(fields: &[&'f Field], names: &[String]) -> Vec<&'f Field> {
    let fields = fields.iter().copied();
    let is_meant =
        |field: &&Field| field.kind != FieldKind::Attribute && names.iter().any(|name| name == local_name(&field.name));
    fields.filter(is_meant).collect()
}

/// Compares a field that both types have. The type has `total` fields of its kind.
pub(super) fn compare_field(
    comparison: &mut Comparison<'_>,
    owner: &Owner<'_>,
    old: &Field,
    new: &Field,
    total: usize,
) {
    let (place, rust) = (place_of(owner, old), comparison.names.field_path(owner.name, old));
    let part = (owner.place, labels::wire_name(old));
    if local_name(&old.name) == local_name(&new.name) {
        compare_namespaces(comparison, (part.0, &part.1), (&old.name, &new.name), total, &rust);
    }
    if old.doc != new.doc {
        comparison.add(
            &place,
            labels::documentation(&old.doc, &new.doc),
            Breaks::NOTHING,
            &rust,
        );
    }
    if compare_content(comparison, &place, &rust, old, new) {
        return;
    }
    facets::compare(comparison, &place, &rust, old, new);
    if old.wrapper_required != new.wrapper_required {
        let (what, wire) = if new.wrapper_required {
            (
                "the wrapper was optional and is required",
                comparison.in_direction(true, false),
            )
        } else {
            ("the wrapper was required and is optional", false)
        };
        comparison.add(&place, what, Breaks::new(false, wire), &rust);
    }
    if old.may_lack_id != new.may_lack_id {
        compare_lacking_ids(comparison, &place, &rust, old, new);
    } else if let Some((what, breaks)) = presence_change(comparison, owner, old, new) {
        comparison.add(&place, what, breaks, &rust);
    }
    if old.default != new.default {
        let shown = |default: &Option<String>| {
            let default = default.as_ref();
            default.map_or("nothing".to_owned(), |text| format!("{text:?}"))
        };
        let (was, is) = (shown(&old.default), shown(&new.default));
        comparison.add(
            &place,
            format!("its absence meant {was} and means {is}"),
            Breaks::WIRE,
            &rust,
        );
    }
}

/// Records a changed namespace. The crate reads names without their namespaces, and writes them with them.
pub(super) fn compare_namespaces(
    comparison: &mut Comparison<'_>,
    (owner, name): (&str, &str),
    (old, new): (&str, &str),
    total: usize,
    rust: &str,
) {
    let (was, is) = (split_namespace(old).0, split_namespace(new).0);
    if was == is || old.contains("()") {
        return;
    }
    // An attribute is read by its name and whether it is in a namespace.
    let read_differently = name.starts_with('@') && was.is_some() != is.is_some();
    let renamed = Renamed {
        body: &comparison.body,
        was,
        is,
        breaks_wire: comparison.in_direction(true, read_differently),
    };
    let rust_type = comparison.names.type_path(owner);
    comparison
        .namespaces
        .add_part(&renamed, (owner, name), total, (rust_type, rust.to_owned()));
}

/// Compares the kinds and values of two fields. Returns whether they differ.
fn compare_content(comparison: &mut Comparison<'_>, place: &str, rust: &str, old: &Field, new: &Field) -> bool {
    if let Some(Flattening {
        name,
        what,
        breaks_wire,
    }) = flattening::change(comparison, old, new)
    {
        comparison.add(name, what, Breaks::new(true, breaks_wire), rust);
        return true;
    }
    if let (FieldKind::WrappedList(was), FieldKind::WrappedList(is)) = (&old.kind, &new.kind) {
        compare_items(comparison, place, rust, (old, was), (new, is));
    } else if old.kind != new.kind {
        let breaks_wire = kind_breaks_wire(comparison, old, new);
        let what = what_it_held(comparison, old, new);
        comparison.add(place, what, Breaks::new(true, breaks_wire), rust);
        return true;
    }
    let is_text = matches!(old.kind, FieldKind::Attribute | FieldKind::Text);
    let difference = values::difference(comparison, &old.value, &new.value, is_text);
    let Some(Difference { what, breaks_wire }) = difference else {
        return false;
    };
    let breaks_wire = flattening::breaks_wire(comparison, old, new).unwrap_or(breaks_wire);
    comparison.add(
        values::cause(place, old, new),
        what,
        Breaks::new(true, breaks_wire),
        rust,
    );
    true
}

fn what_it_held(comparison: &Comparison<'_>, old: &Field, new: &Field) -> String {
    let (was, is) = (
        labels::content(old, comparison.old),
        labels::content(new, comparison.new),
    );
    format!("held {was} and holds {is}")
}

/// Compares the names of the items in a wrapper.
fn compare_items(
    comparison: &mut Comparison<'_>,
    place: &str,
    rust: &str,
    (old, was): (&Field, &str),
    (new, is): (&Field, &str),
) {
    let wrapper = old
        .origin
        .flattened
        .first()
        .filter(|name| new.origin.flattened.first() == Some(name));
    let (owner, item) = (wrapper.map_or(place, String::as_str), local_name(was));
    if item == local_name(is) {
        compare_namespaces(comparison, (owner, item), (was, is), 1, rust);
    } else {
        let what = format!("the items are called {} now", local_name(is));
        comparison.add(format!("{owner}/{item}"), what, Breaks::WIRE, rust);
    }
}

/// Returns whether fields of different kinds misread each other.
fn kind_breaks_wire(comparison: &mut Comparison<'_>, old: &Field, new: &Field) -> bool {
    use FieldKind::{Choice, Element, List, RepeatedChoice};
    let by_kind = match (&old.kind, &new.kind) {
        // One item is a list, but a list may have several.
        (Element, List) | (Choice, RepeatedChoice) => comparison.in_direction(false, true),
        (List, Element) | (RepeatedChoice, Choice) => comparison.in_direction(true, false),
        _ => true,
    };
    let by_value = values::difference(comparison, &old.value, &new.value, false);
    by_kind || by_value.is_some_and(|difference| difference.breaks_wire)
}

/// Compares references of which one may lack its identifier.
fn compare_lacking_ids(comparison: &mut Comparison<'_>, place: &str, rust: &str, old: &Field, new: &Field) {
    let reference = old
        .origin
        .flattened
        .last()
        .filter(|name| new.origin.flattened.last() == Some(name));
    let place = format!("{}/@id", reference.map_or(place, String::as_str));
    let (what, wire) = if new.may_lack_id {
        ("was required and is optional", comparison.in_direction(false, true))
    } else {
        ("was optional and is required", false)
    };
    comparison.add(place, what, Breaks::new(old.required != new.required, wire), rust);
}

/// Describes the change of when the field is present.
fn presence_change(
    comparison: &Comparison<'_>,
    owner: &Owner<'_>,
    old: &Field,
    new: &Field,
) -> Option<(String, Breaks)> {
    let nil = match (old.nillable, new.nillable) {
        (false, true) => Some("can be nil now"),
        (true, false) => Some("can no longer be nil"),
        _ => None,
    };
    if old.required == new.required {
        return nil.map(|nil| (nil.to_owned(), Breaks::NOTHING));
    }
    let named = comparison.names.field(owner.name, old);
    let cause = nil.map_or_else(String::new, |nil| format!(": it {nil}"));
    Some(if new.required {
        let was_required_in_rust = named.is_some_and(|field| field.required);
        let breaks = Breaks::new(!was_required_in_rust, comparison.in_direction(true, false));
        (format!("was optional and is required{cause}"), breaks)
    } else {
        let breaks = Breaks::new(true, comparison.in_direction(false, true));
        (format!("was required and is optional{cause}"), breaks)
    })
}

/// Compares the order of the elements that both types have. Attributes have no order.
fn compare_order(comparison: &mut Comparison<'_>, owner: &Owner<'_>, old: &[Field], new: &[Field]) {
    let shared_elements = |fields: &[Field], others: &[Field]| -> Vec<String> {
        let elements = fields.iter().filter(|field| field.kind != FieldKind::Attribute);
        let has_name = |field: &Field, other: &Field| local_name(&other.name) == local_name(&field.name);
        let shared = elements.filter(|field| others.iter().any(|other| has_name(field, other)));
        shared.map(|field| local_name(&field.name).to_owned()).collect()
    };
    let (was, is) = (shared_elements(old, new), shared_elements(new, old));
    if was.len() == is.len() && was != is {
        let first = was.iter().zip(&is).find(|(was, is)| was != is);
        let from = first.map_or_else(String::new, |(was, is)| format!(", from {was} on, where {is} is now"));
        let what = format!("the order of the elements differs{from}");
        let breaks = Breaks::new(false, comparison.in_direction(true, false));
        comparison.add(owner.name, what, breaks, comparison.names.type_path(owner.name));
    }
}

/// Guesses renamed fields: one is gone, one is new, and both have the same type and an equal neighbor.
fn guess_renames<'f>(
    old: &'f [Field],
    new: &'f [Field],
    lost: &[&'f Field],
    added: &[&'f Field],
) -> Vec<(&'f Field, &'f Field)> {
    let counterparts = |field: &'f Field| {
        let is_meant =
            move |other: &&&'f Field| is_same_field(field, other) && has_same_neighbor(old, new, field, other);
        added.iter().filter(is_meant).copied().collect::<Vec<_>>()
    };
    let guesses = lost.iter().filter_map(|field| match counterparts(field).as_slice() {
        [only] => Some((*field, *only)),
        _ => None,
    });
    let guesses: Vec<_> = guesses.collect();
    // Two lost fields may have the same candidate.
    let is_unique = |other: &Field| guesses.iter().filter(|(_, guess)| std::ptr::eq(*guess, other)).count() == 1;
    guesses.iter().copied().filter(|(_, other)| is_unique(other)).collect()
}

fn is_same_field(old: &Field, new: &Field) -> bool {
    let is_attribute = |field: &Field| field.kind == FieldKind::Attribute;
    // An identifier that is a reference is named after its element, so its name differs too.
    let is_reference = |field: &Field| matches!(field.value, Value::Id(_)) && !is_attribute(field);
    let same_value = old.value == new.value
        || is_reference(old) && is_reference(new) && old.origin.flattened == new.origin.flattened;
    same_value
        && old.required == new.required
        && old.kind.is_list() == new.kind.is_list()
        && is_attribute(old) == is_attribute(new)
}

fn has_same_neighbor(old: &[Field], new: &[Field], a: &Field, b: &Field) -> bool {
    let neighbors = |fields: &[Field], field: &Field| {
        let at = fields.iter().position(|other| std::ptr::eq(other, field))?;
        let name = |at: Option<usize>| at.and_then(|at| fields.get(at)).map(labels::wire_name);
        Some((name(at.checked_sub(1)), name(Some(at + 1))))
    };
    match (neighbors(old, a), neighbors(new, b)) {
        (Some((before, after)), Some((new_before, new_after))) => before == new_before || after == new_after,
        _ => false,
    }
}
