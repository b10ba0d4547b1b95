//! Parses what the overlay requires of a request body: `Ticket/Price when OverridePrice is true`.

use std::collections::BTreeMap;

use crate::model::{Body, BodyRequirement, ElementContent, Field, FieldKind, Primitive, Type, TypeKind, Value};

type Types = BTreeMap<String, Type>;

/// Parses a requirement, and checks that the body has every part that it names. Returns the reason if it does not.
///
/// `A/B` means a `B` in each `A`, `A/@b` an attribute, and `A/B or A/C` one of the two. The suffix ` when D is value`
/// makes the requirement depend on `D`, a sibling of `B`.
pub(super) fn parse(text: &str, body: &Body, types: &Types) -> Result<BodyRequirement, String> {
    let in_text = |reason: String| format!("in `{text}`, {reason}");
    let (paths, when) = match text.split_once(" when ") {
        Some((paths, condition)) => (paths, Some(parse_condition(condition).map_err(in_text)?)),
        None => (text, None),
    };
    let (of, any_of) = parse_paths(paths).map_err(in_text)?;
    let element = of_path(body, &of, types).map_err(in_text)?;
    for name in &any_of {
        check_part(element, name, types).map_err(in_text)?;
    }
    if let Some((name, value)) = &when {
        check_condition(element, name, value, types).map_err(in_text)?;
    }
    Ok(BodyRequirement { of, any_of, when })
}

fn parse_condition(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once(" is ").map(|(name, value)| (name.trim(), value.trim()));
    let parts = parts.filter(|(name, value)| !name.is_empty() && !value.is_empty());
    let (name, value) = parts.ok_or_else(|| "`when` must be followed by `Name is value`".to_owned())?;
    Ok((name.to_owned(), value.to_owned()))
}

/// Returns the path of the element that must contain a part, and the alternatives for that part.
fn parse_paths(paths: &str) -> Result<(Vec<String>, Vec<String>), String> {
    let mut of = None;
    let mut any_of = Vec::new();
    for path in paths.split(" or ").map(str::trim) {
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
        if *of.get_or_insert(parent) != parent {
            return Err("the alternatives are in different elements".to_owned());
        }
        any_of.push(name.to_owned());
    }
    let of = of.unwrap_or_default().split('/').filter(|name| !name.is_empty());
    Ok((of.map(str::to_owned).collect(), any_of))
}

fn of_path<'m>(body: &'m Body, path: &[String], types: &'m Types) -> Result<ElementContent<'m>, String> {
    let root = ElementContent::of_body(body, types);
    let mut content = root.ok_or("the operation has no request body with a schema")?;
    for name in path {
        content = of_child(content, name, types)?;
    }
    Ok(content)
}

fn of_child<'m>(content: ElementContent<'m>, name: &str, types: &'m Types) -> Result<ElementContent<'m>, String> {
    match content {
        ElementContent::Items(item, value) if item == name => Ok(ElementContent::of_value(value, types)),
        ElementContent::Items(..) => Err(format!("the body has no {name}")),
        ElementContent::Fields(fields) => Ok(ElementContent::of_field(find_field(fields, name, types)?, types)),
    }
}

/// Checks that a part can be missing. A required string can be empty; any other required field is always set.
fn check_part(content: ElementContent<'_>, name: &str, types: &Types) -> Result<(), String> {
    let ElementContent::Fields(fields) = content else {
        return of_child(content, name, types).map(drop);
    };
    let field = find_field(fields, name, types)?;
    let is_string = matches!(field.value, Value::Primitive(Primitive::String) | Value::Secret);
    if field.required && !is_string {
        return Err(format!("{name} is always set"));
    }
    Ok(())
}

fn check_condition(content: ElementContent<'_>, name: &str, value: &str, types: &Types) -> Result<(), String> {
    let ElementContent::Fields(fields) = content else {
        return Err("`when` refers to a list, which has no value".to_owned());
    };
    let field = find_field(fields, name, types)?;
    let has_value = match &field.value {
        Value::Primitive(Primitive::Boolean) => ["true", "false"].contains(&value),
        Value::Named(name) => types.get(name).is_some_and(|found| has_enum_value(found, value)),
        _ => false,
    };
    if has_value && field.kind == FieldKind::Element {
        return Ok(());
    }
    Err(format!(
        "{name} is not a boolean or enumeration element with the value {value}"
    ))
}

fn has_enum_value(found: &Type, value: &str) -> bool {
    match &found.kind {
        TypeKind::Enumeration(values) => values.iter().any(|known| known.value == value),
        _ => false,
    }
}

/// Returns the field of this name.
fn find_field<'m>(fields: &'m [Field], name: &str, types: &Types) -> Result<&'m Field, String> {
    let is_choice = |field: &Field| matches!(field.kind, FieldKind::Choice | FieldKind::RepeatedChoice);
    let is_branch = |field: &Field| {
        let branches = ElementContent::of_value(&field.value, types).fields();
        is_choice(field) && branches.iter().any(|branch| branch.key() == name)
    };
    let found = fields.iter().find(|field| field.key() == name);
    match found.filter(|field| !is_choice(field)) {
        Some(field) => Ok(field),
        // Which branch is set is the caller's choice: the other branches are not missing.
        None if found.is_some() || fields.iter().any(is_branch) => {
            Err(format!("{name} belongs to a choice, of which no part can be required"))
        }
        None => Err(format!("there is no {name}")),
    }
}
