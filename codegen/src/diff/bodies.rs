//! Compares request and response bodies, and the examples of them.

use std::collections::{BTreeMap, BTreeSet};

use super::comparison::{Breaks, Comparison, Direction};
use super::namespaces::{BodyElement, Renamed};
use super::values::{self, Difference};
use super::{infoset, labels};
use crate::model::{Body, Field, FieldKind, Model, Operation, Origin, TypeKind, Value, local_name, split_namespace};

/// Compares both bodies of an operation. Returns whether either is of another kind now.
pub(super) fn compare(comparison: &mut Comparison<'_>, old: &Operation, new: &Operation) -> bool {
    let rust = comparison.names.operation(&old.name);
    let lost_pages = old.paged && !new.paged;
    comparison.direction = Direction::Request;
    comparison.body = format!("{} request", old.name);
    let (was, is) = ((&old.request, &old.request_origin), (&new.request, &new.request_origin));
    let other_request = compare_bodies(comparison, &rust, was, is, lost_pages);
    comparison.direction = Direction::Response;
    comparison.body = format!("{} response", old.name);
    let (was, is) = (
        (&old.response, &old.response_origin),
        (&new.response, &new.response_origin),
    );
    compare_bodies(comparison, &rust, was, is, lost_pages) || other_request
}

fn compare_bodies(
    comparison: &mut Comparison<'_>,
    rust: &str,
    (old, old_origin): (&Body, &Origin),
    (new, new_origin): (&Body, &Origin),
    lost_pages: bool,
) -> bool {
    let is_request = comparison.direction == Direction::Request;
    match (old, new) {
        (Body::Empty, Body::Empty) => false,
        (Body::Bytes(was), Body::Bytes(is)) => {
            if was != is {
                let what = format!("the bytes were described as \"{was}\" and are described as \"{is}\"");
                comparison.add(comparison.body.clone(), what, Breaks::NOTHING, rust);
            }
            false
        }
        (Body::One { root, value }, Body::One { root: is, value: new }) => {
            compare_root(comparison, rust, root, is, is_request);
            compare_values(comparison, rust, (value, old_origin), (new, new_origin));
            false
        }
        (
            Body::List { root, item, value },
            Body::List {
                root: new_root,
                item: new_item,
                value: new,
            },
        ) => {
            compare_root(comparison, rust, root, new_root, false);
            compare_item(comparison, rust, item, new_item, is_request);
            compare_values(comparison, rust, (value, old_origin), (new, new_origin));
            false
        }
        _ => {
            let (was, is) = (labels::body(old, comparison.old), labels::body(new, comparison.new));
            let pages = if lost_pages { ", so it is not in pages" } else { "" };
            let wire = kind_breaks_wire(comparison, old, new);
            let what = format!("the body was {was} and is {is}{pages}");
            comparison.add(comparison.body.clone(), what, Breaks::new(true, wire), rust);
            true
        }
    }
}

/// Returns whether bodies of different kinds misread each other.
fn kind_breaks_wire(comparison: &mut Comparison<'_>, old: &Body, new: &Body) -> bool {
    match (old, new) {
        // Whatever arrives is kept.
        (Body::Bytes(_), _) => comparison.in_direction(true, false),
        (
            Body::List { root, item, value },
            Body::One {
                root: new_root,
                value: new,
            },
        ) => {
            let Some((items, others_required)) = list_in(comparison.new, new, item) else {
                return true;
            };
            let differs = items_differ(comparison, value, &items);
            differs || !same_local(root, new_root) || comparison.in_direction(others_required, false)
        }
        (
            Body::One { root, value },
            Body::List {
                root: new_root,
                item,
                value: new,
            },
        ) => {
            let Some((items, others_required)) = list_in(comparison.old, value, item) else {
                return true;
            };
            let differs = items_differ(comparison, &items, new);
            differs || !same_local(root, new_root) || comparison.in_direction(true, others_required)
        }
        _ => true,
    }
}

fn same_local(old: &str, new: &str) -> bool {
    local_name(old) == local_name(new)
}

fn items_differ(comparison: &mut Comparison<'_>, old: &Value, new: &Value) -> bool {
    values::difference(comparison, old, new, false).is_some_and(|difference| difference.breaks_wire)
}

/// Returns what the items of a list hold that is the only list of this name in a type, and whether other parts of the type
/// are required.
fn list_in(model: &Model, value: &Value, item: &str) -> Option<(Value, bool)> {
    let TypeKind::Struct(fields) = &model.types.get(value.type_name()?)?.kind else {
        return None;
    };
    let is_list = |field: &&Field| field.kind == FieldKind::List && same_local(&field.name, item);
    let items = fields.iter().find(is_list)?;
    Some((items.value.clone(), fields.iter().any(|field| field.required)))
}

fn compare_values(comparison: &mut Comparison<'_>, rust: &str, old: (&Value, &Origin), new: (&Value, &Origin)) {
    if let Some(Difference { what, breaks_wire }) = values::difference(comparison, old.0, new.0, false) {
        let place = values::cause_in_body(&comparison.body, old, new);
        comparison.add(place, what, Breaks::new(true, breaks_wire), rust);
    }
}

/// Compares root elements. The field that holds a request body is named after its element.
fn compare_root(comparison: &mut Comparison<'_>, rust: &str, old: &str, new: &str, names_a_field: bool) {
    if same_local(old, new) {
        compare_namespaces(comparison, rust, BodyElement::Root, (old, new));
    } else {
        add_renamed(comparison, rust, "root", (old, new), names_a_field);
    }
}

fn compare_namespaces(comparison: &mut Comparison<'_>, rust: &str, element: BodyElement, (old, new): (&str, &str)) {
    if old != new {
        let renamed = Renamed {
            body: &comparison.body,
            was: split_namespace(old).0,
            is: split_namespace(new).0,
            breaks_wire: comparison.in_direction(true, false),
        };
        comparison.namespaces.add_element(&renamed, element, rust);
    }
}

fn compare_item(comparison: &mut Comparison<'_>, rust: &str, old: &str, new: &str, names_a_field: bool) {
    if same_local(old, new) {
        compare_namespaces(comparison, rust, BodyElement::Items, (old, new));
    } else {
        add_renamed(comparison, rust, "item", (old, new), names_a_field);
    }
}

fn add_renamed(comparison: &mut Comparison<'_>, rust: &str, what: &str, (old, new): (&str, &str), names_a_field: bool) {
    let (was, is) = (labels::element(old), labels::element(new));
    let what = format!("the {what} element was {was} and is {is}");
    comparison.add(comparison.body.clone(), what, Breaks::new(names_a_field, true), rust);
}

/// Compares the examples of operations that both sets have, by path in the folder. `renamed` are the new names of operations.
pub(super) fn compare_examples(
    comparison: &mut Comparison<'_>,
    renamed: &BTreeMap<String, String>,
    old: &BTreeMap<String, String>,
    new: &BTreeMap<String, String>,
) {
    let old_names: BTreeMap<&str, &str> = renamed.iter().map(|(old, new)| (new.as_str(), old.as_str())).collect();
    let by_old_name = |path: &String| match path.split_once('/') {
        Some((operation, file)) => match old_names.get(operation) {
            Some(old) => format!("{old}/{file}"),
            None => path.clone(),
        },
        None => path.clone(),
    };
    let new: BTreeMap<String, &String> = new.iter().map(|(path, text)| (by_old_name(path), text)).collect();
    let is_known = |operation: &String| {
        let new_name = renamed.get(operation).unwrap_or(operation);
        comparison.old.operations.contains_key(operation) && comparison.new.operations.contains_key(new_name)
    };
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut changes = Vec::new();
    for path in paths {
        let operation = path.split('/').next().unwrap_or(path).to_owned();
        if !is_known(&operation) {
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
        changes.push((place.replace('/', " "), what, comparison.names.operation(&operation)));
    }
    for (place, what, rust) in changes {
        comparison.add(place, what, Breaks::NOTHING, rust);
    }
}
