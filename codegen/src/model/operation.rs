//! Operations: how they are called, what they take and answer.

use std::collections::BTreeMap;

use super::Value;

/// One operation of the help feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// `GetEvents`
    pub name: String,
    /// The name in Rust.
    pub rust_name: String,
    /// `GET`
    pub method: String,
    /// Below the base address, without a query.
    pub path: String,
    /// Whether it answers with a list, part by part.
    pub paged: bool,
    /// Without those of paging.
    pub parameters: Vec<Parameter>,
    /// Parts of the query that are always the same.
    pub literals: Vec<(String, String)>,
    /// Pairs of parameters that are set together.
    pub ranges: Vec<Range>,
    /// What it takes.
    pub request: Body,
    /// What it answers.
    pub response: Body,
    /// What the overlay says.
    pub notes: OperationNotes,
}

/// What only the overlay knows of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OperationNotes {
    /// Documentation in the project's own words.
    pub doc: String,
    /// The method of the client that begins it.
    pub entry: String,
    /// Whether that method is not rendered, because it is written by hand.
    pub by_hand: bool,
    /// What it has to do with a session.
    pub session: SessionUse,
    /// Whether the service still offers it.
    pub lifecycle: Lifecycle,
    /// Parameters of which at least one must be set.
    pub require_any: Vec<String>,
    /// Parameters of which no two may be set.
    pub at_most_one: Vec<String>,
    /// What must stand in the request body.
    pub body_requires: Vec<BodyRequirement>,
}

/// What must stand in a request body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyRequirement {
    /// The element that it is asked of, by the names from below the root.
    pub of: Vec<String>,
    /// The children or attributes, as `@id`, of which at least one must be there.
    pub any_of: Vec<String>,
    /// The child, and its value, with which it is asked for.
    pub when: Option<(String, String)>,
}

impl BodyRequirement {
    /// The paths that are asked for, one of them: `Ticket/Instance`.
    pub fn paths(&self) -> impl Iterator<Item = String> {
        let path = |name: &String| match self.of.is_empty() {
            true => name.clone(),
            false => format!("{}/{name}", self.of.join("/")),
        };
        self.any_of.iter().map(path)
    }
}

/// What an operation has to do with a session.
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

/// Where a parameter stands in the address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ParameterPlace {
    /// In the query, under its name.
    #[default]
    Query,
    /// As a part of the path.
    Path,
    /// As the rest of the path, slashes included.
    Rest,
}

/// A parameter of the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// `event_id`
    pub name: String,
    /// `eventId`
    pub variable: String,
    /// The name in Rust.
    pub rust_name: String,
    /// The name of the method that sets it.
    pub setter: String,
    /// Where it stands.
    pub place: ParameterPlace,
    /// What it holds.
    pub value: Value,
    /// Whether the operation makes no sense without it.
    pub required: bool,
    /// Documentation.
    pub doc: String,
}

/// Two date parameters that are the ends of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The method that sets both.
    pub name: String,
    /// The parameter that holds the beginning.
    pub from: String,
    /// The parameter that holds the end.
    pub to: String,
    /// Documentation.
    pub doc: String,
}

/// A request or response body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// Bytes of which the pages say no more; the text says why.
    Bytes(String),
    /// One element.
    One {
        /// The element's name.
        root: String,
        /// What it holds.
        value: Value,
    },
    /// A root element that holds nothing but items.
    List {
        /// The root's name.
        root: String,
        /// The items' name.
        item: String,
        /// What each holds.
        value: Value,
    },
}

impl Body {
    /// Gives a type another name.
    pub fn rename_type(&mut self, names: &BTreeMap<String, String>) {
        if let Self::One { value, .. } | Self::List { value, .. } = self {
            value.rename_type(names);
        }
    }

    /// What its element, or each of its items, holds.
    pub fn value_mut(&mut self) -> Option<&mut Value> {
        match self {
            Self::One { value, .. } | Self::List { value, .. } => Some(value),
            Self::Empty | Self::Bytes(_) => None,
        }
    }
}
