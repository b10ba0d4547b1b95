//! The models of all pages become one: types of one name must agree, whatever page they stand on.

mod apart;
mod boxes;
mod groups;
mod pages;

use std::collections::BTreeMap;

pub use apart::Clash;
use pages::LoweredPage;
pub use pages::PageNames;

use crate::error::{Error, Result};
use crate::load::{Loaded, Side};
use crate::model::{Body, Model, Operation, OperationNotes, Parameter, ParameterPlace, Primitive, Value};
use crate::printable::as_markdown;
use crate::report::Report;
use crate::{names, template};

/// What all pages give together.
#[derive(Debug)]
pub struct Unified {
    /// The model, in which every type has a name of its own.
    pub model: Model,
    /// What became of the pages.
    pub report: Report,
    /// Names that pages disagreed on.
    pub clashes: Vec<Clash>,
    /// Names of the overlay that no page has use for.
    pub left_out: Vec<Error>,
}

/// Unifies the pages of all operations.
pub fn unify(loaded: &[Loaded], names: &PageNames) -> Result<Unified> {
    let mut report = Report {
        operations_on_feed: loaded.len(),
        ..Report::default()
    };
    let mut pages = pages::lower_all(loaded)?;
    let left_out = pages::rename(&mut pages, names);
    let mut clashes = apart::ids(&mut pages);
    clashes.extend(apart::types(&mut pages));
    let (mut model, bodies) = join(pages, &mut report);
    for operation in loaded {
        let unified = operation_of(operation, &bodies, &mut report)?;
        model.operations.insert(unified.name.clone(), unified);
    }
    type_parameters(&mut model);
    mark_sent(&mut model);
    boxes::add(&mut model);
    report.count(&model)?;
    report.note_clashes(&clashes);
    Ok(Unified {
        model,
        report,
        clashes,
        left_out,
    })
}

/// The body that each page describes, by operation and side.
type Bodies = BTreeMap<(String, &'static str), Body>;

/// Joins pages that agree on every name.
fn join(pages: Vec<LoweredPage>, report: &mut Report) -> (Model, Bodies) {
    let (mut model, mut bodies) = (Model::default(), Bodies::new());
    for page in pages {
        report.add_page(&page.model);
        for (name, found) in page.model.types {
            match model.types.get_mut(&name) {
                None => drop(model.types.insert(name, found)),
                Some(known) => known.pages.extend(found.pages),
            }
        }
        for (name, id) in page.model.ids {
            match model.ids.get(&name) {
                Some(known) if known.subject <= id.subject => {}
                _ => drop(model.ids.insert(name, id)),
            }
        }
        bodies.insert((page.operation, page.side), page.model.body);
    }
    (model, bodies)
}

fn operation_of(loaded: &Loaded, bodies: &Bodies, report: &mut Report) -> Result<Operation> {
    let entry = &loaded.operation;
    let template = template::parse(&entry.name, &entry.template)?;
    let is_paging = |name: &str| matches!(name, "offset" | "limit" | "all");
    let request = body_of(&entry.name, "request", &loaded.request, bodies, report);
    let response = body_of(&entry.name, "response", &loaded.response, bodies, report);
    let asks_for_pages = template.query.iter().filter(|(name, _)| is_paging(name)).count() == 3;
    let paged = asks_for_pages && matches!(response, Body::List { .. });
    let query = template
        .query
        .into_iter()
        .filter(|(name, _)| !(paged && is_paging(name)));
    let path = template.variables.into_iter().map(in_path);
    Ok(Operation {
        name: entry.name.clone(),
        rust_name: names::operation(&entry.name),
        method: entry.method.clone(),
        path: template.path,
        paged,
        parameters: path.chain(query.map(parameter)).collect(),
        literals: template.literals,
        ranges: Vec::new(),
        request,
        response,
        notes: OperationNotes {
            doc: as_markdown(entry.description.as_deref().unwrap_or_default()),
            entry: names::field(&entry.name),
            ..OperationNotes::default()
        },
    })
}

fn body_of(operation: &str, side: &'static str, pages: &Side, bodies: &Bodies, report: &mut Report) -> Body {
    match pages {
        Side::Empty(_) => Body::Empty,
        Side::Bytes { why, is_fault } => {
            report.add_bytes(&format!("{operation} {side}"), why, *is_fault);
            Body::Bytes(why.clone())
        }
        Side::Schemas(..) => {
            let body = bodies.get(&(operation.to_owned(), side));
            body.cloned().unwrap_or(Body::Empty)
        }
    }
}

fn in_path((name, is_rest): (String, bool)) -> Parameter {
    Parameter {
        place: match is_rest {
            true => ParameterPlace::Rest,
            false => ParameterPlace::Path,
        },
        required: true,
        ..parameter((name.clone(), name))
    }
}

fn parameter((name, variable): (String, String)) -> Parameter {
    Parameter {
        rust_name: names::field(&name),
        setter: names::field(&name),
        place: ParameterPlace::Query,
        name,
        variable,
        value: Value::Text(Primitive::String),
        required: false,
        doc: String::new(),
    }
}

/// A variable `{eventId}` holds the identifier `EventId`, if there is one.
fn type_parameters(model: &mut Model) {
    let ids = &model.ids;
    for parameter in model
        .operations
        .values_mut()
        .flat_map(|operation| &mut operation.parameters)
    {
        let id = names::type_name(&parameter.variable);
        if ids.contains_key(&id) {
            parameter.value = Value::Id(id);
        }
    }
}

/// Marks the types that stand in a request, however deep.
fn mark_sent(model: &mut Model) {
    let mut next: Vec<String> = model
        .operations
        .values()
        .filter_map(|operation| named(&operation.request))
        .collect();
    while let Some(name) = next.pop() {
        let Some(found) = model.types.get_mut(&name) else {
            continue;
        };
        if !std::mem::replace(&mut found.sent, true) {
            next.extend(found.kind.held().into_iter().map(|(_, child)| child.to_owned()));
        }
    }
}

fn named(body: &Body) -> Option<String> {
    match body {
        Body::One { value, .. } | Body::List { value, .. } => value.type_name().map(str::to_owned),
        Body::Empty | Body::Bytes(_) => None,
    }
}
