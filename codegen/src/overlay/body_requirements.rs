//! Parses what the overlay requires of a request body: `Ticket/Price when OverridePrice is true`.

use std::collections::BTreeMap;

use crate::model::{Body, BodyRequirement, Field, FieldKind, Primitive, Type, TypeKind, Value, local_name};

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
    let element = Content::of_path(body, &of, types).map_err(in_text)?;
    let may_be_absent = any_of.len() > 1 || when.is_some();
    for name in &any_of {
        element.check_required(name, may_be_absent, types).map_err(in_text)?;
    }
    if let Some((name, value)) = &when {
        element.check_condition(name, value, types).map_err(in_text)?;
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

/// What an element of a body can contain.
enum Content<'m> {
    /// Only items. Holds their name and value.
    Items(&'m str, &'m Value),
    /// The fields of a type.
    Fields(&'m [Field]),
}

impl<'m> Content<'m> {
    fn of_path(body: &'m Body, path: &[String], types: &'m Types) -> Result<Self, String> {
        let mut content = match body {
            Body::Empty | Body::Bytes(_) => return Err("the operation has no request body with a schema".into()),
            Body::One { value, .. } => Self::of_value(value, types),
            Body::List { item, value, .. } => Self::Items(local_name(item), value),
        };
        for name in path {
            content = content.of_child(name, types)?;
        }
        Ok(content)
    }

    fn of_value(value: &Value, types: &'m Types) -> Self {
        let found = value.type_name().and_then(|name| types.get(name));
        Self::Fields(found.map_or(&[], |found| found.kind.fields()))
    }

    fn of_child(&self, name: &str, types: &'m Types) -> Result<Self, String> {
        match self {
            Self::Items(item, value) if *item == name => Ok(Self::of_value(value, types)),
            Self::Items(..) => Err(format!("the body has no {name}")),
            Self::Fields(fields) => {
                let field = find_field(fields, name, types)?;
                Ok(match &field.kind {
                    FieldKind::WrappedList(item) => Self::Items(local_name(item), &field.value),
                    _ => Self::of_value(&field.value, types),
                })
            }
        }
    }

    /// Checks that a part can be missing. A required string can be empty; any other required field is always set.
    fn check_required(&self, name: &str, may_be_absent: bool, types: &Types) -> Result<(), String> {
        let Self::Fields(fields) = self else {
            return self.of_child(name, types).map(drop);
        };
        let field = find_field(fields, name, types)?;
        let is_string = matches!(field.value, Value::Primitive(Primitive::String) | Value::Secret);
        if field.required && !is_string && !may_be_absent {
            return Err(format!("{name} is always set"));
        }
        Ok(())
    }

    fn check_condition(&self, name: &str, value: &str, types: &Types) -> Result<(), String> {
        let Self::Fields(fields) = self else {
            return Err("`when` refers to a list, which has no value".to_owned());
        };
        let field = find_field(fields, name, types)?;
        let has_value = match &field.value {
            Value::Primitive(Primitive::Boolean) => ["true", "false"].contains(&value),
            Value::Named(name) => types.get(name).is_some_and(|found| has_enum_value(found, value)),
            _ => false,
        };
        if has_value && !field.kind.is_list() && field.kind != FieldKind::Attribute {
            return Ok(());
        }
        Err(format!(
            "{name} is not a boolean or enumeration element with the value {value}"
        ))
    }
}

fn has_enum_value(found: &Type, value: &str) -> bool {
    match &found.kind {
        TypeKind::Enumeration(values) => values.iter().any(|known| known.value == value),
        _ => false,
    }
}

/// Returns the field of this name, or the branch of a choice.
fn find_field<'m>(fields: &'m [Field], name: &str, types: &'m Types) -> Result<&'m Field, String> {
    let mut candidates = fields.iter().flat_map(|field| match field.kind {
        FieldKind::Choice | FieldKind::RepeatedChoice => {
            let found = field.value.type_name().and_then(|name| types.get(name));
            found.map_or(&[][..], |found| found.kind.fields())
        }
        _ => std::slice::from_ref(field),
    });
    let found = candidates.find(|field| field.key() == name);
    found.ok_or_else(|| format!("there is no {name}"))
}
