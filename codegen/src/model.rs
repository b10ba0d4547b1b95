//! The model: everything that is rendered, as plain ordered data.
//!
//! Types carry the names they have in Rust; wire names stand beside them where they differ in form.

mod operation;
mod types;
mod value;

use std::collections::BTreeMap;

pub use operation::{
    Body, BodyRequirement, Lifecycle, Operation, OperationNotes, Parameter, ParameterPlace, Range, SessionUse,
};
pub use types::{EnumValue, Field, Grade, Id, Place, Substitute, Type, TypeKind};
pub use value::{Primitive, Value};

/// All operations, and the types that their bodies are made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Model {
    /// By name.
    pub operations: BTreeMap<String, Operation>,
    /// By their name on the pages.
    pub types: BTreeMap<String, Type>,
    /// By their name in Rust: `EventId`.
    pub ids: BTreeMap<String, Id>,
}

impl Model {
    /// Gives types other names, wherever they are named.
    pub fn rename_types(&mut self, names: &BTreeMap<String, String>) {
        for operation in self.operations.values_mut() {
            for body in [&mut operation.request, &mut operation.response] {
                body.rename_type(names);
            }
        }
        rename_types(&mut self.types, names);
    }
}

/// Gives types other names, wherever they are named.
pub fn rename_types(types: &mut BTreeMap<String, Type>, names: &BTreeMap<String, String>) {
    for found in types.values_mut() {
        found
            .kind
            .values_mut()
            .into_iter()
            .for_each(|value| value.rename_type(names));
    }
    *types = std::mem::take(types)
        .into_iter()
        .map(|(name, found)| (names.get(&name).cloned().unwrap_or(name), found))
        .collect();
}

/// A name without its namespace: `{urn:x}Event` → `Event`.
pub fn local_name(name: &str) -> &str {
    match name.starts_with('{') {
        true => name.rsplit('}').next().unwrap_or(name),
        false => name,
    }
}
