//! Prints the data between stages, a line per part.
//!
//! `T` is always present, `T?` is optional, and `[T]` is a list. The name on the page is first.

use std::collections::BTreeMap;

use spektrix_v2_codegen::lower::{IdCollision, PageModel};
use spektrix_v2_codegen::model::{
    Body, EnumValue, Field, FieldKind, Grade, Id, Model, Operation, OperationNotes, Origin, Parameter,
    ParameterLocation, Type, TypeKind, Value,
};
use spektrix_v2_codegen::names;

/// Prints a page.
pub(crate) fn of_page(page: &PageModel) -> String {
    let mut lines = vec![format!("body {}{}", body(&page.body), origin(&page.body_origin))];
    lines.extend(types(&page.types));
    lines.extend(ids(&page.ids));
    let flattened: Vec<&str> = page.flattened.iter().map(String::as_str).collect();
    lines.push(format!("flattened: {}", flattened.join(", ")));
    let collisions = page.id_collisions.iter();
    lines.extend(collisions.map(|collision| {
        let IdCollision {
            name,
            renamed_to,
            error,
        } = collision;
        format!("id {name} is called {renamed_to}: {error}")
    }));
    let skipped = page.skipped.iter();
    lines.extend(skipped.map(|skipped| format!("skipped: {} ({})", skipped.location, skipped.reason)));
    lines.join("\n")
}

/// Prints the whole model.
pub(crate) fn of_model(model: &Model) -> String {
    let mut lines = operations(model);
    lines.extend(types(&model.types));
    lines.extend(ids(&model.ids));
    lines.join("\n")
}

/// Prints the operations of a model.
pub(crate) fn operations(model: &Model) -> Vec<String> {
    model.operations.values().flat_map(operation).collect()
}

fn operation(operation: &Operation) -> Vec<String> {
    let Operation {
        name,
        method,
        path,
        paged,
        ..
    } = operation;
    let paged = if *paged { " (paged)" } else { "" };
    let mut lines = vec![format!("operation {name}: {method} {path}{paged}")];
    lines.extend(notes(&operation.notes));
    lines.extend(operation.parameters.iter().map(parameter));
    let literals = operation.literals.iter();
    lines.extend(literals.map(|(name, value)| format!("  always {name}={value}")));
    let ranges = operation.ranges.iter();
    lines.extend(ranges.map(|range| format!("  range {}: {} to {}", range.name, range.from, range.to)));
    lines.push(format!("  sends {}", body(&operation.request)));
    lines.push(format!("  returns {}", body(&operation.response)));
    lines
}

fn notes(notes: &OperationNotes) -> Vec<String> {
    let OperationNotes {
        entry,
        by_hand,
        session,
        lifecycle,
        require_any,
        at_most_one,
        body_requires,
        doc,
    } = notes;
    let by_hand = if *by_hand { " (by hand)" } else { "" };
    let mut lines = vec![format!("  entry {entry}{by_hand}, session {session:?}, {lifecycle:?}")];
    for (what, names) in [("requires one of", require_any), ("allows at most one of", at_most_one)] {
        if !names.is_empty() {
            lines.push(format!("  {what} {}", names.join(", ")));
        }
    }
    lines.extend(body_requires.iter().map(|required| {
        let when = required.when.as_ref();
        let when = when.map_or(String::new(), |(name, value)| format!(" when {name} is {value}"));
        let paths: Vec<_> = required.paths().collect();
        format!("  body requires {}{when}", paths.join(" or "))
    }));
    lines.extend((!doc.is_empty()).then(|| format!("  \"{doc}\"")));
    lines
}

fn parameter(parameter: &Parameter) -> String {
    let Parameter {
        name,
        variable,
        required,
        doc,
        ..
    } = parameter;
    let optional = if *required { "" } else { "?" };
    let held = value(&parameter.value);
    let location = match parameter.location {
        ParameterLocation::Query => String::new(),
        location => format!(" ({location:?})"),
    };
    format!(
        "  {name} = {{{variable}}}: {held}{optional}{location}{}",
        said(doc, None)
    )
}

fn body(body: &Body) -> String {
    match body {
        Body::Empty => "nothing".to_owned(),
        Body::Bytes(why) => format!("bytes ({why})"),
        Body::One { root, value: held } => format!("<{root}>: {}", value(held)),
        Body::List {
            root,
            item,
            value: held,
        } => format!("<{root}><{item}>: [{}]", value(held)),
    }
}

fn types(types: &BTreeMap<String, Type>) -> Vec<String> {
    types.iter().flat_map(|(name, found)| of_type(name, found)).collect()
}

fn of_type(name: &str, found: &Type) -> Vec<String> {
    let pages: Vec<&str> = found.pages.iter().map(String::as_str).collect();
    let sent = if found.sent { ", sent" } else { "" };
    let said = said(&found.doc, found.grade);
    let head = |kind: &str| format!("{kind} {name} (on {}{sent}){said}", pages.join(", "));
    match &found.kind {
        TypeKind::Choice(fields) => std::iter::once(head("choice"))
            .chain(fields.iter().map(field))
            .collect(),
        TypeKind::Substitution(types) => {
            let types = types.iter().map(|substitute| {
                let declared = if substitute.is_declared { " (declared)" } else { "" };
                format!("  {:?} = {}{declared}", substitute.wire_name, value(&substitute.value))
            });
            std::iter::once(head("substitution")).chain(types).collect()
        }
        TypeKind::Struct(fields) => std::iter::once(head("struct"))
            .chain(fields.iter().map(field))
            .collect(),
        TypeKind::Enumeration(values) => {
            let values = values
                .iter()
                .map(|value| format!("  {:?}{}{}", value.value, renamed(value), self::said(&value.doc, None)));
            std::iter::once(head("enum")).chain(values).collect()
        }
    }
}

fn field(field: &Field) -> String {
    let Field { name, rust_name, .. } = field;
    let (wire, list) = match &field.kind {
        FieldKind::Attribute => (format!("@{name}"), false),
        FieldKind::Element | FieldKind::Text | FieldKind::Choice => (name.clone(), false),
        FieldKind::List | FieldKind::RepeatedChoice => (format!("{name}*"), true),
        FieldKind::WrappedList(item) => (format!("{name}/{item}*"), true),
    };
    let held = match (list, field.required, value(&field.value)) {
        (true, _, held) => format!("[{held}]"),
        (false, true, held) => held,
        (false, false, held) => format!("{held}?"),
    };
    let default = field
        .default
        .as_ref()
        .map_or_else(String::new, |text| format!(" (else {text:?})"));
    let details = [
        (field.nillable, " nillable"),
        (field.may_lack_id, " or without id"),
        (field.wrapper_required, " always wrapped"),
    ];
    let details: String = details
        .iter()
        .filter(|(has, _)| *has)
        .map(|(_, detail)| *detail)
        .collect();
    format!(
        "  {wire} = {rust_name}: {held}{default}{details}{}{}",
        origin(&field.origin),
        said(&field.doc, field.grade)
    )
}

/// Prints what was flattened, from the outside: the types, and the facets.
fn origin(origin: &Origin) -> String {
    let mut text = String::new();
    if !origin.flattened.is_empty() {
        text = format!(" from {}", origin.flattened.join(" of "));
    }
    for (name, values) in &origin.facets {
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        text = format!("{text}, {name} {}", values.join(" or "));
    }
    text
}

/// Prints the name of a value in Rust if it does not follow from the value.
fn renamed(value: &EnumValue) -> String {
    if value.rust_name == names::variant(&value.value) {
        String::new()
    } else {
        format!(" = {}", value.rust_name)
    }
}

fn value(value: &Value) -> String {
    match value {
        Value::Primitive(primitive) => format!("{primitive:?}"),
        Value::Id(name) | Value::Named(name) => name.clone(),
        Value::Boxed(name) => format!("Box<{name}>"),
        Value::Tokens(item) => format!("Tokens<{}>", self::value(item)),
        Value::UserAttribute | Value::Secret | Value::QueryDate | Value::AnyXml => format!("{value:?}"),
    }
}

fn ids(ids: &BTreeMap<String, Id>) -> Vec<String> {
    ids.iter()
        .map(|(name, id)| format!("id {name}: {:?} of {}", id.inner, id.subject))
        .collect()
}

fn said(doc: &str, grade: Option<Grade>) -> String {
    match (doc, grade) {
        ("", None) => String::new(),
        (doc, None) => format!(" \"{doc}\""),
        (doc, Some(grade)) => format!(" \"{doc}\" ({grade:?})"),
    }
}
