//! The model: everything that is rendered, as plain ordered data.
//!
//! Types are keyed by their names on the pages. Fields, values and parameters carry both names: the one in XML and the
//! one in Rust.

mod element_content;
mod operation;
mod types;
mod value;

use std::collections::BTreeMap;

pub use element_content::ElementContent;
pub use operation::{
    Body, BodyRequirement, Lifecycle, Operation, OperationNotes, Parameter, ParameterLocation, Range, SessionUse,
};
pub use types::{EnumValue, Field, FieldKind, Grade, Id, Origin, Substitute, Type, TypeKind, keys};
pub use value::{Primitive, Value};

/// All operations, and the types of their bodies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Model {
    /// The operations, by name.
    pub operations: BTreeMap<String, Operation>,
    /// The types, by their name on the pages.
    pub types: BTreeMap<String, Type>,
    /// The identifiers, by their name in Rust: `EventId`.
    pub ids: BTreeMap<String, Id>,
}

impl Model {
    /// Renames types, and everything that refers to them.
    pub fn rename_types(&mut self, names: &BTreeMap<String, String>) {
        for operation in self.operations.values_mut() {
            operation.request.rename_type(names);
            operation.response.rename_type(names);
        }
        rename_types(&mut self.types, names);
    }
}

/// The names that the overlay gives to types of single pages: by page, then by the name on the page.
pub type PageTypeNames = BTreeMap<String, BTreeMap<String, String>>;

/// Renames types, and the fields that refer to them.
pub fn rename_types(types: &mut BTreeMap<String, Type>, names: &BTreeMap<String, String>) {
    for value in types.values_mut().flat_map(|found| found.kind.values_mut()) {
        value.rename_type(names);
    }
    *types = std::mem::take(types)
        .into_iter()
        .map(|(name, found)| (names.get(&name).cloned().unwrap_or(name), found))
        .collect();
}

/// Returns a name without its namespace: `{urn:x}Event` → `Event`.
pub fn local_name(name: &str) -> &str {
    split_namespace(name).1
}

/// Splits a name into its namespace, if it has one, and its local name: `{urn:x}Event` → `urn:x` and `Event`.
pub fn split_namespace(name: &str) -> (Option<&str>, &str) {
    let parts = name.strip_prefix('{').and_then(|name| name.rsplit_once('}'));
    parts.map_or((None, name), |(namespace, local)| (Some(namespace), local))
}
