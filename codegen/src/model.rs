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
    /// Elements of which one stands.
    Choice(Vec<Field>),
    /// A type, or one of those that extend it: which, `xsi:type` tells.
    Substitution(Vec<Substitute>),
}

/// A type that may stand where its base is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substitute {
    /// What `xsi:type` calls it.
    pub wire_name: String,
    /// The type.
    pub value: Value,
    /// Whether it is the declared type itself, which needs no `xsi:type`.
    pub is_declared: bool,
}

impl TypeKind {
    /// Its fields, or the branches of a choice.
    pub fn fields(&self) -> &[Field] {
        match self {
            Self::Struct(fields) | Self::Choice(fields) => fields,
            Self::Enumeration(_) | Self::Substitution(_) => &[],
        }
    }

    /// What its parts hold.
    pub fn values_mut(&mut self) -> Vec<&mut Value> {
        match self {
            Self::Struct(fields) | Self::Choice(fields) => fields.iter_mut().map(|field| &mut field.value).collect(),
            Self::Substitution(types) => types.iter_mut().map(|substitute| &mut substitute.value).collect(),
            Self::Enumeration(_) => Vec::new(),
        }
    }

    /// The types that its parts hold, and whether they hold them in a list.
    pub fn held(&self) -> Vec<(bool, &str)> {
        let fields = self.fields().iter().map(|field| (field.place.is_list(), &field.value));
        let substitutes = match self {
            Self::Substitution(types) => types.as_slice(),
            _ => &[],
        };
        let substitutes = substitutes.iter().map(|substitute| (false, &substitute.value));
        let held = fields.chain(substitutes);
        held.filter_map(|(in_list, value)| Some((in_list, value.type_name()?)))
            .collect()
    }
}

/// A name without its namespace: `{urn:x}Event` → `Event`.
pub fn local_name(name: &str) -> &str {
    match name.starts_with('{') {
        true => name.rsplit('}').next().unwrap_or(name),
        false => name,
    }
}

/// One value of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumValue {
    /// As it stands in XML.
    pub value: String,
    /// The name in Rust.
    pub rust_name: String,
    /// Documentation.
    pub doc: String,
}

/// A field of a struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name in XML, with its namespace if it has one: `{urn:x}Event`.
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
    /// What its absence stands for, if the page says so.
    pub default: Option<String>,
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
    /// As the text of the element itself.
    Text,
    /// As one of several children.
    Choice,
    /// As any number of several children, in any order.
    Choices,
}

impl Place {
    /// Whether the field holds any number of values.
    pub fn is_list(&self) -> bool {
        matches!(self, Self::List | Self::Wrapped(_) | Self::Choices)
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
    /// Values with blanks between them, in one text.
    Tokens(Box<Value>),
}

impl Body {
    /// Gives a type another name.
    pub fn rename_type(&mut self, names: &BTreeMap<String, String>) {
        if let Self::One { value, .. } | Self::List { value, .. } = self {
            value.rename_type(names);
        }
    }
}

impl Value {
    fn rename_type(&mut self, names: &BTreeMap<String, String>) {
        match self {
            Self::Named(name) | Self::Boxed(name) => {
                if let Some(new) = names.get(name) {
                    name.clone_from(new);
                }
            }
            Self::Tokens(item) => item.rename_type(names),
            _ => {}
        }
    }

    /// The type of the pages that it is.
    pub fn type_name(&self) -> Option<&str> {
        match self {
            Self::Named(name) | Self::Boxed(name) => Some(name),
            Self::Tokens(item) => item.type_name(),
            _ => None,
        }
    }
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
    Byte,
    UnsignedByte,
    Short,
    UnsignedShort,
    UnsignedInt,
    UnsignedLong,
    Float,
    Double,
    Date,
    Time,
    Guid,
    Base64,
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
            Self::Byte => "xs:byte",
            Self::UnsignedByte => "xs:unsignedByte",
            Self::Short => "xs:short",
            Self::UnsignedShort => "xs:unsignedShort",
            Self::UnsignedInt => "xs:unsignedInt",
            Self::UnsignedLong => "xs:unsignedLong",
            Self::Float => "xs:float",
            Self::Double => "xs:double",
            Self::Date => "xs:date",
            Self::Time => "xs:time",
            Self::Guid => "guid",
            Self::Base64 => "xs:base64Binary",
        }
    }

    /// Whether objects can be told apart by it.
    pub fn identifies(self) -> bool {
        matches!(
            self,
            Self::Int | Self::Long | Self::String | Self::Guid | Self::UnsignedInt | Self::UnsignedLong
        )
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
