//! Fields of a struct: gone, new, renamed, and what became of the rest.

use std::collections::BTreeSet;

use super::{Breaks, Found, renames, types, words};
use crate::model::{Field, Id, Model, Place, Value};

/// The struct whose fields are compared.
pub(super) struct Owner<'a> {
    pub(super) name: &'a str,
    pub(super) new_name: &'a str,
    pub(super) sent: bool,
}

/// Compares the fields of two structs.
pub(super) fn compare(found: &mut Found<'_>, owner: &Owner<'_>, old: &[Field], new: &[Field]) {
    let renames = renames::guess(old, new);
    let counterpart = |field: &Field| {
        let wire = words::wire(field);
        let name = renames.get(&wire).unwrap_or(&wire);
        new.iter().find(|other| words::wire(other) == *name)
    };
    for field in old {
        match counterpart(field) {
            None => gone(found, owner, field),
            Some(other) => both(found, owner, field, other),
        }
    }
    let known: BTreeSet<String> = old.iter().filter_map(counterpart).map(words::wire).collect();
    for field in new.iter().filter(|field| !known.contains(&words::wire(field))) {
        let (required, breaks) = match field.required {
            true => (", and required", Breaks::new(owner.sent, owner.sent)),
            false => ("", Breaks::NOTHING),
        };
        let what = format!("the field is new{required}: {}", words::held(field));
        add(found, owner, field, what, breaks);
    }
    order(found, owner, old, new);
}

/// Adds a change of one field.
pub(super) fn add(found: &mut Found<'_>, owner: &Owner<'_>, field: &Field, what: impl Into<String>, breaks: Breaks) {
    let place = format!("{}/{}", owner.name, words::wire(field));
    let rust = words::rust_field(found.named, owner.name, field);
    found.add(place, what, breaks, rust);
}

fn gone(found: &mut Found<'_>, owner: &Owner<'_>, field: &Field) {
    let known = words::of_overlay(found.named, owner.name, field);
    let read_as_required = field.required || known.is_some_and(|field| field.required);
    let wire = owner.sent || read_as_required;
    add(found, owner, field, "the field is gone", Breaks::new(true, wire));
}

/// Compares what a field is on both sides.
pub(super) fn both(found: &mut Found<'_>, owner: &Owner<'_>, old: &Field, new: &Field) {
    if words::wire(old) != words::wire(new) {
        let what = format!(
            "renamed to {} (a guess: it stands in the same place and holds the same)",
            words::wire(new)
        );
        add(found, owner, old, what, Breaks::BOTH);
    }
    let own_id = is_own_id(found, owner, old, new);
    if !own_id && !types::meet(found, &old.value, &new.value) || old.place != new.place {
        let what = format!("held {}, and holds {}", words::held(old), words::held(new));
        add(found, owner, old, what, Breaks::BOTH);
        return;
    }
    if old.required != new.required {
        let known = words::of_overlay(found.named, owner.name, old).is_some_and(|field| field.required);
        let (what, breaks) = match new.required {
            true => ("was optional, and is required", Breaks::new(!known, owner.sent)),
            false => ("was required, and is optional", Breaks::BOTH),
        };
        add(found, owner, old, what, breaks);
    } else if old.default != new.default {
        let shown = |default: &Option<String>| {
            default
                .as_ref()
                .map_or("nothing".to_owned(), |text| format!("{text:?}"))
        };
        let what = format!(
            "its absence stood for {}, and stands for {}",
            shown(&old.default),
            shown(&new.default)
        );
        add(found, owner, old, what, Breaks::new(false, true));
    } else if old.nillable != new.nillable {
        let what = match new.nillable {
            true => "may say now that it has no value (nillable)",
            false => "can no longer say that it has no value (nillable)",
        };
        add(found, owner, old, what, Breaks::NOTHING);
    }
}

/// An object's own identifier is named after its type, whose name alone is no difference.
fn is_own_id(found: &Found<'_>, owner: &Owner<'_>, old: &Field, new: &Field) -> bool {
    let inner = |model: &Model, value: &Value, owner: &str| match value {
        Value::Id(name) => model
            .ids
            .get(name)
            .filter(|Id { subject, .. }| subject == owner)
            .map(|id| id.inner),
        _ => None,
    };
    let (was, is) = (
        inner(found.old, &old.value, owner.name),
        inner(found.new, &new.value, owner.new_name),
    );
    was.is_some() && was == is
}

/// The order of what both have. Attributes have none.
fn order(found: &mut Found<'_>, owner: &Owner<'_>, old: &[Field], new: &[Field]) {
    let elements = |fields: &[Field], others: &[Field]| -> Vec<String> {
        let elements = fields.iter().filter(|field| field.place != Place::Attribute);
        let shared = elements.filter(|field| others.iter().any(|other| other.name == field.name));
        shared.map(|field| field.name.clone()).collect()
    };
    let (was, is) = (elements(old, new), elements(new, old));
    if was != is {
        let first = was.iter().zip(&is).find(|(was, is)| was != is);
        let at = first.map_or_else(String::new, |(was, is)| {
            format!(", from {was} on, where {is} stands now")
        });
        let what = format!("the elements stand in another order{at}");
        let breaks = Breaks::new(false, owner.sent);
        found.add(owner.name, what, breaks, words::rust_type(owner.name));
    }
}
