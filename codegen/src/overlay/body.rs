//! What an overlay says of a request body: `Ticket/Price when OverridePrice is true`.

use std::collections::BTreeMap;

use crate::distinct::overlay_key;
use crate::model::{Body, BodyRequirement, Field, Place, Primitive, Type, TypeKind, Value, local_name};

type Types = BTreeMap<String, Type>;

/// Reads a requirement and finds everything that it names in the body, or says what is wrong with it.
///
/// `A/B` stands for a `B` in each `A`, `A/@b` for an attribute, `A/B or A/C` for one of the two. It may end in
/// ` when D is value`, where `D` stands beside `B`.
pub(super) fn requirement(text: &str, body: &Body, types: &Types) -> Result<BodyRequirement, String> {
    let quoted = |why: String| format!("in `{text}`, {why}");
    let (paths, when) = match text.split_once(" when ") {
        Some((paths, condition)) => (paths, Some(self::condition(condition).map_err(quoted)?)),
        None => (text, None),
    };
    let (of, any_of) = places(paths).map_err(quoted)?;
    let element = Inside::of(body, &of, types).map_err(quoted)?;
    for name in &any_of {
        element
            .check_required(name, any_of.len() > 1 || when.is_some(), types)
            .map_err(quoted)?;
    }
    if let Some((name, value)) = &when {
        element.check_condition(name, value, types).map_err(quoted)?;
    }
    Ok(BodyRequirement { of, any_of, when })
}

fn condition(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once(" is ").map(|(name, value)| (name.trim(), value.trim()));
    let parts = parts.filter(|(name, value)| !name.is_empty() && !value.is_empty());
    let (name, value) = parts.ok_or_else(|| "`when` is not followed by `Name is value`".to_owned())?;
    Ok((name.to_owned(), value.to_owned()))
}

/// The path of the element that is asked, and what it is asked for.
fn places(paths: &str) -> Result<(Vec<String>, Vec<String>), String> {
    let mut of = None;
    let mut any_of = Vec::new();
    for path in paths.split(" or ").map(str::trim) {
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
        if *of.get_or_insert(parent) != parent {
            return Err("the alternatives stand in different elements".to_owned());
        }
        any_of.push(name.to_owned());
    }
    let of = of.unwrap_or_default().split('/').filter(|name| !name.is_empty());
    Ok((of.map(str::to_owned).collect(), any_of))
}

/// What can stand in an element of a body.
enum Inside<'m> {
    /// Items, and nothing else.
    Items(&'m str, &'m Value),
    /// The parts of a type.
    Fields(&'m [Field]),
}

impl<'m> Inside<'m> {
    fn of(body: &'m Body, path: &[String], types: &'m Types) -> Result<Self, String> {
        let mut inside = match body {
            Body::Empty | Body::Bytes(_) => return Err("the operation takes no body of which anything is known".into()),
            Body::One { value, .. } => Self::of_value(value, types),
            Body::List { item, value, .. } => Self::Items(local_name(item), value),
        };
        for name in path {
            inside = inside.enter(name, types)?;
        }
        Ok(inside)
    }

    fn of_value(value: &Value, types: &'m Types) -> Self {
        let found = value.type_name().and_then(|name| types.get(name));
        Self::Fields(found.map_or(&[], |found| found.kind.fields()))
    }

    fn enter(&self, name: &str, types: &'m Types) -> Result<Self, String> {
        match self {
            Self::Items(item, value) if *item == name => Ok(Self::of_value(value, types)),
            Self::Items(..) => Err(format!("the body has no {name}")),
            Self::Fields(fields) => {
                let field = field(fields, name, types)?;
                Ok(match &field.place {
                    Place::Wrapped(item) => Self::Items(local_name(item), &field.value),
                    _ => Self::of_value(&field.value, types),
                })
            }
        }
    }

    /// Only a text can be there and say nothing.
    fn check_required(&self, name: &str, is_conditional: bool, types: &Types) -> Result<(), String> {
        let Self::Fields(fields) = self else {
            return self.enter(name, types).map(drop);
        };
        let field = field(fields, name, types)?;
        let is_text = matches!(field.value, Value::Text(Primitive::String) | Value::Secret);
        match field.required && !is_text && !is_conditional {
            true => Err(format!("{name} is always set without it")),
            false => Ok(()),
        }
    }

    fn check_condition(&self, name: &str, value: &str, types: &Types) -> Result<(), String> {
        let Self::Fields(fields) = self else {
            return Err("`when` looks at a list, which has no value".to_owned());
        };
        let field = field(fields, name, types)?;
        let is_possible = match &field.value {
            Value::Text(Primitive::Boolean) => ["true", "false"].contains(&value),
            Value::Named(name) => types.get(name).is_some_and(|found| has_value(found, value)),
            _ => false,
        };
        match is_possible && !field.place.is_list() && field.place != Place::Attribute {
            true => Ok(()),
            false => Err(format!("{name} is no flag or enumeration that may be {value}")),
        }
    }
}

fn has_value(found: &Type, value: &str) -> bool {
    match &found.kind {
        TypeKind::Enumeration(values) => values.iter().any(|known| known.value == value),
        _ => false,
    }
}

/// The field of this name, or the branch of a choice.
fn field<'m>(fields: &'m [Field], name: &str, types: &'m Types) -> Result<&'m Field, String> {
    let branches = fields.iter().flat_map(|field| match field.place {
        Place::Choice | Place::Choices => {
            let found = field.value.type_name().and_then(|name| types.get(name));
            found.map_or(&[][..], |found| found.kind.fields())
        }
        _ => std::slice::from_ref(field),
    });
    let mut named = branches.filter(|field| overlay_key(field) == name);
    named.next().ok_or_else(|| format!("there is no {name}"))
}
