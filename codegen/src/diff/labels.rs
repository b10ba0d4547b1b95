//! Describes parts of a model for a report: as the pages call them, and as Rust calls them.

use std::collections::BTreeMap;

use crate::model::{Body, Field, FieldKind, Model, Operation, Value, local_name, split_namespace};
use crate::names;
use crate::printable::shortened;

/// How many characters of a documentation are quoted.
const MAX_DOC: usize = 120;

/// Describes a value.
pub(super) fn value(value: &Value, model: &Model) -> String {
    match value {
        Value::Primitive(primitive) => primitive.xsd_name().to_owned(),
        Value::Id(name) => match model.ids.get(name) {
            Some(id) => format!("{name} ({})", id.inner.xsd_name()),
            None => name.clone(),
        },
        Value::Named(name) | Value::Boxed(name) => name.clone(),
        Value::UserAttribute => "a user-defined attribute".to_owned(),
        Value::Secret => "a secret string".to_owned(),
        Value::QueryDate => "a date".to_owned(),
        Value::AnyXml => "any XML".to_owned(),
        Value::Tokens(item) => format!("whitespace-separated values of {}", self::value(item, model)),
    }
}

/// Describes what a field holds.
pub(super) fn content(field: &Field, model: &Model) -> String {
    let value = value(&field.value, model);
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
pub(super) fn body(body: &Body, model: &Model) -> String {
    match body {
        Body::Empty => "empty".to_owned(),
        Body::Bytes(reason) => format!("bytes ({reason})"),
        Body::One { root, value } => format!("{}, {}", element(root), self::value(value, model)),
        Body::List { root, item, value } => format!(
            "{}, a list of {} in {}",
            element(root),
            self::value(value, model),
            element(item)
        ),
    }
}

/// Quotes a documentation.
pub(super) fn doc(text: &str) -> String {
    if text.is_empty() {
        return "missing".to_owned();
    }
    format!("{:?}", shortened(text, MAX_DOC))
}

/// Describes a changed documentation.
pub(super) fn documentation(old: &str, new: &str) -> String {
    format!("the documentation was {} and is {}", doc(old), doc(new))
}

/// Returns the name of a field in paths: `@id`, `Name`.
pub(super) fn wire_name(field: &Field) -> String {
    match field.kind {
        FieldKind::Attribute => format!("@{}", local_name(&field.name)),
        _ => local_name(&field.name).to_owned(),
    }
}

/// The names of the vendored pages in Rust, with those of the overlay.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The old model with the overlay.
    pub(super) model: Model,
    /// The types that the overlay renames, by their name on the pages.
    pub(super) renamed: BTreeMap<String, String>,
}

impl Names {
    /// Returns the path of an operation.
    pub(super) fn operation(&self, name: &str) -> String {
        let known = self.model.operations.get(name);
        let rust_name = known.map_or_else(|| names::operation(name), |known| known.rust_name.clone());
        format!("spektrix_v2::operations::{rust_name}")
    }

    /// Returns the path of a parameter.
    pub(super) fn parameter(&self, operation: &str, parameter: &str) -> String {
        let known = self
            .model
            .operations
            .get(operation)
            .and_then(|known| parameter_of(known, parameter));
        let rust_name = known.unwrap_or_else(|| names::field(parameter));
        format!("{}::{rust_name}", self.operation(operation))
    }

    /// Returns the path of a type.
    pub(super) fn type_path(&self, name: &str) -> String {
        format!("spektrix_v2::{}", names::type_name(self.type_name(name)))
    }

    /// Returns the path of a field.
    pub(super) fn field_path(&self, owner: &str, field: &Field) -> String {
        let known = self.field(owner, field);
        let name = known.map_or(&field.rust_name, |known| &known.rust_name);
        format!("{}::{name}", self.type_path(owner))
    }

    /// Returns the same field in the model with the overlay.
    pub(super) fn field(&self, owner: &str, field: &Field) -> Option<&Field> {
        let mut fields = self.model.types.get(self.type_name(owner))?.kind.fields().iter();
        fields.find(|known| wire_name(known) == wire_name(field))
    }

    fn type_name<'n>(&'n self, name: &'n str) -> &'n str {
        self.renamed.get(name).map_or(name, String::as_str)
    }
}

fn parameter_of(operation: &Operation, name: &str) -> Option<String> {
    let known = operation.parameters.iter().find(|parameter| parameter.name == name);
    known.map(|parameter| parameter.rust_name.clone())
}
