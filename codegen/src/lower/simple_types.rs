//! Maps the simple types of XML Schema and of .NET to primitive types.

use std::collections::BTreeSet;

use xsd_parser::models::schema::xs::{
    Facet, RestrictionContent, RestrictionType, RestrictionTypeContent, SimpleBaseType, SimpleBaseTypeContent,
};

use super::annotations;
use super::page_types::{PageValue, TypeRef};
use super::schema::{Name, SERIALIZATION, WSDL_TYPES, XML_SCHEMA, name_of};
use crate::model::Primitive;

/// Returns the type for a name that no page declares, if it is built in.
pub(super) fn built_in((namespace, name): &Name) -> Option<TypeRef> {
    match (namespace.as_str(), name.as_str()) {
        (XML_SCHEMA, "anyType") => Some(TypeRef::Anything),
        // These three are lists by definition.
        (XML_SCHEMA, "NMTOKENS" | "IDREFS" | "ENTITIES") => {
            Some(TypeRef::Tokens(Box::new(TypeRef::Primitive(Primitive::String))))
        }
        (XML_SCHEMA, name) => xml_schema_type(name).map(TypeRef::Primitive),
        (WSDL_TYPES | SERIALIZATION, "guid") => Some(TypeRef::Primitive(Primitive::Guid)),
        // .NET writes a character as its number.
        (WSDL_TYPES, "char") => Some(TypeRef::Primitive(Primitive::UnsignedShort)),
        (SERIALIZATION, "char") => Some(TypeRef::Primitive(Primitive::Int)),
        (SERIALIZATION, "duration") => Some(TypeRef::Primitive(Primitive::String)),
        _ => None,
    }
}

fn xml_schema_type(name: &str) -> Option<Primitive> {
    Some(match name {
        "int" => Primitive::Int,
        "long" => Primitive::Long,
        "decimal" => Primitive::Decimal,
        "boolean" => Primitive::Boolean,
        "dateTime" => Primitive::LocalTime,
        "byte" => Primitive::Byte,
        "unsignedByte" => Primitive::UnsignedByte,
        "short" => Primitive::Short,
        "unsignedShort" => Primitive::UnsignedShort,
        "unsignedInt" => Primitive::UnsignedInt,
        "unsignedLong" => Primitive::UnsignedLong,
        "float" => Primitive::Float,
        "double" => Primitive::Double,
        "date" => Primitive::Date,
        "time" => Primitive::Time,
        "base64Binary" => Primitive::Base64,
        // Integers without bounds, durations (which may contain months) and parts of dates are strings too: .NET itself
        // reads them as strings, and no type of our dependencies can represent all their values.
        "string" | "anySimpleType" | "anyURI" | "QName" | "NOTATION" | "normalizedString" | "token" | "language"
        | "Name" | "NCName" | "NMTOKEN" | "ID" | "IDREF" | "ENTITY" | "integer" | "positiveInteger"
        | "negativeInteger" | "nonNegativeInteger" | "nonPositiveInteger" | "duration" | "gYear" | "gYearMonth"
        | "gMonth" | "gMonthDay" | "gDay" | "hexBinary" => Primitive::String,
        _ => return None,
    })
}

/// How a simple type is derived from others.
pub(super) enum Derived<'a> {
    Enumeration(Vec<PageValue>),
    /// Another type, possibly with restrictions that Rust does not check.
    Same(Base<'a>),
    List(Base<'a>),
    Union,
}

/// A base type: by name, or anonymous.
pub(super) enum Base<'a> {
    Named(Name),
    Anonymous(&'a SimpleBaseType),
}

/// Returns how a simple type is derived.
pub(super) fn derived(declared: &SimpleBaseType) -> Derived<'_> {
    for content in &declared.content {
        match content {
            SimpleBaseTypeContent::Annotation(_) => {}
            SimpleBaseTypeContent::Union(_) => return Derived::Union,
            SimpleBaseTypeContent::List(list) => {
                let named = list.item_type.as_ref().map(|name| Base::Named(name_of(name)));
                let anonymous = list.simple_type.as_deref().map(Base::Anonymous);
                return named.or(anonymous).map_or(Derived::Union, Derived::List);
            }
            SimpleBaseTypeContent::Restriction(restriction) => {
                let values = enumeration_values(restriction.content.iter().filter_map(|content| match content {
                    RestrictionContent::Facet(facet) => Some(facet),
                    _ => None,
                }));
                if !values.is_empty() {
                    return Derived::Enumeration(values);
                }
                let anonymous = restriction.content.iter().find_map(|content| match content {
                    RestrictionContent::SimpleType(declared) => Some(Base::Anonymous(declared)),
                    _ => None,
                });
                let named = restriction.base.as_ref();
                let named = named.map(|name| Base::Named(name_of(name)));
                return named.or(anonymous).map_or(Derived::Union, Derived::Same);
            }
        }
    }
    Derived::Union
}

/// Returns the values of an enumeration, each once.
fn enumeration_values<'a>(facets: impl Iterator<Item = &'a Facet>) -> Vec<PageValue> {
    let mut seen = BTreeSet::new();
    let values = facets.filter_map(enumeration_value);
    values.filter(|value| seen.insert(value.value.clone())).collect()
}

fn enumeration_value(facet: &Facet) -> Option<PageValue> {
    match facet {
        Facet::Enumeration(value) => Some(PageValue {
            value: value.value.clone(),
            doc: annotations::text(value.annotation.iter()),
        }),
        _ => None,
    }
}

/// Returns the values that a restriction of simple content allows.
pub(super) fn restricted_to(restriction: &RestrictionType) -> Vec<PageValue> {
    enumeration_values(restriction.content.iter().filter_map(|content| match content {
        RestrictionTypeContent::Facet(facet) => Some(facet),
        _ => None,
    }))
}
