//! Types: compared where they are used, so that a type that only has another name is no difference.

use std::collections::{BTreeSet, VecDeque};

use super::{Breaks, Found, renames, words};
use crate::model::{Body, EnumValue, Field, Id, Model, Place, Substitute, TypeKind, Value};

/// Pairs of types that stand in the same place, each pair once.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    seen: BTreeSet<(String, String)>,
    next: VecDeque<(String, String)>,
}

impl Pairs {
    fn meet(&mut self, old: &str, new: &str) {
        let pair = (old.to_owned(), new.to_owned());
        if self.seen.insert(pair.clone()) {
            self.next.push_back(pair);
        }
    }
}

/// Compares what stands in one place, or leaves it for later where that is a type of its own.
pub(super) fn value(found: &mut Found<'_>, place: &str, rust: &str, old: &Value, new: &Value) {
    if !meet(found, old, new) {
        let what = format!("held {}, and holds {}", words::value(old), words::value(new));
        found.add(place, what, Breaks::BOTH, rust);
    }
}

/// Whether two values are of one kind. Types are remembered, to be compared by their parts.
fn meet(found: &mut Found<'_>, old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Named(a) | Value::Boxed(a), Value::Named(b) | Value::Boxed(b)) => {
            let kind =
                |model: &Model, name: &str| model.types.get(name).map(|found| std::mem::discriminant(&found.kind));
            let alike = kind(found.old, a) == kind(found.new, b);
            if alike {
                found.pairs.meet(a, b);
            }
            alike
        }
        (Value::Tokens(old), Value::Tokens(new)) => meet(found, old, new),
        _ => old == new,
    }
}

/// Compares every pair that was met, and those that are met on the way.
pub(super) fn compare_pairs(found: &mut Found<'_>) {
    while let Some((old, new)) = found.pairs.next.pop_front() {
        if old != new {
            found.notes.push(name_note(&old, &new));
        }
        let (Some(a), Some(b)) = (found.old.types.get(&old), found.new.types.get(&new)) else {
            continue;
        };
        match (&a.kind, &b.kind) {
            (TypeKind::Struct(was), TypeKind::Struct(is)) => {
                let owner = Owner {
                    name: &old,
                    new_name: &new,
                    sent: a.sent || b.sent,
                };
                fields(found, &owner, was, is);
            }
            (TypeKind::Enumeration(was), TypeKind::Enumeration(is)) => values(found, &old, a.sent, was, is),
            (TypeKind::Choice(was), TypeKind::Choice(is)) => branches(found, &old, a.sent || b.sent, was, is),
            (TypeKind::Substitution(was), TypeKind::Substitution(is)) => substitutes(found, &old, was, is),
            _ => {}
        }
    }
}

/// The branches of a choice: one more is harmless, since an enumeration of them may grow.
fn branches(found: &mut Found<'_>, name: &str, sent: bool, old: &[Field], new: &[Field]) {
    let owner = Owner {
        name,
        new_name: name,
        sent,
    };
    let counterpart = |field: &Field, fields: &[Field]| fields.iter().find(|other| other.name == field.name).cloned();
    for field in old {
        match counterpart(field, new) {
            Some(other) => both(found, &owner, field, &other),
            None => add(found, &owner, field, "the branch is gone", Breaks::new(true, sent)),
        }
    }
    for field in new.iter().filter(|field| counterpart(field, old).is_none()) {
        let what = format!("the branch is new: {}", words::held(field));
        add(found, &owner, field, what, Breaks::NOTHING);
    }
}

fn substitutes(found: &mut Found<'_>, name: &str, old: &[Substitute], new: &[Substitute]) {
    for was in old {
        match new.iter().find(|is| is.wire_name == was.wire_name) {
            Some(is) => drop(meet(found, &was.value, &is.value)),
            None => {
                let what = format!("{} no longer stands for it", was.wire_name);
                found.add(name, what, Breaks::USERS, words::rust_type(name));
            }
        }
    }
    for is in new
        .iter()
        .filter(|is| !old.iter().any(|was| was.wire_name == is.wire_name))
    {
        let what = format!("{} may stand for it now", is.wire_name);
        found.add(name, what, Breaks::NOTHING, words::rust_type(name));
    }
}

fn name_note(old: &str, new: &str) -> String {
    match new.strip_prefix(old).and_then(|rest| rest.strip_prefix(" (")) {
        Some(page) => format!(
            "the other pages do not agree about the type {old}: {} has one of its own",
            page.trim_end_matches(')')
        ),
        None => format!(
            "the type {old} is called {new} on the other pages: that alone is no drift, but its name in Rust would follow"
        ),
    }
}

/// The struct whose fields are compared.
struct Owner<'a> {
    name: &'a str,
    new_name: &'a str,
    sent: bool,
}

fn fields(found: &mut Found<'_>, owner: &Owner<'_>, old: &[Field], new: &[Field]) {
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

fn add(found: &mut Found<'_>, owner: &Owner<'_>, field: &Field, what: impl Into<String>, breaks: Breaks) {
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

fn both(found: &mut Found<'_>, owner: &Owner<'_>, old: &Field, new: &Field) {
    if words::wire(old) != words::wire(new) {
        let what = format!(
            "renamed to {} (a guess: it stands in the same place and holds the same)",
            words::wire(new)
        );
        add(found, owner, old, what, Breaks::BOTH);
    }
    let own_id = is_own_id(found, owner, old, new);
    if !own_id && !meet(found, &old.value, &new.value) || old.place != new.place {
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

fn values(found: &mut Found<'_>, name: &str, sent: bool, old: &[EnumValue], new: &[EnumValue]) {
    let has = |values: &[EnumValue], wanted: &EnumValue| values.iter().any(|value| value.value == wanted.value);
    let rust = |value: &EnumValue| format!("{}::{}", words::rust_type(name), value.rust_name);
    for value in old.iter().filter(|value| !has(new, value)) {
        let what = format!("the value {:?} is gone", value.value);
        found.add(name, what, Breaks::new(true, sent), rust(value));
    }
    for value in new.iter().filter(|value| !has(old, value)) {
        let what = format!("the value {:?} is new", value.value);
        found.add(name, what, Breaks::NOTHING, rust(value));
    }
}

/// The types that a body is made of, however deep.
pub(super) fn reached(model: &Model, body: &Body) -> BTreeSet<String> {
    let (mut reached, mut next) = (BTreeSet::new(), Vec::new());
    match body {
        Body::One { value, .. } | Body::List { value, .. } => next.extend(value.type_name().map(str::to_owned)),
        Body::Empty | Body::Bytes(_) => {}
    }
    while let Some(name) = next.pop() {
        if let Some(found) = model.types.get(&name)
            && reached.insert(name)
        {
            next.extend(found.kind.held().into_iter().map(|(_, child)| child.to_owned()));
        }
    }
    reached
}
