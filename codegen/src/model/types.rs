//! Types, and the fields, branches and values that they consist of.

use std::collections::{BTreeMap, BTreeSet};

use super::{Primitive, Value, local_name};

/// A type of the pages that becomes a type in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Type {
    /// The kind of type, with its parts.
    pub kind: TypeKind,
    /// The documentation.
    pub doc: String,
    /// The evidence for the type.
    pub grade: Option<Grade>,
    /// Whether a request contains it, at any depth.
    pub sent: bool,
    /// The pages that declare it.
    pub pages: BTreeSet<String>,
    /// The parts that are skipped when reading, with the reason: `*` is any element, `@*` any attribute.
    pub skipped: BTreeMap<String, String>,
}

impl Type {
    /// Returns whether the same code reads and writes both types. Documentation, facets and grades may differ.
    pub fn agrees_with(&self, other: &Self) -> bool {
        self.kind.agrees_with(&other.kind)
    }

    /// Adds what another page says about the same type.
    pub fn merge(&mut self, other: Self) {
        self.pages.extend(other.pages);
        self.skipped.extend(other.skipped);
        set_if_empty(&mut self.doc, other.doc);
        match (&mut self.kind, other.kind) {
            (
                TypeKind::Struct(fields) | TypeKind::Choice(fields),
                TypeKind::Struct(others) | TypeKind::Choice(others),
            ) => {
                for (field, other) in fields.iter_mut().zip(others) {
                    set_if_empty(&mut field.doc, other.doc);
                    field.origin.merge(other.origin);
                }
            }
            (TypeKind::Enumeration(values), TypeKind::Enumeration(others)) => {
                for (value, other) in values.iter_mut().zip(others) {
                    set_if_empty(&mut value.doc, other.doc);
                }
            }
            _ => {}
        }
    }
}

fn set_if_empty(text: &mut String, other: String) {
    if text.is_empty() {
        *text = other;
    }
}

/// The kinds of types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeKind {
    /// Fields: first attributes, then elements in schema order.
    Struct(Vec<Field>),
    /// The values of an enumeration.
    Enumeration(Vec<EnumValue>),
    /// Elements of which one occurs: `xs:choice`.
    Choice(Vec<Field>),
    /// A base type and the types that extend it. `xsi:type` tells which one an element has.
    Substitution(Vec<Substitute>),
}

/// A type that may occur where its base type is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substitute {
    /// The name in `xsi:type`.
    pub wire_name: String,
    /// The type.
    pub value: Value,
    /// Whether it is the declared type itself, which needs no `xsi:type`.
    pub is_declared: bool,
}

impl TypeKind {
    fn agrees_with(&self, other: &Self) -> bool {
        let all = |fields: &[Field], others: &[Field]| {
            fields.len() == others.len() && fields.iter().zip(others).all(|(field, other)| field.agrees_with(other))
        };
        match (self, other) {
            (Self::Struct(fields), Self::Struct(others)) | (Self::Choice(fields), Self::Choice(others)) => {
                all(fields, others)
            }
            (Self::Enumeration(values), Self::Enumeration(others)) => {
                let names =
                    |values: &[EnumValue]| -> Vec<String> { values.iter().map(|value| value.value.clone()).collect() };
                names(values) == names(others)
            }
            _ => self == other,
        }
    }

    /// Returns the fields of a struct, or the branches of a choice.
    pub fn fields(&self) -> &[Field] {
        match self {
            Self::Struct(fields) | Self::Choice(fields) => fields,
            Self::Enumeration(_) | Self::Substitution(_) => &[],
        }
    }

    /// Returns what the parts of the type hold.
    pub fn values_mut(&mut self) -> Vec<&mut Value> {
        match self {
            Self::Struct(fields) | Self::Choice(fields) => fields.iter_mut().map(|field| &mut field.value).collect(),
            Self::Substitution(types) => types.iter_mut().map(|substitute| &mut substitute.value).collect(),
            Self::Enumeration(_) => Vec::new(),
        }
    }

    /// Returns the types that the parts hold, each with whether it is in a list.
    pub fn contained(&self) -> Vec<(bool, &str)> {
        let fields = self.fields().iter().map(|field| (field.kind.is_list(), &field.value));
        let substitutes = match self {
            Self::Substitution(types) => types.as_slice(),
            _ => &[],
        };
        let substitutes = substitutes.iter().map(|substitute| (false, &substitute.value));
        let values = fields.chain(substitutes);
        values
            .filter_map(|(in_list, value)| Some((in_list, value.type_name()?)))
            .collect()
    }
}

/// A value of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumValue {
    /// The value in XML.
    pub value: String,
    /// The name in Rust.
    pub rust_name: String,
    /// The documentation.
    pub doc: String,
}

/// A field of a struct, or a branch of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "a page declares each of them on its own")]
pub struct Field {
    /// The name in XML, with its namespace if it has one: `{urn:x}Event`.
    pub name: String,
    /// The name in Rust.
    pub rust_name: String,
    /// How the field is written in XML.
    pub kind: FieldKind,
    /// What the field holds. In a list, what each item holds.
    pub value: Value,
    /// Whether every object has the field.
    pub required: bool,
    /// Whether the element may be there without a value (`xsi:nil`).
    pub nillable: bool,
    /// The value that the absence of the field means, if the page declares one.
    pub default: Option<String>,
    /// Whether the value is an identifier that the element may lack: `<Plan/>` counts as absent.
    pub may_lack_id: bool,
    /// Whether the wrapper of a list must be there, even around no items.
    pub wrapper_required: bool,
    /// What was flattened into the field.
    pub origin: Origin,
    /// The documentation.
    pub doc: String,
    /// The evidence for the field.
    pub grade: Option<Grade>,
}

/// What the pages declare about a field that is neither in its type in Rust nor in the code that reads it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The types of the page that were flattened into the value, outermost first: `ArrayOfReference`, `Reference`.
    pub flattened: Vec<String>,
    /// The facets of its simple type, with their values: `maxLength` and `10`. Pages may disagree.
    pub facets: BTreeMap<String, BTreeSet<String>>,
}

impl Origin {
    fn merge(&mut self, other: Self) {
        for (facet, values) in other.facets {
            self.facets.entry(facet).or_default().extend(values);
        }
    }
}

impl Field {
    /// Returns whether the same code reads and writes both fields.
    pub(crate) fn agrees_with(&self, other: &Self) -> bool {
        // Without what differs between pages that mean the same.
        let shape = |field: &Self| Self {
            origin: Origin::default(),
            doc: String::new(),
            grade: None,
            ..field.clone()
        };
        shape(self) == shape(other)
    }

    /// Returns the name that the overlay and paths use: `Name`, `@id` for an attribute.
    pub fn key(&self) -> String {
        let name = local_name(&self.name);
        match self.kind {
            FieldKind::Attribute => format!("@{name}"),
            _ => name.to_owned(),
        }
    }
}

/// Returns the names of fields in the overlay. Of several with one name, the second is `Name[2]`.
pub fn keys(fields: &[Field]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let numbered = fields.iter().map(|field| {
        let key = field.key();
        let count = counts.entry(key.clone()).or_default();
        *count += 1;
        if *count == 1 { key } else { format!("{key}[{count}]") }
    });
    numbered.collect()
}

/// How a field is written in XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// An attribute.
    Attribute,
    /// A child element.
    Element,
    /// Child elements that repeat.
    List,
    /// A child element that contains the items. Holds the name of the items.
    WrappedList(String),
    /// The text of the element itself.
    Text,
    /// One of several child elements.
    Choice,
    /// Any number of several child elements, in any order.
    RepeatedChoice,
}

impl FieldKind {
    /// Returns whether the field holds any number of values.
    pub fn is_list(&self) -> bool {
        matches!(self, Self::List | Self::WrappedList(_) | Self::RepeatedChoice)
    }
}

/// An identifier type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id {
    /// The type that it wraps.
    pub inner: Primitive,
    /// What it identifies, by the name of a type or an element: `Event`.
    pub subject: String,
}

/// The evidence for a part of the contract. The overlay explains the grades.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Grade {
    Recorded,
    Client,
    Documented,
    Inferred,
}
