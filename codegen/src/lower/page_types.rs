//! The types of one page, as plain data: XML Schema is left behind, .NET's habits are not yet.

use std::collections::BTreeMap;

use crate::model::Primitive;

/// The types of one page, under the names they have there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageTypes {
    /// The name of the root element, with its namespace if it has one: `{urn:x}Events`.
    pub root: String,
    /// What the root element holds.
    pub root_type: TypeRef,
    /// The named types, and those that are declared in place, named after where they stand.
    pub types: BTreeMap<String, PageType>,
    /// Simple types that are another one under a name of their own.
    pub aliases: Vec<String>,
    /// What is passed over when reading, and why.
    pub opaque: Vec<Opaque>,
}

/// A part of a page that becomes nothing in Rust.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Opaque {
    /// Where it stands: `GetThing response: Thing/*`.
    pub place: String,
    /// Why it is passed over.
    pub why: String,
}

/// A named type of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageType {
    /// Attributes and content.
    Complex(Complex),
    /// The values of an enumeration, in order.
    Enumeration(Vec<String>),
    /// An enumeration of which any number may be set, one behind the other.
    Flags(Vec<String>),
}

/// A complex type. The parts of its base come first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Complex {
    /// The name of the type that it extends.
    pub base: Option<String>,
    /// Whether only types derived from it may stand on the wire.
    pub is_abstract: bool,
    /// What `xsi:type` calls it.
    pub wire_name: String,
    /// What its text holds, if it holds text and no elements.
    pub text: Option<TypeRef>,
    /// In order.
    pub attributes: Vec<PageAttribute>,
    /// In order.
    pub content: Vec<Particle>,
}

/// A part of a complex type's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Particle {
    /// One element.
    Element(PageElement),
    /// One of several.
    Choice(PageChoice),
}

/// Elements of which one stands, or any number in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct PageChoice {
    pub branches: Vec<PageElement>,
    pub required: bool,
    pub repeated: bool,
}

/// An attribute of a complex type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct PageAttribute {
    pub name: String,
    pub type_ref: TypeRef,
    pub required: bool,
    pub default: Option<String>,
}

/// An element of a complex type. Its name has the namespace, if there is one, before it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct PageElement {
    pub name: String,
    pub type_ref: TypeRef,
    pub required: bool,
    pub nillable: bool,
    pub repeated: bool,
    pub default: Option<String>,
}

/// What an element or an attribute holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeRef {
    /// A simple type of XML Schema.
    Primitive(Primitive),
    /// A named type of the page.
    Named(String),
    /// Values with blanks between them.
    Tokens(Box<TypeRef>),
    /// Anything at all.
    Anything,
}
