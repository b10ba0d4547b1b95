//! Refuses types with parts that a decoder cannot tell apart. It compares names without their namespaces, and of several
//! elements with one name, the first belongs to the first field.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Error, Result};
use crate::model::{Field, FieldKind, Substitute, Type, TypeKind, local_name, split_namespace};

/// Refuses parts of the types of a page that cannot be told apart.
pub(super) fn refuse(page: &str, types: &BTreeMap<String, Type>) -> Result<()> {
    for (name, found) in types {
        let ambiguous = match &found.kind {
            TypeKind::Struct(fields) => ambiguous_field(fields, types),
            TypeKind::Choice(branches) => ambiguous_branch(branches),
            TypeKind::Substitution(types) => ambiguous_type(types),
            TypeKind::Enumeration(_) => None,
        };
        if let Some(ambiguous) = ambiguous {
            return Err(Error::new(page, description(name, &ambiguous)));
        }
    }
    Ok(())
}

/// Two parts with one name.
struct Ambiguous {
    kind: &'static str,
    local: String,
    names: BTreeSet<String>,
}

fn description(owner: &str, ambiguous: &Ambiguous) -> String {
    let Ambiguous { kind, local, names } = ambiguous;
    let namespaces = names.iter().map(|name| match split_namespace(name).0 {
        Some(namespace) => format!("the namespace {namespace}"),
        None => "no namespace".to_owned(),
    });
    let namespaces: Vec<String> = namespaces.collect();
    let order = if *kind == "elements" {
        ", and one that may be absent or repeat comes before another one"
    } else {
        ""
    };
    format!(
        "the type {owner} has several {kind} called {local} (in {}), which cannot be told apart: they are read by their \
         names without namespaces{order}. Read the bytes of the body with an XML library",
        namespaces.join(" and ")
    )
}

/// Finds derived types with one name, which `xsi:type` does not tell apart.
fn ambiguous_type(types: &[Substitute]) -> Option<Ambiguous> {
    let mut seen = BTreeMap::new();
    types.iter().find_map(|substitute| {
        let local = local_name(&substitute.wire_name);
        let known: &Substitute = seen.insert(local, substitute)?;
        Some(Ambiguous {
            kind: "derived types",
            local: local.to_owned(),
            names: BTreeSet::from([known.wire_name.clone(), substitute.wire_name.clone()]),
        })
    })
}

fn ambiguous_branch(branches: &[Field]) -> Option<Ambiguous> {
    let mut seen = BTreeMap::new();
    branches.iter().find_map(|branch| {
        let local = local_name(&branch.name);
        let known: &Field = seen.insert(local, branch)?;
        Some(Ambiguous {
            kind: "elements",
            local: local.to_owned(),
            names: BTreeSet::from([known.name.clone(), branch.name.clone()]),
        })
    })
}

fn ambiguous_field(fields: &[Field], types: &BTreeMap<String, Type>) -> Option<Ambiguous> {
    let mut by_name: BTreeMap<(bool, &str), Vec<Part<'_>>> = BTreeMap::new();
    for (at, field) in fields.iter().enumerate() {
        for name in names_of(field, types) {
            let is_attribute = field.kind == FieldKind::Attribute;
            let parts = by_name.entry((is_attribute, local_name(name))).or_default();
            parts.push(Part { name, field, at });
        }
    }
    let ambiguous = by_name.into_iter().find(|((is_attribute, _), parts)| {
        if *is_attribute {
            // An attribute in a namespace has a prefix, so it differs from one without.
            let is_qualified = |part: &&Part<'_>| split_namespace(part.name).0.is_some();
            parts.iter().filter(is_qualified).count() > 1
        } else {
            are_ambiguous(parts, fields)
        }
    });
    ambiguous.map(|((is_attribute, local), parts)| Ambiguous {
        kind: if is_attribute { "attributes" } else { "elements" },
        local: local.to_owned(),
        names: parts.iter().map(|part| part.name.to_owned()).collect(),
    })
}

/// An attribute, or an element that belongs to a field.
struct Part<'f> {
    name: &'f str,
    field: &'f Field,
    /// The position of the field.
    at: usize,
}

/// Returns the names of the children of a field, with their namespaces, or of its attribute.
fn names_of<'f>(field: &'f Field, types: &'f BTreeMap<String, Type>) -> Vec<&'f str> {
    match field.kind {
        FieldKind::Text => Vec::new(),
        FieldKind::Choice | FieldKind::RepeatedChoice => {
            let choice = field.value.type_name().and_then(|name| types.get(name));
            let branches = choice.into_iter().flat_map(|found| found.kind.fields());
            branches.map(|branch| branch.name.as_str()).collect()
        }
        _ => vec![field.name.as_str()],
    }
}

/// Returns whether elements with one name cannot be told apart by their order.
fn are_ambiguous(parts: &[Part<'_>], fields: &[Field]) -> bool {
    let Some((last, before)) = parts.split_last() else {
        return false;
    };
    before.iter().any(|part| match part.field.kind {
        FieldKind::Element | FieldKind::Choice if part.field.required => {
            part.field.kind == FieldKind::Choice && part.name != last.name
        }
        // Without a required element between them, the schema itself does not tell elements of one namespace apart.
        FieldKind::Element | FieldKind::Choice => {
            let before_last = fields.get(part.at..last.at).unwrap_or_default();
            part.name != last.name || before_last.iter().any(|field| field.required)
        }
        _ => true,
    })
}
