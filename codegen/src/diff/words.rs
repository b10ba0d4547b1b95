//! How parts of a model are called in a report, on the pages and in Rust.

use crate::model::{Body, Field, Model, Place, Value, local_name};
use crate::names;

/// What a value is, in the words of the pages.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Text(primitive) => primitive.xsd_name().to_owned(),
        Value::Id(name) | Value::Named(name) | Value::Boxed(name) => name.clone(),
        Value::Attribute => "a user-defined attribute".to_owned(),
        Value::Secret => "a secret text".to_owned(),
        Value::QueryDate => "a date".to_owned(),
        Value::Tokens(item) => format!("several {} in one text", self::value(item)),
    }
}

/// What a field holds, with how often.
pub(super) fn held(field: &Field) -> String {
    let value = value(&field.value);
    match &field.place {
        Place::List => format!("a list of {value}"),
        Place::Wrapped(item) => format!("a list of {value} in {}", element(item)),
        Place::Choices => format!("any number of {value}"),
        Place::Attribute | Place::Element | Place::Text | Place::Choice => value,
    }
}

/// An element: `<Event>`, or `<Event> of urn:x`.
pub(super) fn element(name: &str) -> String {
    match name.strip_prefix('{').and_then(|name| name.split_once('}')) {
        Some((namespace, local)) => format!("<{local}> of {namespace}"),
        None => format!("<{name}>"),
    }
}

/// What a body is.
pub(super) fn body(body: &Body) -> String {
    match body {
        Body::Empty => "nothing".to_owned(),
        Body::Bytes(why) => format!("bytes ({why})"),
        Body::One { root, value } => format!("{}, {}", element(root), self::value(value)),
        Body::List { root, item, value } => format!(
            "{}, a list of {} in {}",
            element(root),
            self::value(value),
            element(item)
        ),
    }
}

/// A field as it stands in paths: `@id`, `Name`.
pub(super) fn wire(field: &Field) -> String {
    match field.place {
        Place::Attribute => format!("@{}", field.name),
        _ => local_name(&field.name).to_owned(),
    }
}

/// An operation in Rust.
pub(super) fn rust_operation(name: &str) -> String {
    format!("spektrix_v2::operations::{}", names::operation(name))
}

/// A parameter of an operation in Rust.
pub(super) fn rust_parameter(operation: &str, parameter: &str) -> String {
    format!("{}::{}", rust_operation(operation), names::field(parameter))
}

/// A type in Rust.
pub(super) fn rust_type(name: &str) -> String {
    format!("spektrix_v2::{}", names::type_name(name))
}

/// A field in Rust, by the name that the overlay gives it.
pub(super) fn rust_field(named: &Model, owner: &str, field: &Field) -> String {
    let known = of_overlay(named, owner, field);
    let name = known.map_or(&field.rust_name, |known| &known.rust_name);
    format!("{}::{name}", rust_type(owner))
}

/// The field of the same name, with what the overlay says of it.
pub(super) fn of_overlay<'a>(named: &'a Model, owner: &str, field: &Field) -> Option<&'a Field> {
    let fields = named.types.get(owner)?.kind.fields();
    fields.iter().find(|known| wire(known) == wire(field))
}
