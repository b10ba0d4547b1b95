//! Applies the overlay to the model. An entry that does not apply, or is no longer needed, is an error that names it.

use std::collections::BTreeMap;

use super::{
    FieldEntry, OperationEntry, Overlay, ParameterEntry, ParameterType, RangeEntry, TypeEntry, ValueEntry, body,
};
use crate::distinct::overlay_key;
use crate::error::{Error, Result};
use crate::model::{EnumValue, Field, Id, Model, Operation, Parameter, Primitive, Range, Type, TypeKind, Value};
use crate::names;

/// Applies what can be applied, and answers an error for every entry that cannot.
pub fn apply_what_fits(overlay: &Overlay, model: &mut Model) -> Vec<Error> {
    let mut errors = Vec::new();
    for (name, entry) in &overlay.types {
        let found = model.types.get_mut(name);
        let found = found.ok_or_else(|| gone(&format!("type.{name}"), "no page has this type"));
        errors.extend(found.and_then(|found| apply_type(name, entry, found)).err());
    }
    for (name, entry) in &overlay.parameters {
        errors.extend(apply_parameter(name, entry, model).err());
    }
    for (name, entry) in &overlay.operations {
        let place = format!("operation.{name}");
        let found = model.operations.get_mut(name);
        let found = found.ok_or_else(|| gone(&place, "the feed has no such operation"));
        let types = &model.types;
        errors.extend(
            found
                .and_then(|found| apply_operation(&place, entry, found, types))
                .err(),
        );
    }
    for (name, entry) in &overlay.ranges {
        errors.extend(apply_range(name, entry, model).err());
    }
    rename_types(overlay, model, &mut errors);
    errors
}

fn rename_types(overlay: &Overlay, model: &mut Model, errors: &mut Vec<Error>) {
    let mut renames = BTreeMap::new();
    for (name, entry) in overlay.types.iter().filter(|(name, _)| model.types.contains_key(*name)) {
        let place = format!("type.{name}");
        match &entry.name {
            Some(new) if names::type_name(new) == names::type_name(name) => {
                errors.push(gone(&place, "the name follows from the page without it"));
            }
            Some(new) if model.types.contains_key(new) || renames.values().any(|taken| taken == new) => {
                errors.push(gone(&place, "another type has this name"));
            }
            Some(new) => drop(renames.insert(name.clone(), new.clone())),
            None => {}
        }
    }
    model.rename_types(&renames);
}

fn gone(entry: &str, why: &str) -> Error {
    let what = format!("{why}, so this entry no longer applies: remove it, or correct its name");
    Error::new(format!("overlay entry [{entry}]"), what)
}

const NO_ENUMERATION: &str = "the type is no enumeration, and has no values";
const NO_FIELDS: &str = "the type only tells others apart, and has no fields";
const NO_STRUCT: &str = "the type is an enumeration, and has no fields";

fn apply_type(name: &str, entry: &TypeEntry, found: &mut Type) -> Result<()> {
    found.doc.clone_from(&entry.doc);
    found.grade = Some(entry.grade);
    match &mut found.kind {
        TypeKind::Struct(_) | TypeKind::Choice(_) | TypeKind::Substitution(_) if !entry.values.is_empty() => {
            Err(gone(&format!("type.{name}.values"), NO_ENUMERATION))
        }
        TypeKind::Struct(fields) | TypeKind::Choice(fields) => apply_fields(name, entry, fields),
        TypeKind::Substitution(_) if entry.fields.is_empty() => Ok(()),
        TypeKind::Substitution(_) => Err(gone(&format!("type.{name}.fields"), NO_FIELDS)),
        TypeKind::Enumeration(_) if !entry.fields.is_empty() => Err(gone(&format!("type.{name}.fields"), NO_STRUCT)),
        TypeKind::Enumeration(values) => {
            for (key, entry) in &entry.values {
                let place = format!("type.{name}.values.{key}");
                let value = values.iter_mut().find(|value| value.value == *key);
                let value = value.ok_or_else(|| gone(&place, "the type has no such value"))?;
                apply_value(&place, entry, value)?;
            }
            Ok(())
        }
    }
}

fn apply_value(place: &str, entry: &ValueEntry, value: &mut EnumValue) -> Result<()> {
    match entry {
        ValueEntry::Doc(doc) => value.doc.clone_from(doc),
        ValueEntry::More { doc, name } => {
            value.doc.clone_from(doc);
            let rust_name = names::variant(name);
            if std::mem::replace(&mut value.rust_name, rust_name.clone()) == rust_name {
                return Err(gone(place, "the name follows from the page without it"));
            }
        }
    }
    Ok(())
}

fn apply_fields(name: &str, entry: &TypeEntry, fields: &mut [Field]) -> Result<()> {
    for (key, field_entry) in &entry.fields {
        let place = format!("type.{name}.fields.{key}");
        let field = fields.iter_mut().find(|field| overlay_key(field) == *key);
        apply_field(
            &place,
            field_entry,
            field.ok_or_else(|| gone(&place, "the type has no such field"))?,
        )?;
    }
    Ok(())
}

fn apply_field(place: &str, entry: &FieldEntry, field: &mut Field) -> Result<()> {
    field.doc.clone_from(&entry.doc);
    field.grade = Some(entry.grade);
    if let Some(name) = &entry.name {
        let rust_name = names::field(name);
        if std::mem::replace(&mut field.rust_name, rust_name.clone()) == rust_name {
            return Err(gone(place, "the name follows from the page without it"));
        }
    }
    if entry.required {
        if field.required || field.place.is_list() {
            return Err(gone(place, "the field is required or a list without it"));
        }
        field.required = true;
    }
    if entry.sensitive {
        if field.value != Value::Text(Primitive::String) {
            return Err(gone(place, "only a text can be sensitive"));
        }
        field.value = Value::Secret;
    }
    Ok(())
}

fn apply_parameter(name: &str, entry: &ParameterEntry, model: &mut Model) -> Result<()> {
    let place = format!("parameter.{name}");
    let value = parameter_value(entry, model);
    let mut applied = false;
    let parameters = model
        .operations
        .values_mut()
        .flat_map(|operation| &mut operation.parameters);
    for parameter in parameters.filter(|parameter| parameter.name == name) {
        applied = true;
        parameter.doc.clone_from(&entry.doc);
        if let Some(name) = &entry.name {
            let rust_name = names::field(name);
            if std::mem::replace(&mut parameter.rust_name, rust_name.clone()) == rust_name {
                return Err(gone(&place, "the name follows from the feed without it"));
            }
        }
        if let Some(value) = &value {
            if parameter.value == *value {
                return Err(gone(&place, "the type follows from the feed without it"));
            }
            parameter.value = value.clone();
        }
    }
    if applied {
        Ok(())
    } else {
        Err(gone(&place, "no operation has this parameter"))
    }
}

fn parameter_value(entry: &ParameterEntry, model: &mut Model) -> Option<Value> {
    let Some(id) = &entry.id else {
        return entry.parameter_type.map(|ParameterType::Date| Value::QueryDate);
    };
    let subject = id.trim_end_matches("Id").to_owned();
    model.ids.entry(id.clone()).or_insert(Id {
        inner: Primitive::Int,
        subject,
    });
    Some(Value::Id(id.clone()))
}

fn apply_operation(
    place: &str,
    entry: &OperationEntry,
    operation: &mut Operation,
    types: &BTreeMap<String, Type>,
) -> Result<()> {
    for name in entry.require_any.iter().chain(&entry.at_most_one) {
        parameter_of(place, name, operation)?;
    }
    for name in &entry.require_all {
        parameter_of(place, name, operation)?.required = true;
    }
    let required = entry
        .body_requires
        .iter()
        .map(|text| body::requirement(text, &operation.request, types));
    let required = required
        .collect::<std::result::Result<Vec<_>, _>>()
        .map_err(|why| gone(place, &why))?;
    let notes = &mut operation.notes;
    notes.body_requires = required;
    notes.doc.clone_from(&entry.doc);
    notes.entry = names::field(&entry.entry);
    notes.by_hand = entry.by_hand;
    notes.session = entry.session;
    notes.lifecycle = entry.lifecycle;
    notes.require_any.clone_from(&entry.require_any);
    notes.at_most_one.clone_from(&entry.at_most_one);
    Ok(())
}

fn parameter_of<'a>(place: &str, name: &str, operation: &'a mut Operation) -> Result<&'a mut Parameter> {
    let found = operation.parameters.iter_mut().find(|parameter| parameter.name == name);
    found.ok_or_else(|| gone(place, &format!("the operation has no parameter {name}")))
}

fn apply_range(name: &str, entry: &RangeEntry, model: &mut Model) -> Result<()> {
    let is_date = |operation: &Operation, wanted: &str| {
        let mut parameters = operation.parameters.iter();
        parameters.any(|parameter| parameter.name == wanted && parameter.value == Value::QueryDate)
    };
    let operations = model.operations.values_mut();
    let mut applied = false;
    for operation in operations.filter(|operation| is_date(operation, &entry.from) && is_date(operation, &entry.to)) {
        applied = true;
        operation.ranges.push(Range {
            name: names::field(name),
            from: entry.from.clone(),
            to: entry.to.clone(),
            doc: entry.doc.clone(),
        });
    }
    if applied {
        Ok(())
    } else {
        Err(gone(&format!("range.{name}"), "no operation has both dates"))
    }
}
