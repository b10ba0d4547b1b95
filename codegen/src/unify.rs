//! The models of all pages become one: types of one name must agree, whatever page they stand on.

mod boxes;
mod merge;

pub use merge::Naming;

use crate::error::Result;
use crate::load::{Loaded, Side};
use crate::lower;
use crate::model::{Body, Model, Operation, OperationNotes, Parameter, ParameterPlace, Primitive, Value};
use crate::report::Report;
use crate::{names, template};

/// Unifies the pages of all operations.
pub fn unify(loaded: &[Loaded], naming: &Naming) -> Result<(Model, Report)> {
    let mut model = Model::default();
    let mut report = Report {
        operations_on_feed: loaded.len(),
        ..Report::default()
    };
    for operation in loaded {
        let unified = operation_of(operation, naming, &mut model, &mut report)?;
        model.operations.insert(unified.name.clone(), unified);
    }
    type_parameters(&mut model);
    mark_sent(&mut model);
    boxes::add(&mut model);
    report.count(&model)?;
    Ok((model, report))
}

fn operation_of(loaded: &Loaded, naming: &Naming, model: &mut Model, report: &mut Report) -> Result<Operation> {
    let entry = &loaded.operation;
    let template = template::parse(&entry.name, &entry.template)?;
    let is_paging = |name: &str| matches!(name, "offset" | "limit" | "all");
    let paged = template.query.iter().filter(|(name, _)| is_paging(name)).count() == 3;
    let query = template
        .query
        .into_iter()
        .filter(|(name, _)| !(paged && is_paging(name)));
    let path = template.variables.into_iter().map(in_path);
    Ok(Operation {
        name: entry.name.clone(),
        method: entry.method.clone(),
        path: template.path,
        paged,
        parameters: path.chain(query.map(parameter)).collect(),
        literals: template.literals,
        ranges: Vec::new(),
        request: body_of(&entry.name, "request", &loaded.request, naming, model, report)?,
        response: body_of(&entry.name, "response", &loaded.response, naming, model, report)?,
        notes: OperationNotes {
            doc: entry.description.clone().unwrap_or_default(),
            entry: names::field(&entry.name),
            ..OperationNotes::default()
        },
    })
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
        place: ParameterPlace::Query,
        name,
        variable,
        value: Value::Text(Primitive::String),
        required: false,
        doc: String::new(),
    }
}

fn body_of(
    operation: &str,
    side: &str,
    pages: &Side,
    naming: &Naming,
    model: &mut Model,
    report: &mut Report,
) -> Result<Body> {
    let page = format!("{operation} {side}");
    match pages {
        Side::Empty(_) => Ok(Body::Empty),
        Side::Bytes { why, is_fault } => {
            report.add_bytes(&page, why, *is_fault);
            Ok(Body::Bytes(why.clone()))
        }
        Side::Schemas(schemas, example_root) => {
            let page_model = lower::lower(&page, schemas, example_root.as_deref())
                .map_err(|error| error.in_file(&format!("{operation}/{side}.xsd")))?;
            report.add_page(&page_model);
            report.made.extend(naming.new_names(&page, &page_model.made));
            merge::merge(&page, page_model, naming, model)
        }
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
