//! Applies the overlay to the model.

use std::collections::BTreeMap;

use super::{
    FieldEntry, OperationEntry, Overlay, ParameterEntry, ParameterType, RangeEntry, TypeEntry, ValueEntry,
    body_requirements,
};
use crate::error::{Error, Result};
use crate::model::{EnumValue, Field, Id, Model, Operation, Parameter, Primitive, Range, Type, TypeKind, Value};
use crate::report::Report;
use crate::{model, names};

/// Applies all entries that apply. Returns an error for each entry that does not.
pub fn apply(overlay: &Overlay, model: &mut Model) -> Vec<Error> {
    let mut errors = Vec::new();
    for (name, entry) in &overlay.types {
        let found = model.types.get_mut(name);
        let found = found.ok_or_else(|| not_applicable(&format!("type.{name}"), "no page has this type"));
        errors.extend(found.and_then(|found| apply_type(name, entry, found)).err());
    }
    for (name, entry) in &overlay.parameters {
        errors.extend(apply_parameter(name, entry, model).err());
    }
    for (name, entry) in &overlay.operations {
        let location = format!("operation.{name}");
        let found = model.operations.get_mut(name);
        let found = found.ok_or_else(|| not_applicable(&location, "the feed has no such operation"));
        let types = &model.types;
        errors.extend(
            found
                .and_then(|found| apply_operation(&location, entry, found, types))
                .err(),
        );
    }
    for (name, entry) in &overlay.ranges {
        errors.extend(apply_range(name, entry, model).err());
    }
    // Types are renamed last, because all other entries use their names on the pages.
    rename_types(overlay, model, &mut errors);
    errors
}

/// Records the overlay in the report: how many entries applied, what they renamed, and which did not apply.
pub fn record(overlay: &Overlay, not_applied: &[Error], report: &mut Report) {
    report.overlay_not_applied = not_applied.iter().map(ToString::to_string).collect();
    report.overlay_entries = overlay.entries() - not_applied.len().min(overlay.entries());
    let mut record = |old: String, new: Option<&String>| {
        if let Some(new) = new {
            report.renamed.insert(old, new.clone());
        }
    };
    for (name, entry) in &overlay.types {
        record(name.clone(), entry.name.as_ref());
        for (field, entry) in &entry.fields {
            record(format!("{name}.{field}"), entry.name.as_ref());
        }
    }
    for (name, entry) in &overlay.parameters {
        record(format!("?{name}"), entry.name.as_ref());
    }
    for (page, entry) in &overlay.pages {
        for (name, new) in &entry.types {
            record(format!("{page}: {name}"), Some(new));
        }
    }
}

fn not_applicable(entry: &str, reason: &str) -> Error {
    let description = format!("{reason}, so this entry does not apply. Remove it, or correct its name");
    Error::new(format!("overlay entry [{entry}]"), description)
}

const SAME_NAME: &str = "the part has this name without it";

fn rename_types(overlay: &Overlay, model: &mut Model, errors: &mut Vec<Error>) {
    let mut renames = BTreeMap::new();
    for (name, entry) in overlay.types.iter().filter(|(name, _)| model.types.contains_key(*name)) {
        let location = format!("type.{name}");
        match &entry.name {
            Some(new) if names::type_name(new) == names::type_name(name) => {
                errors.push(not_applicable(&location, SAME_NAME));
            }
            Some(new) if model.types.contains_key(new) || renames.values().any(|taken| taken == new) => {
                errors.push(not_applicable(&location, "another type has this name"));
            }
            Some(new) => drop(renames.insert(name.clone(), new.clone())),
            None => {}
        }
    }
    model.rename_types(&renames);
}

fn apply_type(name: &str, entry: &TypeEntry, found: &mut Type) -> Result<()> {
    found.doc.clone_from(&entry.doc);
    found.grade = Some(entry.grade);
    let has_no_values = || not_applicable(&format!("type.{name}.values"), "the type is not an enumeration");
    let has_no_fields = || not_applicable(&format!("type.{name}.fields"), "the type has no fields");
    match &mut found.kind {
        TypeKind::Struct(_) | TypeKind::Choice(_) | TypeKind::Substitution(_) if !entry.values.is_empty() => {
            Err(has_no_values())
        }
        TypeKind::Enumeration(_) | TypeKind::Substitution(_) if !entry.fields.is_empty() => Err(has_no_fields()),
        TypeKind::Struct(fields) | TypeKind::Choice(fields) => apply_fields(name, entry, fields),
        TypeKind::Substitution(_) => Ok(()),
        TypeKind::Enumeration(values) => {
            for (key, entry) in &entry.values {
                let location = format!("type.{name}.values.{key}");
                let value = values.iter_mut().find(|value| value.value == *key);
                let value = value.ok_or_else(|| not_applicable(&location, "the type has no such value"))?;
                apply_value(&location, entry, value)?;
            }
            Ok(())
        }
    }
}

fn apply_value(location: &str, entry: &ValueEntry, value: &mut EnumValue) -> Result<()> {
    match entry {
        ValueEntry::Doc(doc) => value.doc.clone_from(doc),
        ValueEntry::Named { doc, name } => {
            value.doc.clone_from(doc);
            set_name(location, &mut value.rust_name, names::variant(name))?;
        }
    }
    Ok(())
}

fn apply_fields(name: &str, entry: &TypeEntry, fields: &mut [Field]) -> Result<()> {
    let keys = model::keys(fields);
    for (key, field_entry) in &entry.fields {
        let location = format!("type.{name}.fields.{key}");
        let at = keys.iter().position(|known| known == key);
        let field = at.and_then(|at| fields.get_mut(at));
        let field = field.ok_or_else(|| not_applicable(&location, "the type has no such field"))?;
        apply_field(&location, field_entry, field)?;
    }
    Ok(())
}

fn apply_field(location: &str, entry: &FieldEntry, field: &mut Field) -> Result<()> {
    field.doc.clone_from(&entry.doc);
    field.grade = Some(entry.grade);
    if let Some(name) = &entry.name {
        set_name(location, &mut field.rust_name, names::field(name))?;
    }
    if entry.required {
        if field.required || field.kind.is_list() {
            return Err(not_applicable(location, "the field is a list, or required without it"));
        }
        field.required = true;
    }
    if entry.sensitive {
        if field.value != Value::Primitive(Primitive::String) {
            return Err(not_applicable(location, "only a string can be sensitive"));
        }
        field.value = Value::Secret;
    }
    Ok(())
}

/// Sets a name in Rust, which must differ from the one that is derived.
fn set_name(location: &str, rust_name: &mut String, new: String) -> Result<()> {
    if *rust_name == new {
        return Err(not_applicable(location, SAME_NAME));
    }
    *rust_name = new;
    Ok(())
}

fn apply_parameter(name: &str, entry: &ParameterEntry, model: &mut Model) -> Result<()> {
    let location = format!("parameter.{name}");
    let value = parameter_value(entry, model);
    let mut applied = false;
    let operations = model.operations.values_mut();
    let parameters = operations.flat_map(|operation| &mut operation.parameters);
    for parameter in parameters.filter(|parameter| parameter.name == name) {
        applied = true;
        parameter.doc.clone_from(&entry.doc);
        if let Some(name) = &entry.name {
            set_name(&location, &mut parameter.rust_name, names::field(name))?;
        }
        if let Some(value) = &value {
            if parameter.value == *value {
                return Err(not_applicable(&location, "the parameter has this type without it"));
            }
            parameter.value = value.clone();
        }
    }
    if applied {
        Ok(())
    } else {
        Err(not_applicable(&location, "no operation has this parameter"))
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
    location: &str,
    entry: &OperationEntry,
    operation: &mut Operation,
    types: &BTreeMap<String, Type>,
) -> Result<()> {
    for name in entry.require_any.iter().chain(&entry.at_most_one) {
        find_parameter(location, name, operation)?;
    }
    for name in &entry.require_all {
        find_parameter(location, name, operation)?.required = true;
    }
    let requirements = entry.body_requires.iter();
    let requirements = requirements.map(|text| body_requirements::parse(text, &operation.request, types));
    let requirements: std::result::Result<_, _> = requirements.collect();
    let notes = &mut operation.notes;
    notes.body_requires = requirements.map_err(|reason: String| not_applicable(location, &reason))?;
    notes.doc.clone_from(&entry.doc);
    notes.entry = names::field(&entry.entry);
    notes.by_hand = entry.by_hand;
    notes.session = entry.session;
    notes.lifecycle = entry.lifecycle;
    notes.require_any.clone_from(&entry.require_any);
    notes.at_most_one.clone_from(&entry.at_most_one);
    Ok(())
}

fn find_parameter<'a>(location: &str, name: &str, operation: &'a mut Operation) -> Result<&'a mut Parameter> {
    let mut parameters = operation.parameters.iter_mut();
    let found = parameters.find(|parameter| parameter.name == name);
    found.ok_or_else(|| not_applicable(location, &format!("the operation has no parameter {name}")))
}

/// Adds the range to every operation that has both parameters, as dates.
fn apply_range(name: &str, entry: &RangeEntry, model: &mut Model) -> Result<()> {
    let has_date = |operation: &Operation, wanted: &str| {
        let mut parameters = operation.parameters.iter();
        parameters.any(|parameter| parameter.name == wanted && parameter.value == Value::QueryDate)
    };
    let operations = model.operations.values_mut();
    let mut applied = false;
    for operation in operations.filter(|operation| has_date(operation, &entry.from) && has_date(operation, &entry.to)) {
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
        Err(not_applicable(&format!("range.{name}"), "no operation has both dates"))
    }
}
