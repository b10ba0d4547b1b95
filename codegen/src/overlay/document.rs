//! The form of the overlay. A key that is not listed here is refused.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::{Grade, Lifecycle, SessionUse};
use crate::unify::PageNames;

/// The whole overlay.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Overlay {
    /// By the type's name on the pages.
    #[serde(rename = "type")]
    pub types: BTreeMap<String, TypeEntry>,
    /// By the parameter's name in the query.
    #[serde(rename = "parameter")]
    pub parameters: BTreeMap<String, ParameterEntry>,
    /// By the name of the method that sets both ends.
    #[serde(rename = "range")]
    pub ranges: BTreeMap<String, RangeEntry>,
    /// By the operation's name on the feed.
    #[serde(rename = "operation")]
    pub operations: BTreeMap<String, OperationEntry>,
    /// By the page: `GetEvents response`.
    #[serde(rename = "page")]
    pub pages: BTreeMap<String, PageEntry>,
}

impl Overlay {
    /// How many entries there are: types, parameters, ranges, operations, and types renamed on a page.
    pub fn entries(&self) -> usize {
        let on_pages: usize = self.pages.values().map(|entry| entry.types.len()).sum();
        self.types.len() + self.parameters.len() + self.ranges.len() + self.operations.len() + on_pages
    }

    /// The names that types get on their own page, before pages have to agree.
    pub fn page_names(&self) -> PageNames {
        let pages = self.pages.iter();
        pages.map(|(page, entry)| (page.clone(), entry.types.clone())).collect()
    }
}

/// What is said of one page.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageEntry {
    /// Types that other pages have under the same name with another content: what they are called instead.
    pub types: BTreeMap<String, String>,
}

/// What is said of a type.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeEntry {
    /// Documentation.
    pub doc: String,
    /// How sure we are of it.
    pub grade: Grade,
    /// The name in Rust.
    pub name: Option<String>,
    /// By the name in XML; attributes as `@id`, the text as `text()`, a choice as `choice()`.
    #[serde(default)]
    pub fields: BTreeMap<String, FieldEntry>,
    /// What is said of an enumeration's values.
    #[serde(default)]
    pub values: BTreeMap<String, ValueEntry>,
}

/// What is said of a value of an enumeration: documentation alone, or with a name.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum ValueEntry {
    /// Documentation.
    Doc(String),
    /// More than that.
    More {
        /// Documentation.
        doc: String,
        /// The name in Rust.
        name: String,
    },
}

/// What is said of a field.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldEntry {
    /// Documentation.
    pub doc: String,
    /// How sure we are of it.
    pub grade: Grade,
    /// The object cannot be without it, although the page allows that.
    #[serde(default)]
    pub required: bool,
    /// The name in Rust.
    pub name: Option<String>,
    /// It must not be printed.
    #[serde(default)]
    pub sensitive: bool,
}

/// What is said of a query parameter, wherever it stands.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterEntry {
    /// Documentation.
    pub doc: String,
    /// The name in Rust.
    pub name: Option<String>,
    /// The identifier it holds, where its variable does not say so.
    pub id: Option<String>,
    /// The type it holds.
    #[serde(rename = "type")]
    pub parameter_type: Option<ParameterType>,
}

/// A type that only the overlay knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParameterType {
    /// A date.
    Date,
}

/// Two parameters that are the ends of a range.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RangeEntry {
    /// The parameter that holds the beginning.
    pub from: String,
    /// The parameter that holds the end.
    pub to: String,
    /// Documentation.
    pub doc: String,
}

/// What is said of an operation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperationEntry {
    /// Documentation.
    pub doc: String,
    /// The method of the client that begins it.
    pub entry: String,
    /// That method is written by hand.
    #[serde(default)]
    pub by_hand: bool,
    /// What it has to do with a session.
    #[serde(default)]
    pub session: SessionUse,
    /// Whether the service still offers it.
    pub lifecycle: Lifecycle,
    /// Parameters without which it makes no sense.
    #[serde(default)]
    pub require_all: Vec<String>,
    /// Parameters of which at least one must be set.
    #[serde(default)]
    pub require_any: Vec<String>,
    /// Parameters of which no two may be set.
    #[serde(default)]
    pub at_most_one: Vec<String>,
    /// What must stand in the request body: `Ticket/Plan`, `Ticket or Voucher`, `Ticket/Price when Free is false`.
    #[serde(default)]
    pub body_requires: Vec<String>,
}
