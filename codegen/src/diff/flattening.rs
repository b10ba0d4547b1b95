//! Finds types that were only an identifier, a list, or a name and a value, and that have other parts now, or the other way
//! around. In Rust, they were flattened into every field that holds them, so the type is the one cause of many changes.

use super::comparison::Comparison;
use super::values;
use crate::model::{Field, FieldKind, Model, Primitive, TypeKind, Value, local_name, split_namespace};
use crate::names;

/// A change of whether a type is flattened.
pub(super) struct Flattening {
    /// The type on the page.
    pub(super) name: String,
    pub(super) what: String,
    pub(super) breaks_wire: bool,
}

/// Returns the change of whether the type of a field is flattened, if there is one.
pub(super) fn change(comparison: &mut Comparison<'_>, old: &Field, new: &Field) -> Option<Flattening> {
    let (was, is) = (comparison.old, comparison.new);
    let name_in = |flattened: &Field, (other, model): (&Field, &Model)| {
        let name = other.value.type_name()?;
        let names = [name, without_suffix(name, model)];
        let is_meant = |candidate: &&String| {
            names.contains(&candidate.as_str()) && flattened.value.type_name() != Some(candidate.as_str())
        };
        flattened.origin.flattened.iter().find(is_meant).cloned()
    };
    let (name, what) = if let Some(name) = name_in(old, (new, is)) {
        (name, format!("was only {}, and has other parts now", kind(old, new)))
    } else {
        (
            name_in(new, (old, was))?,
            format!("had other parts, and is only {} now", kind(new, old)),
        )
    };
    let breaks_wire = breaks_wire(comparison, old, new).unwrap_or(true);
    Some(Flattening {
        name,
        what,
        breaks_wire,
    })
}

/// Returns the name of a type without the suffix of the namespace of its parts: `AttributeS` in `urn:s`.
fn without_suffix<'n>(name: &'n str, model: &Model) -> &'n str {
    let fields = model.types.get(name).map_or(&[][..], |found| found.kind.fields());
    let namespaces = fields.iter().filter_map(|field| split_namespace(&field.name).0);
    let mut last_segments = namespaces.filter_map(|namespace| namespace.rsplit(['/', ':', '#']).next());
    let found = last_segments.find_map(|segment| name.strip_suffix(&names::upper_camel(segment)));
    found.filter(|name| !name.is_empty()).unwrap_or(name)
}

/// Returns whether an identifier, a list, or a name and a value, and a type that has the same part and others, misread each
/// other. Returns `None` for other fields.
pub(super) fn breaks_wire(comparison: &mut Comparison<'_>, old: &Field, new: &Field) -> Option<bool> {
    let (was, is) = (comparison.old, comparison.new);
    if let Some(others_required) = parts(comparison, (old, was), (new, is)) {
        return Some(comparison.in_direction(others_required, false));
    }
    let others_required = parts(comparison, (new, is), (old, was))?;
    Some(comparison.in_direction(true, others_required))
}

/// Returns whether two fields with the same items differ by what a wrapper around them is.
fn is_about_wrapper(flattened: &Field, other: &Field) -> bool {
    let is_wrapped = |field: &Field| matches!(field.kind, FieldKind::WrappedList(_));
    is_wrapped(flattened) && !is_wrapped(other)
}

fn kind(flattened: &Field, other: &Field) -> &'static str {
    match (is_about_wrapper(flattened, other), &flattened.value) {
        (true, _) => "a list",
        (_, Value::Id(_)) => "an identifier",
        (_, Value::UserAttribute) => "a name and a value",
        (_, Value::AnyXml) => "a place for any XML",
        _ => "text",
    }
}

/// Returns whether a type has required parts besides those that were flattened, which it has as well. The crate skips parts
/// that it does not know.
fn parts(
    comparison: &mut Comparison<'_>,
    (flattened, flattened_model): (&Field, &Model),
    (other, other_model): (&Field, &Model),
) -> Option<bool> {
    let TypeKind::Struct(fields) = &other_model.types.get(other.value.type_name()?)?.kind else {
        return None;
    };
    let wrapped = is_about_wrapper(flattened, other);
    let is_part = |field: &&Field| match (&flattened.kind, &flattened.value) {
        (FieldKind::WrappedList(item), _) if wrapped => {
            field.kind == FieldKind::List && local_name(&field.name) == local_name(item)
        }
        (_, Value::Id(id)) => {
            let inner = |model: &Model, id: &str| model.ids.get(id).map(|id| id.inner);
            let same_type =
                matches!(&field.value, Value::Id(other) if inner(other_model, other) == inner(flattened_model, id));
            field.kind == FieldKind::Attribute && field.name == "id" && same_type
        }
        (_, Value::UserAttribute) => {
            matches!(local_name(&field.name), "Name" | "Value") && field.value == Value::Primitive(Primitive::String)
        }
        _ => false,
    };
    let known = fields.iter().filter(is_part).count();
    let expected = if flattened.value == Value::UserAttribute && !wrapped {
        2
    } else {
        1
    };
    if known != expected {
        return None;
    }
    if wrapped && let Some(items) = fields.iter().find(is_part) {
        let difference = values::difference(comparison, &flattened.value, &items.value, false);
        if difference.is_some_and(|difference| difference.breaks_wire) {
            return None;
        }
    }
    Some(fields.iter().any(|field| field.required && !is_part(&field)))
}
