//! Finds the types and fields that a report is about: by their names in Rust, and by their paths in XML.

use spektrix_v2_codegen::model::{Body, Field, FieldKind, Model, Operation, Value, local_name};

/// A field, and the type that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FieldOf<'m> {
    pub(super) type_name: &'m str,
    pub(super) field: &'m Field,
}

/// A part of a body that the schema does not have, and the type of the element that it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnknownPart<'m> {
    pub(super) type_name: &'m str,
    /// Below that element: `Colour`, `@shade`.
    pub(super) path: String,
}

/// Returns the field at a path below an item, such as `prices[].band`.
pub(super) fn field_at<'m>(model: &'m Model, operation: &'m Operation, path: &str) -> Option<FieldOf<'m>> {
    let mut value = operation.response.value()?;
    let mut found = None;
    for segment in path.split('.') {
        let name = segment.trim_end_matches("[]");
        let at = fields_of(model, value)?;
        let field =
            at.1.iter()
                .find(|field| field.rust_name.trim_start_matches("r#") == name)?;
        found = Some(FieldOf { type_name: at.0, field });
        value = &field.value;
    }
    found
}

/// Returns the field at a path of a body in XML, such as `Tags/Tag[1]/@id`.
pub(super) fn field_in_xml<'m>(model: &'m Model, operation: &'m Operation, path: &str) -> Option<FieldOf<'m>> {
    match walk(model, operation, path)? {
        Walked::Field(found) => Some(found),
        Walked::Unknown(_) => None,
    }
}

/// Returns the part of a path in XML that the schema does not have.
pub(super) fn unknown_part<'m>(model: &'m Model, operation: &'m Operation, path: &str) -> Option<UnknownPart<'m>> {
    match walk(model, operation, path)? {
        Walked::Field(_) => None,
        Walked::Unknown(part) => Some(part),
    }
}

enum Walked<'m> {
    Field(FieldOf<'m>),
    Unknown(UnknownPart<'m>),
}

/// Follows a path in XML from the root of the response.
fn walk<'m>(model: &'m Model, operation: &'m Operation, path: &str) -> Option<Walked<'m>> {
    let mut segments = path.split('/').map(without_position);
    let (root, item) = match &operation.response {
        Body::List { root, item, .. } => (root, Some(item)),
        Body::One { root, .. } => (root, None),
        Body::Empty | Body::Bytes(_) => return None,
    };
    if segments.next()? != local_name(root) {
        return None;
    }
    if let Some(item) = item
        && segments.next()? != local_name(item)
    {
        return None;
    }
    let mut value = operation.response.value()?;
    let mut found = None;
    while let Some(segment) = segments.next() {
        // What is in the element of a plain value, such as the identifier of a reference, belongs to its field.
        let Some((type_name, fields)) = fields_of(model, value) else {
            break;
        };
        let Some(field) = fields.iter().find(|field| field.key() == segment) else {
            let rest: Vec<_> = [segment].into_iter().chain(segments).collect();
            let path = rest.join("/");
            return Some(Walked::Unknown(UnknownPart { type_name, path }));
        };
        found = Some(FieldOf { type_name, field });
        value = &field.value;
        if matches!(field.kind, FieldKind::WrappedList(_)) {
            segments.next();
        }
    }
    found.map(Walked::Field)
}

fn fields_of<'m>(model: &'m Model, value: &'m Value) -> Option<(&'m str, &'m [Field])> {
    let name = value.type_name()?;
    Some((name, model.types.get(name)?.kind.fields()))
}

/// `Tag[1]` is the first element `Tag`.
fn without_position(segment: &str) -> &str {
    segment.split_once('[').map_or(segment, |(name, _)| name)
}
