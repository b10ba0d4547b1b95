//! Compares operations: how they are called, what they send and return, and their examples.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::{Breaks, Comparison};
use super::{infoset, labels, types};
use crate::model::{Body, Model, Operation, Parameter};

/// Compares all operations, and every type that their bodies contain.
pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old, comparison.new);
    for (name, operation) in &old.operations {
        if let Some(other) = new.operations.get(name) {
            compare_operation(comparison, operation, other);
        } else {
            let lost = lost_types(old, new, operation);
            let types: Vec<&str> = lost.iter().map(String::as_str).collect();
            let what = if types.is_empty() {
                "the operation is gone".to_owned()
            } else {
                format!("the operation is gone, and with it {}", types.join(", "))
            };
            comparison.add(name, what, Breaks::BOTH, labels::rust_operation(name));
        }
    }
    for name in new.operations.keys().filter(|name| !old.operations.contains_key(*name)) {
        let rust = labels::rust_operation(name);
        comparison.add(name, "the operation is new", Breaks::NOTHING, rust);
    }
    types::compare_pairs(comparison);
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
    let (name, rust) = (&old.name, labels::rust_operation(&old.name));
    let rows = [
        ("the method", &old.method, &new.method),
        ("the path", &old.path, &new.path),
    ];
    for (what, was, is) in rows {
        if was != is {
            let what = format!("{what} was {was} and is {is}");
            comparison.add(name, what, Breaks::WIRE, &rust);
        }
    }
    if old.paged != new.paged {
        let what = if new.paged {
            "the list is in pages now"
        } else {
            "the list is no longer in pages"
        };
        comparison.add(name, what, Breaks::new(!new.paged, !new.paged), &rust);
    }
    if old.literals != new.literals {
        let what = "the fixed part of the query differs";
        comparison.add(name, what, Breaks::WIRE, &rust);
    }
    compare_parameters(comparison, old, new);
    compare_bodies(comparison, old, "request", &old.request, &new.request);
    compare_bodies(comparison, old, "response", &old.response, &new.response);
}

fn compare_parameters(comparison: &mut Comparison<'_>, old: &Operation, new: &Operation) {
    let place = |parameter: &Parameter| format!("{}?{}", old.name, parameter.name);
    let rust = |parameter: &Parameter| labels::rust_parameter(&old.name, &parameter.name);
    for parameter in &old.parameters {
        match new.parameters.iter().find(|other| other.name == parameter.name) {
            None => comparison.add(place(parameter), "the parameter is gone", Breaks::BOTH, rust(parameter)),
            Some(other) if other.value != parameter.value => {
                let (was, is) = (labels::value(&parameter.value), labels::value(&other.value));
                let what = format!("the parameter held {was} and holds {is}");
                comparison.add(place(parameter), what, Breaks::USERS, rust(parameter));
            }
            Some(_) => {}
        }
    }
    let is_known = |parameter: &&Parameter| old.parameters.iter().any(|other| other.name == parameter.name);
    for parameter in new.parameters.iter().filter(|parameter| !is_known(parameter)) {
        let breaks = if parameter.required {
            Breaks::BOTH
        } else {
            Breaks::NOTHING
        };
        comparison.add(place(parameter), "the parameter is new", breaks, rust(parameter));
    }
}

fn compare_bodies(comparison: &mut Comparison<'_>, operation: &Operation, side: &str, old: &Body, new: &Body) {
    let place = format!("{} {side}", operation.name);
    let rust = labels::rust_operation(&operation.name);
    // The field that holds a request body is named after its element.
    let names_a_field = side == "request";
    let mut compare_names = |what: &str, was: &str, is: &str, names_a_field: bool| {
        if was != is {
            let (was, is) = (labels::element(was), labels::element(is));
            let what = format!("the {what} element was {was} and is {is}");
            comparison.add(&place, what, Breaks::new(names_a_field, true), &rust);
        }
    };
    match (old, new) {
        (Body::Empty, Body::Empty) | (Body::Bytes(_), Body::Bytes(_)) => {}
        (Body::One { root, value }, Body::One { root: is, value: new }) => {
            compare_names("root", root, is, names_a_field);
            types::compare_values(comparison, &place, &rust, value, new);
        }
        (
            Body::List { root, item, value },
            Body::List {
                root: new_root,
                item: new_item,
                value: new,
            },
        ) => {
            compare_names("root", root, new_root, false);
            compare_names("item", item, new_item, names_a_field);
            types::compare_values(comparison, &place, &rust, value, new);
        }
        _ => {
            let what = format!("the body was {} and is {}", labels::body(old), labels::body(new));
            comparison.add(place, what, Breaks::BOTH, rust);
        }
    }
}

/// Compares the examples of operations that both sets have, by path in the folder.
pub(super) fn compare_examples(
    comparison: &mut Comparison<'_>,
    old: &BTreeMap<String, String>,
    new: &BTreeMap<String, String>,
) {
    let operation_of = |path: &str| path.split('/').next().unwrap_or(path).to_owned();
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for path in paths {
        let operation = operation_of(path);
        let models = [comparison.old, comparison.new];
        if !models.iter().all(|model| model.operations.contains_key(&operation)) {
            continue;
        }
        let what = match (old.get(path), new.get(path)) {
            (Some(old), Some(new)) => match infoset::difference(old, new) {
                Some(what) => format!("the example differs: {what}"),
                None => continue,
            },
            (Some(_), None) => "the example is gone".to_owned(),
            _ => "the example is new".to_owned(),
        };
        let place = path.split_once('.').map_or(path.as_str(), |(place, _)| place);
        let rust = labels::rust_operation(&operation);
        comparison.add(place.replace('/', " "), what, Breaks::NOTHING, rust);
    }
}
