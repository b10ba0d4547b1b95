//! The models of all pages become one: types of one name must agree, whatever page they stand on.

use std::collections::{BTreeMap, BTreeSet};

mod merge;

pub use merge::Naming;

use crate::error::{Error, Result};
use crate::load::{Loaded, Side};
use crate::lower;
use crate::model::{Body, Id, Model, Operation, OperationNotes, Parameter, Place, Primitive, Type, TypeKind, Value};
use crate::report::Report;
use crate::{names, template};

/// Unifies the pages of all operations.
pub fn unify(loaded: &[Loaded], naming: &Naming) -> Result<(Model, Report)> {
    let mut model = Model::default();
    let mut report = Report::default();
    for operation in loaded {
        let unified = operation_of(operation, naming, &mut model, &mut report)?;
        model.operations.insert(unified.name.clone(), unified);
    }
    type_parameters(&mut model);
    mark_sent(&mut model);
    box_recursion(&mut model);
    if *naming != Naming::KeepApart {
        check_type_names(&model)?;
    }
    report.count(&model);
    Ok((model, report))
}

fn operation_of(loaded: &Loaded, naming: &Naming, model: &mut Model, report: &mut Report) -> Result<Operation> {
    let entry = &loaded.operation;
    let template = template::parse(&entry.name, &entry.template)?;
    let is_paging = |name: &str| matches!(name, "offset" | "limit" | "all");
    let paged = template.query.iter().filter(|(name, _)| is_paging(name)).count() == 3;
    let parameters = template
        .query
        .into_iter()
        .filter(|(name, _)| !(paged && is_paging(name)));
    Ok(Operation {
        name: entry.name.clone(),
        method: entry.method.clone(),
        path: template.path,
        paged,
        parameters: parameters.map(parameter).collect(),
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

fn parameter((name, variable): (String, String)) -> Parameter {
    Parameter {
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
        Side::Schemas(schemas) => {
            let page_model = lower::lower(&page, schemas)?;
            report.add_page(&page, &page_model);
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
            next.extend(children(found).map(|(_, child)| child.to_owned()));
        }
    }
}

fn named(body: &Body) -> Option<String> {
    match body {
        Body::One {
            value: Value::Named(name),
            ..
        }
        | Body::List {
            value: Value::Named(name),
            ..
        } => Some(name.clone()),
        _ => None,
    }
}

/// The types that a type's fields hold, and whether they hold them in a list.
fn children(found: &Type) -> impl Iterator<Item = (bool, &str)> {
    let fields = match &found.kind {
        TypeKind::Struct(fields) => fields.as_slice(),
        TypeKind::Enumeration(_) => &[],
    };
    fields.iter().filter_map(|field| match &field.value {
        Value::Named(name) | Value::Boxed(name) => Some((field.place.is_list(), name.as_str())),
        _ => None,
    })
}

/// Puts a box around fields through which a type would hold itself.
fn box_recursion(model: &mut Model) {
    let recursive: Vec<(String, String)> = model
        .types
        .keys()
        .flat_map(|owner| held(model, owner).into_iter().map(move |child| (owner.clone(), child)))
        .filter(|(owner, child)| reaches(model, child, owner))
        .collect();
    for (owner, child) in recursive {
        let Some(Type {
            kind: TypeKind::Struct(fields),
            ..
        }) = model.types.get_mut(&owner)
        else {
            continue;
        };
        for field in fields.iter_mut().filter(|field| matches!(field.place, Place::Element)) {
            if field.value == Value::Named(child.clone()) {
                field.value = Value::Boxed(child.clone());
            }
        }
    }
}

fn held(model: &Model, owner: &str) -> BTreeSet<String> {
    let children = model.types.get(owner).into_iter().flat_map(children);
    children
        .filter(|(in_list, _)| !in_list)
        .map(|(_, name)| name.to_owned())
        .collect()
}

fn reaches(model: &Model, from: &str, to: &str) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from.to_owned()]);
    while let Some(name) = next.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name.clone()) {
            next.extend(held(model, &name));
        }
    }
    false
}

/// Two names on the pages must not become one in Rust.
fn check_type_names(model: &Model) -> Result<()> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let ids = model
        .ids
        .iter()
        .map(|(name, Id { subject, .. })| (name.clone(), subject.as_str()));
    let types = model.types.keys().map(|name| (names::type_name(name), name.as_str()));
    for (rust_name, name) in types.chain(ids) {
        if let Some(other) = seen.insert(rust_name.clone(), name) {
            return Err(Error::new(
                name,
                format!("would be called {rust_name} in Rust, as {other} is"),
            ));
        }
    }
    Ok(())
}
