//! What a field, a parameter or a body holds.

use std::collections::BTreeMap;

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
