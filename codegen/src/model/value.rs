//! What a field, a parameter or a body holds.

use std::collections::BTreeMap;

/// What a field, a parameter or a body holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// A simple type.
    Primitive(Primitive),
    /// An identifier, by its name in Rust: `EventId`.
    Id(String),
    /// A type of the pages, by its name there.
    Named(String),
    /// A type of the pages that needs a `Box`, because it contains itself.
    Boxed(String),
    /// An attribute that the venue defines: a name and a value.
    UserAttribute,
    /// A string that must not be printed.
    Secret,
    /// A date in a query.
    QueryDate,
    /// An element of which the page declares nothing: `xs:anyType`. It is kept as XML.
    AnyXml,
    /// Whitespace-separated values in one string.
    Tokens(Box<Value>),
}

impl Value {
    pub(super) fn rename_type(&mut self, names: &BTreeMap<String, String>) {
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

    /// Returns the name of the page type that this refers to, if it refers to one.
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
#[allow(missing_docs, reason = "the names are those of XML Schema")]
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
    /// Returns the name of the type in XML Schema.
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

    /// Returns whether an attribute `id` of this type is an identifier.
    pub fn can_be_id(self) -> bool {
        matches!(
            self,
            Self::Int | Self::Long | Self::String | Self::Guid | Self::UnsignedInt | Self::UnsignedLong
        )
    }
}
