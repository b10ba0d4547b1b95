//! Resolves name collisions: everything gets a unique name in Rust.
//!
//! Of two parts with the same name, the later one is renamed. The returned error names the overlay entry that gives it a
//! better name.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Error;
use crate::model::{Field, FieldKind, Model, Operation, Parameter, Type, TypeKind, Value};
use crate::report::Collision;
use crate::{model, names};

/// Makes the names of types, fields, values, operations and parameters unique. Returns what was renamed.
pub(crate) fn resolve(model: &mut Model) -> Vec<Collision> {
    let mut collisions = Vec::new();
    for (name, found) in &mut model.types {
        resolve_parts(name, found, &mut collisions);
    }
    resolve_types(model, &mut collisions);
    resolve_operations(model, &mut collisions);
    for operation in model.operations.values_mut() {
        resolve_parameters(operation, &mut collisions);
        name_setters(operation);
    }
    collisions
}

/// The names that are in use, each with a description of the part that has it.
#[derive(Default)]
struct UsedNames(BTreeMap<String, String>);

/// The outcome of a collision.
struct Taken {
    /// The part that has the name.
    holder: String,
    /// The name to use instead.
    alternative: String,
}

impl UsedNames {
    /// Marks a name as used.
    fn reserve(&mut self, name: &str, holder: &str) {
        self.0.entry(name.to_owned()).or_insert_with(|| holder.to_owned());
    }

    /// Uses the name for a part. If it is taken, uses the first free alternative instead, and returns both.
    fn claim(&mut self, name: &str, part: &str, mut alternatives: impl Iterator<Item = String>) -> Option<Taken> {
        let Some(holder) = self.0.get(name).cloned() else {
            self.0.insert(name.to_owned(), part.to_owned());
            return None;
        };
        let free = alternatives.find(|alternative| !self.0.contains_key(alternative));
        let alternative = free.unwrap_or_else(|| format!("{name}_"));
        self.0.insert(alternative.clone(), part.to_owned());
        Some(Taken { holder, alternative })
    }
}

/// Resolves collisions between the fields of a struct, the branches of a choice or the values of an enumeration.
fn resolve_parts(name: &str, found: &mut Type, collisions: &mut Vec<Collision>) {
    let page = found.pages.first().map_or("pages", String::as_str).to_owned();
    let mut used = UsedNames::default();
    let mut record = |taken: Taken, part: &str, rust_name: &mut String, entry: &str| {
        let description = format!(
            "{} and {part} of `{name}` would both be called {rust_name} in Rust. Rename one of them in the overlay: \
             {entry}",
            taken.holder
        );
        collisions.push(Collision {
            error: Error::new(&page, description),
            page: page.clone(),
            name: format!("{name}.{part}"),
            renamed_to: taken.alternative.clone(),
        });
        *rust_name = taken.alternative;
    };
    let field_entry = |key: &str| format!("[type.{name}.fields.\"{key}\"] name = \"…\"");
    match &mut found.kind {
        TypeKind::Struct(fields) => {
            let keys = model::keys(fields);
            for (field, key) in fields.iter_mut().zip(keys) {
                let holder = used.0.get(&field.rust_name).map_or("", String::as_str);
                let alternatives = alternative_field_names(field, holder);
                if let Some(taken) = used.claim(&field.rust_name, &key, alternatives) {
                    record(taken, &key, &mut field.rust_name, &field_entry(&key));
                }
            }
        }
        TypeKind::Choice(branches) => {
            let keys = model::keys(branches);
            for (branch, key) in branches.iter_mut().zip(keys) {
                let alternatives = names::numbered_type(&branch.rust_name);
                if let Some(taken) = used.claim(&branch.rust_name, &key, alternatives) {
                    record(taken, &key, &mut branch.rust_name, &field_entry(&key));
                }
            }
        }
        TypeKind::Enumeration(values) => {
            for value in values {
                let key = format!("{:?}", value.value);
                let alternatives = names::numbered_type(&value.rust_name);
                if let Some(taken) = used.claim(&value.rust_name, &key, alternatives) {
                    let entry = format!("[type.{name}.values] {key} = {{ doc = \"…\", name = \"…\" }}");
                    record(taken, &key, &mut value.rust_name, &entry);
                }
            }
        }
        TypeKind::Substitution(_) => {}
    }
}

/// Returns alternatives for the name of a field: with the kind of the field, if it differs from the kind of the other
/// field, then with a number.
fn alternative_field_names(field: &Field, other: &str) -> impl Iterator<Item = String> + use<> {
    let plain = field
        .rust_name
        .trim_start_matches("r#")
        .trim_end_matches('_')
        .to_owned();
    let kind = match field.kind {
        FieldKind::Attribute => "attribute",
        FieldKind::Text => "text",
        FieldKind::List | FieldKind::WrappedList(_) | FieldKind::RepeatedChoice => "list",
        FieldKind::Element | FieldKind::Choice => "element",
    };
    let other_is_element = !(other.starts_with('@') || other.ends_with("()"));
    let is_distinctive = kind != "element" || !other_is_element;
    let with_kind = is_distinctive.then(|| format!("{plain}_{kind}"));
    with_kind.into_iter().chain(names::numbered_field(&plain))
}

fn resolve_types(model: &mut Model, collisions: &mut Vec<Collision>) {
    let mut used = UsedNames::default();
    for (name, id) in &model.ids {
        used.reserve(name, &format!("the identifier of {}", id.subject));
    }
    let mut renames = BTreeMap::new();
    for (name, found) in &model.types {
        let rust_name = names::type_name(name);
        let alternatives = std::iter::once(format!("{rust_name}Type")).chain(names::numbered_type(&rust_name));
        // If a name is on the pages, the type that has it there keeps it.
        let alternatives = alternatives.filter(|alternative| !model.types.contains_key(alternative));
        if let Some(taken) = used.claim(&rust_name, &format!("the type {name}"), alternatives) {
            let page = found.pages.first().map_or("pages", String::as_str);
            let description = format!(
                "the type {name} would be called {rust_name} in Rust, like {}. Rename it in the overlay: \
                 [type.{name:?}] name = \"…\"",
                taken.holder
            );
            collisions.push(Collision {
                error: Error::new(page, description),
                page: page.to_owned(),
                name: name.clone(),
                renamed_to: taken.alternative.clone(),
            });
            renames.insert(name.clone(), taken.alternative);
        }
    }
    model.rename_types(&renames);
}

fn resolve_operations(model: &mut Model, collisions: &mut Vec<Collision>) {
    let mut used = UsedNames::default();
    for name in model.ids.keys() {
        used.reserve(name, &format!("the identifier {name}"));
    }
    for (name, operation) in &mut model.operations {
        let rust_name = operation.rust_name.clone();
        let alternatives = std::iter::once(format!("{rust_name}Operation")).chain(names::numbered_type(&rust_name));
        if let Some(taken) = used.claim(&rust_name, &format!("the operation {name}"), alternatives) {
            let description = format!(
                "the operation would be called {rust_name} in Rust, like {}",
                taken.holder
            );
            collisions.push(Collision {
                error: Error::new(name, description),
                page: "help.atom".to_owned(),
                name: name.clone(),
                renamed_to: taken.alternative.clone(),
            });
            operation.rust_name = taken.alternative;
        }
    }
}

fn resolve_parameters(operation: &mut Operation, collisions: &mut Vec<Collision>) {
    let mut used = UsedNames::default();
    if operation.paged {
        used.reserve("page", "the page of the list");
    }
    if let Some(body) = operation.request.rust_name() {
        used.reserve(&body, "the body");
    }
    for parameter in &mut operation.parameters {
        let (name, rust_name) = (parameter.name.clone(), parameter.rust_name.clone());
        let plain = rust_name.trim_start_matches("r#");
        let alternatives = [names::field(&parameter.variable), format!("{plain}_parameter")];
        let alternatives = alternatives.into_iter().chain(names::numbered_field(plain));
        if let Some(taken) = used.claim(&rust_name, &name, alternatives) {
            let description = format!(
                "the parameters {} and {name} would both be called {rust_name} in Rust. Rename one of them in the \
                 overlay: [parameter.\"{name}\"] name = \"…\"",
                taken.holder
            );
            collisions.push(Collision {
                error: Error::new(&operation.name, description),
                page: "help.atom".to_owned(),
                name: format!("{}?{name}", operation.name),
                renamed_to: taken.alternative.clone(),
            });
            parameter.rust_name = taken.alternative;
        }
    }
}

/// Names the methods that set parameters. The setter of an identifier `event_id` is `event`, if that name is free.
fn name_setters(operation: &mut Operation) {
    let mut taken: BTreeSet<String> = ["new", "default"].map(str::to_owned).into();
    taken.extend(operation.ranges.iter().map(|range| range.name.clone()));
    taken.extend(operation.parameters.iter().map(|parameter| parameter.rust_name.clone()));
    for parameter in &mut operation.parameters {
        let short = short_setter_name(parameter).filter(|name| !taken.contains(name));
        let is_reserved = matches!(parameter.rust_name.as_str(), "new" | "default");
        parameter.setter = match short {
            Some(name) => name,
            None if is_reserved => format!("set_{}", parameter.rust_name),
            None => parameter.rust_name.clone(),
        };
        taken.insert(parameter.setter.clone());
    }
}

fn short_setter_name(parameter: &Parameter) -> Option<String> {
    match (&parameter.value, parameter.name.strip_suffix("_id")) {
        // The overlay may have given the parameter another name.
        (Value::Id(_), Some(subject)) if parameter.rust_name == names::field(&parameter.name) => {
            Some(names::field(subject))
        }
        _ => None,
    }
}
