//! Types: compared where they are used, so that a type that only has another name is no difference.

use std::collections::{BTreeSet, VecDeque};

use super::fields::{self, Owner};
use super::{Breaks, Found, variants, words};
use crate::model::{Body, Model, TypeKind, Value};

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
pub(super) fn meet(found: &mut Found<'_>, old: &Value, new: &Value) -> bool {
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
            let note = name_note(found, &old, &new);
            found.notes.push(note);
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
                fields::compare(found, &owner, was, is);
            }
            (TypeKind::Enumeration(was), TypeKind::Enumeration(is)) => variants::values(found, &old, a.sent, was, is),
            (TypeKind::Choice(was), TypeKind::Choice(is)) => variants::branches(found, &old, a.sent || b.sent, was, is),
            (TypeKind::Substitution(was), TypeKind::Substitution(is)) => variants::substitutes(found, &old, was, is),
            _ => {}
        }
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

fn name_note(found: &Found<'_>, old: &str, new: &str) -> String {
    match found.named_apart.get(new) {
        Some(clash) if clash.name == old => format!(
            "the other pages do not agree about the type {old}: {} has one of its own, which is called {new} here",
            clash.page
        ),
        _ => format!(
            "the type {old} is called {new} on the other pages: that alone is no drift, but its name in Rust would follow"
        ),
    }
}
