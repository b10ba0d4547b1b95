//! The model: everything that is rendered, as plain ordered data.
//!
//! Types carry the names they have in Rust; wire names stand beside them where they differ in form.

use std::collections::{BTreeMap, BTreeSet};

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

/// One operation of the help feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// `GetEvents`
    pub name: String,
    /// `GET`
    pub method: String,
    /// Below the base address, without a query.
    pub path: String,
    /// Whether it answers with a list, part by part.
    pub paged: bool,
    /// Without those of paging.
    pub parameters: Vec<Parameter>,
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
    /// What it has to do with a session.
    pub session: SessionUse,
    /// Whether the service still offers it.
    pub lifecycle: Lifecycle,
    /// Parameters of which at least one must be set.
    pub require_any: Vec<String>,
    /// Parameters of which no two may be set.
    pub at_most_one: Vec<String>,
}

/// What an operation has to do with a session.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum SessionUse {
    #[default]
    None,
    Begins,
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

/// A query parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// `event_id`
    pub name: String,
    /// `eventId`
    pub variable: String,
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

/// A type of the pages that becomes one in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Type {
    /// What it is made of.
    pub kind: TypeKind,
    /// Documentation.
    pub doc: String,
    /// How sure we are of it.
    pub grade: Option<Grade>,
    /// Whether it stands in a request.
    pub sent: bool,
    /// The pages that hold it.
    pub pages: BTreeSet<String>,
}

/// What a type is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeKind {
    /// Fields, attributes first, then elements in schema order.
    Struct(Vec<Field>),
    /// Values.
    Enumeration(Vec<EnumValue>),
}

impl TypeKind {
    /// What its parts hold.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        let fields = match self {
            Self::Struct(fields) => fields.as_mut_slice(),
            Self::Enumeration(_) => &mut [],
        };
        fields.iter_mut().map(|field| &mut field.value)
    }
}

/// One value of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumValue {
    /// As it stands in XML.
    pub value: String,
    /// Documentation.
    pub doc: String,
}

/// A field of a struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name in XML.
    pub name: String,
    /// The name in Rust.
    pub rust_name: String,
    /// Where it stands.
    pub place: Place,
    /// What it holds; for lists, what each item holds.
    pub value: Value,
    /// Whether the object cannot be without it.
    pub required: bool,
    /// Whether it may stand there and say that it has no value.
    pub nillable: bool,
    /// Documentation.
    pub doc: String,
    /// How sure we are of it.
    pub grade: Option<Grade>,
}

/// Where a field stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// As an attribute.
    Attribute,
    /// As a child.
    Element,
    /// As children that repeat in place.
    List,
    /// As children of a wrapper element, under this name.
    Wrapped(String),
}

impl Place {
    /// Whether the field holds any number of values.
    pub fn is_list(&self) -> bool {
        matches!(self, Self::List | Self::Wrapped(_))
    }
}

/// What a field, a parameter or a body holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// A simple type.
    Text(Primitive),
    /// An identifier, by its name in Rust.
    Id(String),
    /// Another type of the pages.
    Named(String),
    /// The same, where only a box makes its size finite.
    Boxed(String),
    /// A user-defined attribute.
    Attribute,
    /// A text that must not be printed.
    Secret,
    /// A date of a query.
    QueryDate,
}

/// The simple types that have a counterpart in Rust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Primitive {
    String,
    Int,
    Long,
    Decimal,
    Boolean,
    LocalTime,
    UtcTime,
}

impl Primitive {
    /// What XML Schema calls it.
    pub fn xsd_name(self) -> &'static str {
        match self {
            Self::String => "xs:string",
            Self::Int => "xs:int",
            Self::Long => "xs:long",
            Self::Decimal => "xs:decimal",
            Self::Boolean => "xs:boolean",
            Self::LocalTime | Self::UtcTime => "xs:dateTime",
        }
    }
}

/// An identifier type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id {
    /// What it is made of.
    pub inner: Primitive,
    /// What it identifies, as a type of the pages or the name of a role: `Event`.
    pub subject: String,
}

/// How sure we are of a part of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Grade {
    Recorded,
    Client,
    Documented,
    Inferred,
}
