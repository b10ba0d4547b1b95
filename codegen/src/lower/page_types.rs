//! The types of one page as plain data: without XML Schema, but still with the conventions of .NET's exporters.

use std::collections::BTreeMap;

use crate::model::{Origin, Primitive};
use crate::report::Skipped;

/// The types of one page, by their names on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageTypes {
    /// The name of the root element, with its namespace if it has one: `{urn:x}Events`.
    pub(super) root: String,
    /// The type of the root element.
    pub(super) root_type: TypeRef,
    /// The named types, and the anonymous types, which are named after their location.
    pub(super) types: BTreeMap<String, PageType>,
    /// The simple types that are only another name for a simple type.
    pub(super) aliases: Vec<String>,
    /// The documentation of simple types.
    pub(super) docs: BTreeMap<String, String>,
    /// The parts that are skipped when reading.
    pub(super) skipped: Vec<Skipped>,
}

/// A type of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PageType {
    /// Attributes and content.
    Complex(Complex),
    /// The values of an enumeration, in order.
    Enumeration(Vec<PageValue>),
    /// The values of an enumeration of which any number may be set, separated by whitespace.
    Flags(Vec<PageValue>),
}

/// A value of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageValue {
    pub(super) value: String,
    pub(super) doc: String,
}

/// A complex type. The parts of its base type come first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Complex {
    /// The name of the type that it extends.
    pub(super) base: Option<String>,
    /// Whether only derived types may occur in a body.
    pub(super) is_abstract: bool,
    /// The name in `xsi:type`.
    pub(super) wire_name: String,
    /// The type of its text, if it has text and no elements.
    pub(super) text: Option<TypeRef>,
    /// The attributes, in order.
    pub(super) attributes: Vec<PageAttribute>,
    /// The elements and choices, in order.
    pub(super) content: Vec<Particle>,
    /// Whether any other element may occur as well.
    pub(super) has_any: bool,
    /// The documentation.
    pub(super) doc: String,
}

/// A part of the content of a complex type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Particle {
    /// One element.
    Element(PageElement),
    /// One of several elements.
    Choice(PageChoice),
}

/// Elements of which one occurs, or any number in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageChoice {
    pub(super) branches: Vec<PageElement>,
    pub(super) required: bool,
    pub(super) repeated: bool,
}

/// An attribute of a complex type. The name includes the namespace, if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageAttribute {
    pub(super) name: String,
    pub(super) type_ref: TypeRef,
    pub(super) required: bool,
    pub(super) default: Option<String>,
    pub(super) origin: Origin,
    pub(super) doc: String,
}

/// An element of a complex type. The name includes the namespace, if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageElement {
    pub(super) name: String,
    pub(super) type_ref: TypeRef,
    pub(super) required: bool,
    pub(super) nillable: bool,
    pub(super) repeated: bool,
    pub(super) default: Option<String>,
    pub(super) origin: Origin,
    pub(super) doc: String,
}

/// The type of an element or an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TypeRef {
    /// A simple type of XML Schema.
    Primitive(Primitive),
    /// A type of the page.
    Named(String),
    /// Whitespace-separated values.
    Tokens(Box<TypeRef>),
    /// Any content: `xs:anyType`.
    Anything,
}
