//! The format of the overlay. Unknown keys are refused.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::{Grade, Lifecycle, PageTypeNames, SessionUse};

/// The whole overlay.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Overlay {
    /// The types, by their name on the pages.
    #[serde(rename = "type")]
    pub types: BTreeMap<String, TypeEntry>,
    /// The parameters, by their name in the query.
    #[serde(rename = "parameter")]
    pub parameters: BTreeMap<String, ParameterEntry>,
    /// The ranges, by the name of the method that sets both ends.
    #[serde(rename = "range")]
    pub ranges: BTreeMap<String, RangeEntry>,
    /// The operations, by their name on the feed.
    #[serde(rename = "operation")]
    pub operations: BTreeMap<String, OperationEntry>,
    /// The pages, by name: `GetEvents response`.
    #[serde(rename = "page")]
    pub pages: BTreeMap<String, PageEntry>,
}

impl Overlay {
    /// Returns the number of entries: types, parameters, ranges, operations, types that are renamed on a page, and pages
    /// whose bodies are bytes.
    pub fn entries(&self) -> usize {
        let on_page = |entry: &PageEntry| entry.types.len() + usize::from(entry.bytes);
        let on_pages: usize = self.pages.values().map(on_page).sum();
        self.types.len() + self.parameters.len() + self.ranges.len() + self.operations.len() + on_pages
    }

    /// Returns the pages whose bodies are bytes.
    pub fn pages_of_bytes(&self) -> impl Iterator<Item = &str> {
        let pages = self.pages.iter().filter(|(_, entry)| entry.bytes);
        pages.map(|(page, _)| page.as_str())
    }

    /// Returns the new names of types on single pages.
    pub fn page_names(&self) -> PageTypeNames {
        let pages = self.pages.iter();
        let renamed = pages.filter(|(_, entry)| !entry.types.is_empty());
        renamed
            .map(|(page, entry)| (page.clone(), entry.types.clone()))
            .collect()
    }
}

/// The entry of a page.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageEntry {
    /// New names for types that differ from those of the same name on other pages.
    #[serde(default)]
    pub types: BTreeMap<String, String>,
    /// Whether the body is bytes, because the page cannot be read.
    #[serde(default)]
    pub bytes: bool,
}

/// The entry of a type.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeEntry {
    /// The documentation.
    pub doc: String,
    /// The evidence for the type.
    pub grade: Grade,
    /// The name in Rust.
    pub name: Option<String>,
    /// The fields, by their name in XML: attributes as `@id`, text as `text()`, a choice as `choice()`.
    #[serde(default)]
    pub fields: BTreeMap<String, FieldEntry>,
    /// The values of an enumeration.
    #[serde(default)]
    pub values: BTreeMap<String, ValueEntry>,
}

/// The entry of an enumeration's value: only documentation, or documentation and a name.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum ValueEntry {
    /// The documentation.
    Doc(String),
    /// The documentation and the name.
    Named {
        /// The documentation.
        doc: String,
        /// The name in Rust.
        name: String,
    },
}

/// The entry of a field.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldEntry {
    /// The documentation.
    pub doc: String,
    /// The evidence for the field.
    pub grade: Grade,
    /// Whether every object has the field, although the page declares it as optional.
    #[serde(default)]
    pub required: bool,
    /// The name in Rust.
    pub name: Option<String>,
    /// Whether the field must not be printed.
    #[serde(default)]
    pub sensitive: bool,
}

/// The entry of a query parameter. It applies to all operations that have the parameter.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterEntry {
    /// The documentation.
    pub doc: String,
    /// The name in Rust.
    pub name: Option<String>,
    /// The identifier that the parameter holds, if it does not follow from the variable.
    pub id: Option<String>,
    /// The type of the parameter.
    #[serde(rename = "type")]
    pub parameter_type: Option<ParameterType>,
}

/// A type that only the overlay can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParameterType {
    /// A date.
    Date,
}

/// The entry of two parameters that are the ends of a range.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RangeEntry {
    /// The parameter that holds the start.
    pub from: String,
    /// The parameter that holds the end.
    pub to: String,
    /// The documentation.
    pub doc: String,
}

/// The entry of an operation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperationEntry {
    /// The documentation.
    pub doc: String,
    /// The client method that starts the operation.
    pub entry: String,
    /// Whether that method is written by hand.
    #[serde(default)]
    pub by_hand: bool,
    /// How the operation uses a session.
    #[serde(default)]
    pub session: SessionUse,
    /// Whether the service still offers the operation.
    pub lifecycle: Lifecycle,
    /// Parameters that must be set.
    #[serde(default)]
    pub require_all: Vec<String>,
    /// Parameters of which at least one must be set.
    #[serde(default)]
    pub require_any: Vec<String>,
    /// Parameters of which at most one may be set.
    #[serde(default)]
    pub at_most_one: Vec<String>,
    /// What the request body must contain: `Ticket/Plan`, `Ticket or Voucher`, `Ticket/Price when Free is false`.
    #[serde(default)]
    pub body_requires: Vec<String>,
}
