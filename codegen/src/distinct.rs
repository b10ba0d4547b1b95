//! A name of its own in Rust for everything. Of two things that would have one name, the later gets another, and an
//! error says which entry of the overlay would give it a better one.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Error;
use crate::model::{Body, Field, Model, Operation, Parameter, Place, Type, TypeKind, Value, local_name};
use crate::names;
use crate::unify::Clash;

/// Makes the names of types, fields, values, operations and parameters distinct, and says what was changed.
pub(crate) fn make(model: &mut Model) -> Vec<Clash> {
    let mut clashes = Vec::new();
    for (name, found) in &mut model.types {
        parts(name, found, &mut clashes);
    }
    types(model, &mut clashes);
    operations(model, &mut clashes);
    for operation in model.operations.values_mut() {
        parameters(operation, &mut clashes);
        setters(operation);
    }
    clashes
}

/// Names in Rust, and where each is from.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    /// Takes the name, or the first free one of the others. Where it was taken, answers by what, and the one that is free.
    fn take(&mut self, name: &str, from: &str, others: impl Iterator<Item = String>) -> Option<(String, String)> {
        let Some(holder) = self.0.get(name).cloned() else {
            self.0.insert(name.to_owned(), from.to_owned());
            return None;
        };
        let free = others
            .filter(|other| !self.0.contains_key(other))
            .take(1)
            .next()
            .unwrap_or_else(|| format!("{name}_"));
        self.0.insert(free.clone(), from.to_owned());
        Some((holder, free))
    }
}

fn parts(name: &str, found: &mut Type, clashes: &mut Vec<Clash>) {
    let page = found.pages.first().map_or("pages", String::as_str).to_owned();
    let mut taken = Names::default();
    let mut clash = |first: &str, second: &str, rust_name: &str, now: &str, entry: &str| {
        let what = format!(
            "{first} and {second} of `{name}` would both be called {rust_name} in Rust: give one of them another name \
             in the overlay, {entry}"
        );
        clashes.push(Clash {
            error: Error::new(&page, what),
            page: page.clone(),
            name: format!("{name}.{second}"),
            now: now.to_owned(),
        });
    };
    match &mut found.kind {
        TypeKind::Struct(fields) => {
            for field in fields {
                let (key, rust_name) = (overlay_key(field), field.rust_name.clone());
                let others = other_fields(field, taken.0.get(&rust_name).map_or("", String::as_str));
                if let Some((other, free)) = taken.take(&rust_name, &key, others) {
                    let entry = format!("[type.{name}.fields.\"{key}\"] name = \"…\"");
                    clash(&other, &key, &rust_name, &free, &entry);
                    field.rust_name = free;
                }
            }
        }
        TypeKind::Choice(branches) => {
            for branch in branches {
                let (key, rust_name) = (overlay_key(branch), branch.rust_name.clone());
                if let Some((other, free)) = taken.take(&rust_name, &key, names::numbered_type(&rust_name)) {
                    let entry = format!("[type.{name}.fields.\"{key}\"] name = \"…\"");
                    clash(&other, &key, &rust_name, &free, &entry);
                    branch.rust_name = free;
                }
            }
        }
        TypeKind::Enumeration(values) => {
            for value in values {
                let (key, rust_name) = (format!("{:?}", value.value), value.rust_name.clone());
                if let Some((other, free)) = taken.take(&rust_name, &key, names::numbered_type(&rust_name)) {
                    let entry = format!("[type.{name}.values] {key} = {{ doc = \"…\", name = \"…\" }}");
                    clash(&other, &key, &rust_name, &free, &entry);
                    value.rust_name = free;
                }
            }
        }
        TypeKind::Substitution(_) => {}
    }
}

/// What a field is called instead: where it stands, if that is not where the other one stands, or else a number.
fn other_fields(field: &Field, other: &str) -> impl Iterator<Item = String> + use<> {
    let plain = field
        .rust_name
        .trim_start_matches("r#")
        .trim_end_matches('_')
        .to_owned();
    let place = match field.place {
        Place::Attribute => "attribute",
        Place::Text => "text",
        Place::List | Place::Wrapped(_) | Place::Choices => "list",
        Place::Element | Place::Choice => "element",
    };
    let says_it = place != "element" || other.starts_with('@') || other.ends_with("()");
    let by_place = says_it.then(|| format!("{plain}_{place}"));
    by_place.into_iter().chain(names::numbered_field(&plain))
}

/// What the overlay calls a field: its name in XML, attributes as `@id`.
pub(crate) fn overlay_key(field: &Field) -> String {
    let name = local_name(&field.name);
    match field.place {
        Place::Attribute => format!("@{name}"),
        _ => name.to_owned(),
    }
}

fn types(model: &mut Model, clashes: &mut Vec<Clash>) {
    let mut taken = Names::default();
    for (name, id) in &model.ids {
        // Their own names are distinct already.
        let _ = taken.take(name, &format!("the identifier of {}", id.subject), std::iter::empty());
    }
    let mut renames = BTreeMap::new();
    for (name, found) in &model.types {
        let rust_name = names::type_name(name);
        let others = std::iter::once(format!("{rust_name}Type")).chain(names::numbered_type(&rust_name));
        // A name that stands on the pages stays with what has it there.
        let others = others.filter(|other| !model.types.contains_key(other));
        if let Some((other, free)) = taken.take(&rust_name, &format!("the type {name}"), others) {
            let page = found.pages.first().map_or("pages", String::as_str);
            let what = format!(
                "the type {name} would be called {rust_name} in Rust, as {other} is: give it another name in the \
                 overlay, [type.{name:?}] name = \"…\""
            );
            clashes.push(Clash {
                error: Error::new(page, what),
                page: page.to_owned(),
                name: name.clone(),
                now: free.clone(),
            });
            renames.insert(name.clone(), free);
        }
    }
    model.rename_types(&renames);
}

fn operations(model: &mut Model, clashes: &mut Vec<Clash>) {
    let mut taken = Names::default();
    for name in model.ids.keys() {
        let _ = taken.take(name, &format!("the identifier {name}"), std::iter::empty());
    }
    for (name, operation) in &mut model.operations {
        let rust_name = operation.rust_name.clone();
        let others = std::iter::once(format!("{rust_name}Operation")).chain(names::numbered_type(&rust_name));
        if let Some((other, free)) = taken.take(&rust_name, &format!("the operation {name}"), others) {
            let what = format!("the operation would be called {rust_name} in Rust, as {other} is");
            clashes.push(Clash {
                error: Error::new(name, what),
                page: "help.atom".to_owned(),
                name: name.clone(),
                now: free.clone(),
            });
            operation.rust_name = free;
        }
    }
}

fn parameters(operation: &mut Operation, clashes: &mut Vec<Clash>) {
    let mut taken = Names::default();
    if operation.paged {
        let _ = taken.take("page", "the part of the list", std::iter::empty());
    }
    if let Some(body) = operation.request.rust_name() {
        let _ = taken.take(&body, "the body", std::iter::empty());
    }
    for parameter in &mut operation.parameters {
        let (from, rust_name) = (parameter.name.clone(), parameter.rust_name.clone());
        let plain = rust_name.trim_start_matches("r#");
        let others = [names::field(&parameter.variable), format!("{plain}_parameter")];
        let others = others.into_iter().chain(names::numbered_field(plain));
        if let Some((other, free)) = taken.take(&rust_name, &from, others) {
            let what = format!(
                "its parameters {other} and {from} would both be called {rust_name} in Rust: give one of them another \
                 name in the overlay, [parameter.\"{from}\"] name = \"…\""
            );
            clashes.push(Clash {
                error: Error::new(&operation.name, what),
                page: "help.atom".to_owned(),
                name: format!("{}?{from}", operation.name),
                now: free.clone(),
            });
            parameter.rust_name = free;
        }
    }
}

/// The methods that set parameters: `event` for `event_id`, where it takes an identifier and nothing else is called so.
fn setters(operation: &mut Operation) {
    let mut taken: BTreeSet<String> = ["new", "default"].map(str::to_owned).into();
    taken.extend(operation.ranges.iter().map(|range| range.name.clone()));
    taken.extend(operation.parameters.iter().map(|parameter| parameter.rust_name.clone()));
    for parameter in &mut operation.parameters {
        let short = short_name(parameter).filter(|name| !taken.contains(name));
        let is_free = !matches!(parameter.rust_name.as_str(), "new" | "default");
        parameter.setter = match short {
            Some(name) => name,
            None if is_free => parameter.rust_name.clone(),
            None => format!("set_{}", parameter.rust_name),
        };
        taken.insert(parameter.setter.clone());
    }
}

fn short_name(parameter: &Parameter) -> Option<String> {
    match (&parameter.value, parameter.name.strip_suffix("_id")) {
        (Value::Id(_), Some(subject)) if parameter.rust_name == names::field(&parameter.name) => {
            Some(names::field(subject))
        }
        _ => None,
    }
}

impl Body {
    /// The name in Rust of the field that holds a request's body, if it has one.
    pub(crate) fn rust_name(&self) -> Option<String> {
        match self {
            Self::Empty => None,
            Self::Bytes(_) => Some("body".to_owned()),
            Self::One { root, .. } => Some(names::field(local_name(root))),
            Self::List { item, .. } => Some(names::field(&names::plural(local_name(item)))),
        }
    }
}
