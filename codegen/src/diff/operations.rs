//! Operations: which there are, how they are called, what they take and answer.

use std::collections::BTreeSet;

use super::{Breaks, Found, types, words};
use crate::model::{Body, Model, Operation, Parameter};

/// Compares all operations, and every type that their bodies reach.
pub(super) fn compare(found: &mut Found<'_>) {
    let (old, new) = (found.old, found.new);
    for (name, operation) in &old.operations {
        match new.operations.get(name) {
            Some(other) => both(found, operation, other),
            None => {
                let only_here = lost(old, new, operation);
                let what = format!("the operation is gone{}", with_types(&only_here));
                found.add(name, what, Breaks::BOTH, words::rust_operation(name));
            }
        }
    }
    for name in new.operations.keys().filter(|name| !old.operations.contains_key(*name)) {
        found.add(
            name,
            "the operation is new",
            Breaks::NOTHING,
            words::rust_operation(name),
        );
    }
    types::compare_pairs(found);
}

fn with_types(names: &BTreeSet<String>) -> String {
    match names.len() {
        0 => String::new(),
        _ => {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            format!(", and with it {}", names.join(", "))
        }
    }
}

/// The types that only this operation had, and that are on no page any more.
fn lost(old: &Model, new: &Model, operation: &Operation) -> BTreeSet<String> {
    let of_operation = |operation: &Operation| {
        let mut reached = types::reached(old, &operation.request);
        reached.extend(types::reached(old, &operation.response));
        reached
    };
    let others = old.operations.values().filter(|other| other.name != operation.name);
    let elsewhere: BTreeSet<String> = others.flat_map(of_operation).collect();
    let mine = of_operation(operation).into_iter();
    mine.filter(|name| !elsewhere.contains(name) && !new.types.contains_key(name))
        .collect()
}

fn both(found: &mut Found<'_>, old: &Operation, new: &Operation) {
    let (name, rust) = (&old.name, words::rust_operation(&old.name));
    let rows = [
        ("the method", &old.method, &new.method),
        ("the path", &old.path, &new.path),
    ];
    for (what, was, is) in rows {
        if was != is {
            let what = format!("{what} was {was}, and is {is}");
            found.add(name, what, Breaks::new(false, true), &rust);
        }
    }
    if old.paged != new.paged {
        let what = if new.paged {
            "it answers in pages now"
        } else {
            "it no longer answers in pages"
        };
        found.add(name, what, Breaks::new(!new.paged, !new.paged), &rust);
    }
    if old.literals != new.literals {
        let what = "another part of the query is always the same";
        found.add(name, what, Breaks::new(false, true), &rust);
    }
    parameters(found, old, new);
    body(found, old, "request", &old.request, &new.request);
    body(found, old, "response", &old.response, &new.response);
}

fn parameters(found: &mut Found<'_>, old: &Operation, new: &Operation) {
    let place = |parameter: &Parameter| format!("{}?{}", old.name, parameter.name);
    let rust = |parameter: &Parameter| words::rust_parameter(&old.name, &parameter.name);
    for parameter in &old.parameters {
        match new.parameters.iter().find(|other| other.name == parameter.name) {
            None => found.add(place(parameter), "the parameter is gone", Breaks::BOTH, rust(parameter)),
            Some(other) if other.value != parameter.value => {
                let (was, is) = (words::value(&parameter.value), words::value(&other.value));
                let what = format!("the parameter held {was}, and holds {is}");
                found.add(place(parameter), what, Breaks::USERS, rust(parameter));
            }
            Some(_) => {}
        }
    }
    let known = |parameter: &&Parameter| old.parameters.iter().any(|other| other.name == parameter.name);
    for parameter in new.parameters.iter().filter(|parameter| !known(parameter)) {
        let breaks = match parameter.required {
            true => Breaks::BOTH,
            false => Breaks::NOTHING,
        };
        found.add(place(parameter), "the parameter is new", breaks, rust(parameter));
    }
}

fn body(found: &mut Found<'_>, operation: &Operation, side: &str, old: &Body, new: &Body) {
    let place = format!("{} {side}", operation.name);
    let rust = words::rust_operation(&operation.name);
    let sent = side == "request";
    match (old, new) {
        (Body::Empty, Body::Empty) | (Body::Bytes(_), Body::Bytes(_)) => {}
        (Body::One { root, value }, Body::One { root: is, value: new }) => {
            renamed(found, &place, &rust, ("root", root, is), sent);
            types::value(found, &place, &rust, value, new);
        }
        (
            Body::List { root, item, value },
            Body::List {
                root: new_root,
                item: new_item,
                value: new,
            },
        ) => {
            renamed(found, &place, &rust, ("root", root, new_root), false);
            renamed(found, &place, &rust, ("item", item, new_item), sent);
            types::value(found, &place, &rust, value, new);
        }
        _ => {
            let what = format!("it was {}, and is {}", words::body(old), words::body(new));
            found.add(place, what, Breaks::BOTH, rust);
        }
    }
}

/// A body's field is named after its element, where it is sent.
fn renamed(found: &mut Found<'_>, place: &str, rust: &str, (what, was, is): (&str, &str, &str), names_a_field: bool) {
    if was != is {
        let (was, is) = (words::element(was), words::element(is));
        let what = format!("its {what} element was {was}, and is {is}");
        found.add(place, what, Breaks::new(names_a_field, true), rust);
    }
}
