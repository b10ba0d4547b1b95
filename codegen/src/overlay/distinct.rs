//! Whether everything has a name of its own in Rust; where not, an error that names both, and the entry that helps.

use std::collections::BTreeMap;

use super::apply::overlay_key;
use crate::error::{Error, Result};
use crate::model::{Model, Operation, Type, TypeKind};
use crate::names;

/// Checks types, fields, values and parameters.
pub(super) fn check(model: &Model) -> Result<()> {
    for (name, found) in &model.types {
        parts(name, found)?;
    }
    for operation in model.operations.values() {
        parameters(operation)?;
    }
    types(model)
}

/// Names in Rust, and where each is from.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    /// Adds one, or answers which other one has the name.
    fn add(&mut self, rust_name: &str, from: String) -> std::result::Result<(), String> {
        match self.0.get(rust_name) {
            Some(other) => Err(other.clone()),
            None => {
                self.0.insert(rust_name.to_owned(), from);
                Ok(())
            }
        }
    }
}

fn parts(name: &str, found: &Type) -> Result<()> {
    let page = found.pages.first().map_or("pages", String::as_str);
    let clash = |first: &str, second: &str, rust_name: &str, entry: String| {
        let what = format!(
            "{first} and {second} of `{name}` would both be called {rust_name} in Rust: give one of them another name \
             in the overlay, {entry}"
        );
        Err(Error::new(page, what))
    };
    let mut taken = Names::default();
    for field in found.kind.fields() {
        let key = overlay_key(field);
        if let Err(other) = taken.add(&field.rust_name, key.clone()) {
            let entry = format!("[type.{name}.fields.\"{key}\"] name = \"…\"");
            return clash(&other, &key, &field.rust_name, entry);
        }
    }
    if let TypeKind::Enumeration(values) = &found.kind {
        for value in values {
            if let Err(other) = taken.add(&value.rust_name, format!("{:?}", value.value)) {
                let entry = format!(
                    "[type.{name}.values] {:?} = {{ doc = \"…\", name = \"…\" }}",
                    value.value
                );
                return clash(&other, &format!("{:?}", value.value), &value.rust_name, entry);
            }
        }
    }
    Ok(())
}

fn parameters(operation: &Operation) -> Result<()> {
    let mut taken = Names::default();
    for parameter in &operation.parameters {
        if let Err(other) = taken.add(&parameter.rust_name, parameter.name.clone()) {
            let what = format!(
                "its parameters {other} and {0} would both be called {1} in Rust: give one of them another name in the \
                 overlay, [parameter.\"{0}\"] name = \"…\"",
                parameter.name, parameter.rust_name
            );
            return Err(Error::new(&operation.name, what));
        }
    }
    Ok(())
}

fn types(model: &Model) -> Result<()> {
    let mut taken = Names::default();
    for (name, id) in &model.ids {
        // Their own names are distinct already.
        let _ = taken.add(name, format!("the identifier of {}", id.subject));
    }
    for (name, found) in &model.types {
        let rust_name = names::type_name(name);
        if let Err(other) = taken.add(&rust_name, format!("the type {name}")) {
            let page = found.pages.first().map_or("pages", String::as_str);
            let what = format!(
                "the type {name} would be called {rust_name} in Rust, as {other} is: give it another name in the \
                 overlay, [type.{name:?}] name = \"…\""
            );
            return Err(Error::new(page, what));
        }
    }
    Ok(())
}
