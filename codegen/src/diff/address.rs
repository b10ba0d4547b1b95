//! Compares how operations are called: method, path, query and pages.

use std::collections::BTreeSet;

use super::comparison::{Breaks, Comparison};
use super::labels;
use crate::model::{Model, Operation, Parameter, ParameterLocation, Value};
use crate::names;

/// The parameters of a list in pages, which have no field of their own.
const PAGING: [&str; 3] = ["offset", "limit", "all"];

/// Compares the methods, paths and parameters of an operation. `same_bodies` is false if a body is of another kind now,
/// which is why a list may not be in pages any more.
pub(super) fn compare(comparison: &mut Comparison<'_>, old: &Operation, new: &Operation, same_bodies: bool) {
    let rust = comparison.names.operation(&old.name);
    if old.method != new.method {
        let what = format!("the method was {} and is {}", old.method, new.method);
        comparison.add(&old.name, what, Breaks::WIRE, &rust);
    }
    compare_paths(comparison, old, new, &rust);
    let paging = compare_paging(comparison, old, new, same_bodies, &rust);
    compare_fixed(comparison, old, new);
    compare_query(comparison, old, new, &paging);
}

fn path_parameters(operation: &Operation) -> Vec<&Parameter> {
    let parameters = operation.parameters.iter();
    parameters
        .filter(|parameter| parameter.location != ParameterLocation::Query)
        .collect()
}

fn query_parameters(operation: &Operation) -> Vec<&Parameter> {
    let parameters = operation.parameters.iter();
    parameters
        .filter(|parameter| parameter.location == ParameterLocation::Query)
        .collect()
}

/// Returns the path with nameless variables.
pub(super) fn shape(operation: &Operation) -> String {
    path_parameters(operation)
        .iter()
        .fold(operation.path.clone(), |path, parameter| {
            let path = path.replace(&format!("{{{}}}", parameter.name), "{}");
            path.replace(&format!("{{*{}}}", parameter.name), "{*}")
        })
}

fn compare_paths(comparison: &mut Comparison<'_>, old: &Operation, new: &Operation, rust: &str) {
    let (was, is) = (path_parameters(old), path_parameters(new));
    if shape(old) != shape(new) {
        let kinds = |parameters: &[&Parameter]| -> Vec<(String, ParameterLocation)> {
            let kinds = parameters.iter();
            kinds
                .map(|parameter| (parameter.name.clone(), parameter.location))
                .collect()
        };
        let what = format!("the path was {} and is {}", old.path, new.path);
        comparison.add(&old.name, what, Breaks::new(kinds(&was) != kinds(&is), true), rust);
        return;
    }
    for (was, is) in was.into_iter().zip(is) {
        if was.name == is.name {
            compare_values(comparison, old, was, is);
        } else {
            // The position decides, not the name. The field of the operation is named after it.
            let what = format!("the variable of the path is called {} now", is.name);
            let users = names::field(&was.name) != names::field(&is.name);
            let rust = comparison.names.parameter(&old.name, &was.name);
            comparison.add(place(old, was), what, Breaks::new(users, false), rust);
        }
    }
}

fn place(operation: &Operation, parameter: &Parameter) -> String {
    format!("{}?{}", operation.name, parameter.name)
}

fn compare_values(comparison: &mut Comparison<'_>, operation: &Operation, old: &Parameter, new: &Parameter) {
    // Of an identifier, the name counts: the type that it wraps is compared where it is declared.
    let is_same = old.value == new.value;
    // The overlay may say what the parameter holds, whatever follows from its variable.
    let named = comparison.names.model.operations.get(&operation.name);
    let named = named.and_then(|named| named.parameters.iter().find(|parameter| parameter.name == old.name));
    let is_from_overlay = named.is_some_and(|named| named.value != old.value);
    if !is_same && !is_from_overlay {
        let label = |model: &Model, value: &Value| labels::value(value, model);
        let (was, is) = (label(comparison.old, &old.value), label(comparison.new, &new.value));
        let rust = comparison.names.parameter(&operation.name, &old.name);
        let what = format!("the parameter held {was} and holds {is}");
        comparison.add(place(operation, old), what, Breaks::USERS, rust);
    }
}

/// Compares whether the list is in pages. Returns the parameters that the comparison has reported.
fn compare_paging(
    comparison: &mut Comparison<'_>,
    old: &Operation,
    new: &Operation,
    same_bodies: bool,
    rust: &str,
) -> BTreeSet<String> {
    if old.paged == new.paged {
        return BTreeSet::new();
    }
    let other = if old.paged { new } else { old };
    let ordinary: Vec<&str> = query_parameters(other)
        .iter()
        .map(|parameter| parameter.name.as_str())
        .collect();
    let missing: Vec<&str> = PAGING.into_iter().filter(|name| !ordinary.contains(name)).collect();
    let reported: BTreeSet<String> = PAGING.map(str::to_owned).into();
    // The setters of ordinary parameters are replaced by those of pages.
    let had_setters = missing.len() < PAGING.len();
    let (how, breaks) = if old.paged {
        ("gone", Breaks::BOTH)
    } else {
        ("new", Breaks::new(had_setters, missing.len() > 1))
    };
    match missing.as_slice() {
        [] if same_bodies => {
            let what = if old.paged {
                "the list is no longer in pages"
            } else {
                "the list is in pages now"
            };
            comparison.add(&old.name, what, breaks, rust);
        }
        // The change of the body is reported with its consequence.
        [] => {}
        [only] => {
            let rust = comparison.names.parameter(&old.name, only);
            let what = format!("the parameter is {how}, and with it the pages of the list");
            comparison.add(format!("{}?{only}", old.name), what, breaks, rust);
        }
        several => {
            let names = several.join(", ");
            let what = format!("the pages of the list are {how}, with the parameters {names}");
            comparison.add(&old.name, what, breaks, rust);
        }
    }
    reported
}

/// Compares the parts of the query that never change, by name.
fn compare_fixed(comparison: &mut Comparison<'_>, old: &Operation, new: &Operation) {
    let value_of = |operation: &Operation, name: &str| {
        let mut literals = operation.literals.iter();
        literals
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.clone())
    };
    let is_variable = |operation: &Operation, name: &str| {
        query_parameters(operation)
            .iter()
            .any(|parameter| parameter.name == name)
    };
    let names: BTreeSet<&String> = old.literals.iter().chain(&new.literals).map(|(name, _)| name).collect();
    for name in names {
        // WCF chooses an operation by the fixed parts of its template, and ignores parts that a template lacks.
        let (what, breaks) = match (value_of(old, name), value_of(new, name)) {
            (Some(was), Some(is)) if was == is => continue,
            (Some(was), Some(is)) => (
                format!("the value was always {was:?} and is always {is:?}"),
                Breaks::WIRE,
            ),
            (Some(was), None) if is_variable(new, name) => (
                format!("the value was always {was:?} and can be chosen now"),
                Breaks::NOTHING,
            ),
            (Some(was), None) => (format!("the fixed value {was:?} is gone"), Breaks::NOTHING),
            (None, Some(is)) if is_variable(old, name) => {
                (format!("the value could be chosen and is always {is:?}"), Breaks::BOTH)
            }
            (None, Some(is)) => (format!("the fixed value {is:?} is new"), Breaks::WIRE),
            (None, None) => continue,
        };
        let rust = comparison.names.operation(&old.name);
        comparison.add(format!("{}?{name}", old.name), what, breaks, rust);
    }
}

fn compare_query(comparison: &mut Comparison<'_>, old: &Operation, new: &Operation, reported: &BTreeSet<String>) {
    let (was, is) = (query_parameters(old), query_parameters(new));
    let is_elsewhere = |operation: &Operation, parameter: &Parameter| {
        let is_fixed = operation.literals.iter().any(|(name, _)| *name == parameter.name);
        let is_in_path = path_parameters(operation)
            .iter()
            .any(|other| other.name == parameter.name || other.name == parameter.variable);
        is_fixed || is_in_path || reported.contains(&parameter.name)
    };
    let renamed =
        renamed_parameter(&was, &is).filter(|(lost, added)| !is_elsewhere(new, lost) && !is_elsewhere(old, added));
    if let Some((lost, added)) = renamed {
        let what = format!("renamed to {} (a guess: it has the same position)", added.name);
        let rust = comparison.names.parameter(&old.name, &lost.name);
        comparison.add(place(old, lost), what, Breaks::BOTH, rust);
    }
    let is_renamed = |parameter: &Parameter| {
        renamed.is_some_and(|(lost, added)| parameter.name == lost.name || parameter.name == added.name)
    };
    for parameter in was.iter().filter(|parameter| !is_renamed(parameter)) {
        match is.iter().find(|other| other.name == parameter.name) {
            Some(other) => compare_values(comparison, old, parameter, other),
            None if is_elsewhere(new, parameter) => {}
            None => {
                let rust = comparison.names.parameter(&old.name, &parameter.name);
                comparison.add(place(old, parameter), "the parameter is gone", Breaks::BOTH, rust);
            }
        }
    }
    for parameter in is.iter().filter(|parameter| !is_renamed(parameter)) {
        let is_known = was.iter().any(|other| other.name == parameter.name);
        if !is_known && !is_elsewhere(old, parameter) {
            let rust = comparison.names.parameter(&old.name, &parameter.name);
            comparison.add(place(old, parameter), "the parameter is new", Breaks::NOTHING, rust);
        }
    }
}

/// Returns the only parameter that is gone and the only one that is new, if they have the same position.
fn renamed_parameter<'p>(old: &[&'p Parameter], new: &[&'p Parameter]) -> Option<(&'p Parameter, &'p Parameter)> {
    let only_in = |parameters: &[&'p Parameter], others: &[&Parameter]| {
        let is_missing = |parameter: &Parameter| !others.iter().any(|other| other.name == parameter.name);
        let mut missing = parameters
            .iter()
            .enumerate()
            .filter(|(_, parameter)| is_missing(parameter));
        missing
            .next()
            .filter(|_| missing.next().is_none())
            .map(|(at, parameter)| (at, *parameter))
    };
    let ((was_at, was), (is_at, is)) = (only_in(old, new)?, only_in(new, old)?);
    (was_at == is_at && old.len() == new.len()).then_some((was, is))
}
