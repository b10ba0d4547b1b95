//! Types, and the fields, branches and values that they are made of.

use std::collections::BTreeSet;

use super::{Primitive, Value};

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
