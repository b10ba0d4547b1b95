//! What an element of a body can contain, found by the names on the pages: how the overlay's paths are followed.

use std::collections::BTreeMap;

use super::{Body, Field, FieldKind, Type, Value, local_name};

/// What an element of a body can contain.
#[derive(Debug, Clone, Copy)]
pub enum ElementContent<'m> {
    /// Only items, with this name and value.
    Items(&'m str, &'m Value),
    /// The fields of a type.
    Fields(&'m [Field]),
}

impl<'m> ElementContent<'m> {
    /// Returns the content of the root of a body, or `None` if the body has no schema.
    pub fn of_body(body: &'m Body, types: &'m BTreeMap<String, Type>) -> Option<Self> {
        match body {
            Body::Empty | Body::Bytes(_) => None,
            Body::One { value, .. } => Some(Self::of_value(value, types)),
            Body::List { item, value, .. } => Some(Self::Items(local_name(item), value)),
        }
    }

    /// Returns the content of an element with a value. A value that is not a struct contains nothing.
    pub fn of_value(value: &'m Value, types: &'m BTreeMap<String, Type>) -> Self {
        let found = value.type_name().and_then(|name| types.get(name));
        Self::Fields(found.map_or(&[], |found| found.kind.fields()))
    }

    /// Returns the content of the element that a field is written as.
    pub fn of_field(field: &'m Field, types: &'m BTreeMap<String, Type>) -> Self {
        match &field.kind {
            FieldKind::WrappedList(item) => Self::Items(local_name(item), &field.value),
            _ => Self::of_value(&field.value, types),
        }
    }

    /// Returns the fields. Items are no fields.
    pub fn fields(self) -> &'m [Field] {
        match self {
            Self::Items(..) => &[],
            Self::Fields(fields) => fields,
        }
    }
}
