//! Describes parts of a model for a report: as the pages call them, and as Rust calls them.

use crate::model::{Body, Field, FieldKind, Model, Value, local_name, split_namespace};
use crate::names;

/// Describes a value.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Primitive(primitive) => primitive.xsd_name().to_owned(),
        Value::Id(name) | Value::Named(name) | Value::Boxed(name) => name.clone(),
        Value::UserAttribute => "a user-defined attribute".to_owned(),
        Value::Secret => "a secret string".to_owned(),
        Value::QueryDate => "a date".to_owned(),
        Value::Tokens(item) => format!("whitespace-separated values of {}", self::value(item)),
    }
}

/// Describes what a field holds.
pub(super) fn content(field: &Field) -> String {
    let value = value(&field.value);
    match &field.kind {
        FieldKind::List => format!("a list of {value}"),
        FieldKind::WrappedList(item) => format!("a list of {value} in {}", element(item)),
        FieldKind::RepeatedChoice => format!("any number of {value}"),
        FieldKind::Attribute | FieldKind::Element | FieldKind::Text | FieldKind::Choice => value,
    }
}

/// Describes an element: `<Event>`, or `<Event> of urn:x`.
pub(super) fn element(name: &str) -> String {
    match split_namespace(name) {
        (Some(namespace), local) => format!("<{local}> of {namespace}"),
        (None, local) => format!("<{local}>"),
    }
}

/// Describes a body.
pub(super) fn body(body: &Body) -> String {
    match body {
        Body::Empty => "nothing".to_owned(),
        Body::Bytes(reason) => format!("bytes ({reason})"),
        Body::One { root, value } => format!("{}, {}", element(root), self::value(value)),
        Body::List { root, item, value } => format!(
            "{}, a list of {} in {}",
            element(root),
            self::value(value),
            element(item)
        ),
    }
}

/// Returns the name of a field in paths: `@id`, `Name`.
pub(super) fn wire_name(field: &Field) -> String {
    match field.kind {
        FieldKind::Attribute => format!("@{}", field.name),
        _ => local_name(&field.name).to_owned(),
    }
}

/// Returns the path of an operation in Rust.
pub(super) fn rust_operation(name: &str) -> String {
    format!("spektrix_v2::operations::{}", names::operation(name))
}

/// Returns the path of a parameter in Rust.
pub(super) fn rust_parameter(operation: &str, parameter: &str) -> String {
    format!("{}::{}", rust_operation(operation), names::field(parameter))
}

/// Returns the path of a type in Rust.
pub(super) fn rust_type(name: &str) -> String {
    format!("spektrix_v2::{}", names::type_name(name))
}

/// Returns the path of a field in Rust, with the name that the overlay gives it.
pub(super) fn rust_field(named: &Model, owner: &str, field: &Field) -> String {
    let known = named_field(named, owner, field);
    let name = known.map_or(&field.rust_name, |known| &known.rust_name);
    format!("{}::{name}", rust_type(owner))
}

/// Returns the same field in the model with the overlay.
pub(super) fn named_field<'a>(named: &'a Model, owner: &str, field: &Field) -> Option<&'a Field> {
    let mut fields = named.types.get(owner)?.kind.fields().iter();
    fields.find(|known| wire_name(known) == wire_name(field))
}
