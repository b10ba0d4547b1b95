//! Operations: how they are called, what they send and what they return.

use std::collections::BTreeMap;
use std::fmt;

use super::{Origin, Value, local_name};
use crate::names;

/// An operation of the help feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// The name on the feed: `GetEvents`.
    pub name: String,
    /// The name in Rust.
    pub rust_name: String,
    /// The HTTP method.
    pub method: String,
    /// The path below the base address, without the query.
    pub path: String,
    /// Whether it returns a list in pages.
    pub paged: bool,
    /// The parameters, without those of paging.
    pub parameters: Vec<Parameter>,
    /// Parts of the query that never change.
    pub literals: Vec<(String, String)>,
    /// Pairs of parameters that are set together.
    pub ranges: Vec<Range>,
    /// The request body.
    pub request: Body,
    /// The response body.
    pub response: Body,
    /// What was flattened into the request body.
    pub request_origin: Origin,
    /// What was flattened into the response body.
    pub response_origin: Origin,
    /// The rows of the feed that decide nothing: formats, and rows of an unknown kind. By label.
    pub feed_rows: BTreeMap<String, String>,
    /// What the overlay adds.
    pub notes: OperationNotes,
}

/// What only the overlay knows about an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OperationNotes {
    /// The documentation.
    pub doc: String,
    /// The client method that starts the operation.
    pub entry: String,
    /// Whether that method is written by hand, and so not generated.
    pub by_hand: bool,
    /// How the operation uses a session.
    pub session: SessionUse,
    /// Whether the service still offers the operation.
    pub lifecycle: Lifecycle,
    /// Parameters of which at least one must be set.
    pub require_any: Vec<String>,
    /// Parameters of which at most one may be set.
    pub at_most_one: Vec<String>,
    /// What the request body must contain.
    pub body_requires: Vec<BodyRequirement>,
}

/// A part that a request body must contain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyRequirement {
    /// The path of the elements that must contain it, below the root. Empty for the root itself.
    pub of: Vec<String>,
    /// The children, or attributes as `@id`, of which at least one must be set.
    pub any_of: Vec<String>,
    /// The sibling and its value on which the requirement depends.
    pub when: Option<(String, String)>,
}

impl BodyRequirement {
    /// Returns the paths of the alternatives: `Ticket/Instance`.
    pub fn paths(&self) -> impl Iterator<Item = String> {
        let path = |name: &String| {
            if self.of.is_empty() {
                name.clone()
            } else {
                format!("{}/{name}", self.of.join("/"))
            }
        };
        self.any_of.iter().map(path)
    }
}

/// As the overlay writes it: `Ticket/Price when OverridePrice is true`.
impl fmt::Display for BodyRequirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.paths().collect::<Vec<_>>().join(" or "))?;
        match &self.when {
            Some((name, value)) => write!(f, " when {name} is {value}"),
            None => Ok(()),
        }
    }
}

/// How an operation uses a session.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum SessionUse {
    #[default]
    None,
    Begins,
    MayBegin,
    Needs,
}

/// Whether the service still offers an operation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Lifecycle {
    #[default]
    Maintained,
    Deprecated,
    Retired,
}

/// The part of the address that contains a parameter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ParameterLocation {
    /// The query.
    #[default]
    Query,
    /// A segment of the path.
    Path,
    /// The rest of the path, slashes included.
    PathRest,
}

/// A parameter of the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The name in the query: `event_id`.
    pub name: String,
    /// The variable in the template: `eventId`.
    pub variable: String,
    /// The name in Rust.
    pub rust_name: String,
    /// The name of the method that sets it.
    pub setter: String,
    /// The part of the address that contains it.
    pub location: ParameterLocation,
    /// What it holds.
    pub value: Value,
    /// Whether the operation cannot be called without it.
    pub required: bool,
    /// The documentation.
    pub doc: String,
}

/// Two date parameters that are the ends of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The method that sets both.
    pub name: String,
    /// The parameter that holds the start.
    pub from: String,
    /// The parameter that holds the end.
    pub to: String,
    /// The documentation.
    pub doc: String,
}

/// A request or response body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// No body.
    Empty,
    /// Bytes that the pages do not describe. Holds the reason.
    Bytes(String),
    /// One element.
    One {
        /// The name of the element.
        root: String,
        /// What it holds.
        value: Value,
    },
    /// A root element that contains only items.
    List {
        /// The name of the root.
        root: String,
        /// The name of the items.
        item: String,
        /// What each item holds.
        value: Value,
    },
}

impl Body {
    /// Renames the types that the body refers to.
    pub fn rename_type(&mut self, names: &BTreeMap<String, String>) {
        if let Some(value) = self.value_mut() {
            value.rename_type(names);
        }
    }

    /// Returns what the element, or each item, holds.
    pub fn value(&self) -> Option<&Value> {
        match self {
            Self::One { value, .. } | Self::List { value, .. } => Some(value),
            Self::Empty | Self::Bytes(_) => None,
        }
    }

    /// Returns what the element, or each item, holds.
    pub fn value_mut(&mut self) -> Option<&mut Value> {
        match self {
            Self::One { value, .. } | Self::List { value, .. } => Some(value),
            Self::Empty | Self::Bytes(_) => None,
        }
    }

    /// Returns the name of the Rust field that holds a request body.
    pub fn rust_name(&self) -> Option<String> {
        match self {
            Self::Empty => None,
            Self::Bytes(_) => Some("body".to_owned()),
            Self::One { root, .. } => Some(names::field(local_name(root))),
            Self::List { item, .. } => Some(names::field(&names::plural(local_name(item)))),
        }
    }
}
