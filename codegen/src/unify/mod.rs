//! Unifies the models of all pages: types of the same name must agree on all pages.

mod boxing;
mod disambiguate;
mod partition;

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::feed::FeedOperation;
use crate::load::{LoadedBody, LoadedOperation};
use crate::lower::{LoweredPage, PageModel};
use crate::model::{
    Body, Model, Operation, OperationNotes, Origin, PageTypeNames, Parameter, ParameterLocation, Primitive, Value,
};
use crate::names;
use crate::printable::as_markdown;
use crate::report::{Collision, Report};

/// The result of unifying all pages.
#[derive(Debug)]
pub struct Unified {
    /// The model. All its types have different names.
    pub model: Model,
    /// The report so far.
    pub report: Report,
    /// The names on which pages disagree.
    pub collisions: Vec<Collision>,
    /// The errors of overlay names that do not apply to any page.
    pub not_applied: Vec<Error>,
}

/// Unifies the pages of all operations. `names` are the names that the overlay gives to types of single pages.
pub fn unify(loaded: &[LoadedOperation], mut pages: Vec<LoweredPage>, names: &PageTypeNames) -> Result<Unified> {
    let mut report = Report {
        operations_on_feed: loaded.len(),
        ..Report::default()
    };
    let not_applied = disambiguate::apply_names(&mut pages, names);
    let mut collisions = disambiguate::ids(&mut pages);
    collisions.extend(disambiguate::types(&mut pages));
    let (mut model, bodies) = merge(pages, &mut report);
    for operation in loaded {
        let unified = operation_of(operation, &bodies, &mut report);
        model.operations.insert(unified.name.clone(), unified);
    }
    set_parameter_ids(&mut model);
    mark_sent_types(&mut model);
    boxing::add_boxes(&mut model);
    report.count(&model)?;
    report.collisions.extend(collisions.iter().cloned());
    Ok(Unified {
        model,
        report,
        collisions,
        not_applied,
    })
}

/// The body of each page, and what was flattened into it, by operation and side.
type Bodies = BTreeMap<(String, &'static str), (Body, Origin)>;

/// Merges pages whose types of the same name are equal.
fn merge(pages: Vec<LoweredPage>, report: &mut Report) -> (Model, Bodies) {
    let (mut model, mut bodies) = (Model::default(), Bodies::new());
    for page in pages {
        record_page(report, &page.model);
        for (name, found) in page.model.types {
            match model.types.get_mut(&name) {
                None => drop(model.types.insert(name, found)),
                Some(known) => known.merge(found),
            }
        }
        for (name, id) in page.model.ids {
            match model.ids.get(&name) {
                // Independent of the order of the pages.
                Some(known) if known.subject <= id.subject => {}
                _ => drop(model.ids.insert(name, id)),
            }
        }
        bodies.insert((page.operation, page.side), (page.model.body, page.model.body_origin));
    }
    (model, bodies)
}

fn record_page(report: &mut Report, page: &PageModel) {
    report.pages += 1;
    report.types_kept += page.types.len() - page.added.len();
    report.types_added += page.added.len();
    report.types_flattened += page.flattened.len();
    report.types_on_pages += page.declared;
    report.flattened.extend(page.flattened.iter().cloned());
    report.added.extend(page.added.iter().cloned());
    report.skipped.extend(page.skipped.iter().cloned());
}

fn operation_of(loaded: &LoadedOperation, bodies: &Bodies, report: &mut Report) -> Operation {
    let entry = &loaded.operation;
    let template = loaded.template.clone();
    let is_paging = |name: &str| matches!(name, "offset" | "limit" | "all");
    let (request, request_origin) = body_of(&entry.name, "request", &loaded.request, bodies, report);
    let (response, response_origin) = body_of(&entry.name, "response", &loaded.response, bodies, report);
    // Paging needs all three parameters and a list. Otherwise they are ordinary parameters.
    let has_paging = template.query.iter().filter(|(name, _)| is_paging(name)).count() == 3;
    let paged = has_paging && matches!(response, Body::List { .. });
    let query = template.query.into_iter();
    let query = query.filter(|(name, _)| !(paged && is_paging(name)));
    let path = template.variables.into_iter().map(path_parameter);
    Operation {
        name: entry.name.clone(),
        rust_name: names::operation(&entry.name),
        method: entry.method.clone(),
        path: template.path,
        paged,
        parameters: path.chain(query.map(query_parameter)).collect(),
        literals: template.literals,
        ranges: Vec::new(),
        request,
        response,
        request_origin,
        response_origin,
        feed_rows: feed_rows(entry, report),
        notes: OperationNotes {
            // The description is plain text.
            doc: as_markdown(entry.description.as_deref().unwrap_or_default()),
            entry: names::field(&entry.name),
            ..OperationNotes::default()
        },
    }
}

/// Returns the rows of an entry that decide nothing, and reports those of an unknown kind.
fn feed_rows(entry: &FeedOperation, report: &mut Report) -> BTreeMap<String, String> {
    let bodies = [("Request Format", &entry.request), ("Response Format", &entry.response)];
    let formats = bodies
        .iter()
        .filter_map(|(label, body)| Some(((*label).to_owned(), body.as_ref()?.format.clone())));
    let mut rows: BTreeMap<String, String> = formats.collect();
    for row in &entry.unknown_rows {
        let (label, value) = row.split_once(": ").unwrap_or((row, ""));
        report.record_row(&entry.name, label);
        rows.insert(label.to_owned(), value.to_owned());
    }
    rows
}

fn body_of(
    operation: &str,
    side: &'static str,
    loaded: &LoadedBody,
    bodies: &Bodies,
    report: &mut Report,
) -> (Body, Origin) {
    match loaded {
        LoadedBody::Empty(_) => (Body::Empty, Origin::default()),
        LoadedBody::Bytes { reason, is_fault } => {
            report.record_bytes(&format!("{operation} {side}"), reason, *is_fault);
            (Body::Bytes(reason.clone()), Origin::default())
        }
        LoadedBody::Schemas { .. } => {
            let found = bodies.get(&(operation.to_owned(), side)).cloned();
            let (body, origin) = found.unwrap_or((Body::Empty, Origin::default()));
            if let Body::Bytes(reason) = &body {
                report.record_bytes(&format!("{operation} {side}"), reason, false);
            }
            (body, origin)
        }
    }
}

fn path_parameter((name, is_rest): (String, bool)) -> Parameter {
    Parameter {
        location: if is_rest {
            ParameterLocation::PathRest
        } else {
            ParameterLocation::Path
        },
        required: true,
        ..query_parameter((name.clone(), name))
    }
}

fn query_parameter((name, variable): (String, String)) -> Parameter {
    Parameter {
        rust_name: names::field(&name),
        setter: names::field(&name),
        location: ParameterLocation::Query,
        name,
        variable,
        value: Value::Primitive(Primitive::String),
        required: false,
        doc: String::new(),
    }
}

/// Makes parameters identifiers: the variable `{eventId}` holds an `EventId`, if there is one.
fn set_parameter_ids(model: &mut Model) {
    let ids = &model.ids;
    let operations = model.operations.values_mut();
    for parameter in operations.flat_map(|operation| &mut operation.parameters) {
        let id = names::type_name(&parameter.variable);
        if ids.contains_key(&id) {
            parameter.value = Value::Id(id);
        }
    }
}

/// Marks the types that a request contains, at any depth.
fn mark_sent_types(model: &mut Model) {
    let requests = model.operations.values().map(|operation| &operation.request);
    let roots = requests.filter_map(|body| body.value()?.type_name());
    let mut next: Vec<String> = roots.map(str::to_owned).collect();
    while let Some(name) = next.pop() {
        let Some(found) = model.types.get_mut(&name) else {
            continue;
        };
        // A type that is marked already has been followed: types may contain themselves.
        if !std::mem::replace(&mut found.sent, true) {
            next.extend(found.kind.contained().into_iter().map(|(_, child)| child.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests;
