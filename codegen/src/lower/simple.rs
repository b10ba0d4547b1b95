//! Simple types: which of them is which in Rust.

use xsd_parser::models::schema::xs::{
    Facet, RestrictionContent, RestrictionType, RestrictionTypeContent, SimpleBaseType, SimpleBaseTypeContent,
};

use super::page_types::TypeRef;
use super::schema::{Name, SERIALIZATION, WSDL_TYPES, XML_SCHEMA};
use crate::model::Primitive;

/// What a simple type that no page declares holds, if it is known.
pub(super) fn built_in((namespace, name): &Name) -> Option<TypeRef> {
    match (namespace.as_str(), name.as_str()) {
        (XML_SCHEMA, "anyType") => Some(TypeRef::Anything),
        // Lists by their own definition.
        (XML_SCHEMA, "NMTOKENS" | "IDREFS" | "ENTITIES") => {
            Some(TypeRef::Tokens(Box::new(TypeRef::Primitive(Primitive::String))))
        }
        (XML_SCHEMA, name) => of_xml_schema(name).map(TypeRef::Primitive),
        (WSDL_TYPES | SERIALIZATION, "guid") => Some(TypeRef::Primitive(Primitive::Guid)),
        // .NET writes the number of the character.
        (WSDL_TYPES, "char") => Some(TypeRef::Primitive(Primitive::UnsignedShort)),
        (SERIALIZATION, "char") => Some(TypeRef::Primitive(Primitive::Int)),
        (SERIALIZATION, "duration") => Some(TypeRef::Primitive(Primitive::String)),
        _ => None,
    }
}

fn of_xml_schema(name: &str) -> Option<Primitive> {
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
        // Texts. So are whole numbers without a bound, durations, which may count in months, and parts of dates: .NET
        // itself reads them into strings, and no type of the crates that are used anyway holds all of them.
        "string" | "anySimpleType" | "anyURI" | "QName" | "NOTATION" | "normalizedString" | "token" | "language"
        | "Name" | "NCName" | "NMTOKEN" | "ID" | "IDREF" | "ENTITY" | "integer" | "positiveInteger"
        | "negativeInteger" | "nonNegativeInteger" | "nonPositiveInteger" | "duration" | "gYear" | "gYearMonth"
        | "gMonth" | "gMonthDay" | "gDay" | "hexBinary" => Primitive::String,
        _ => return None,
    })
}

/// What a simple type's declaration makes of others.
pub(super) enum Derived<'a> {
    Enumeration(Vec<String>),
    /// Another one, perhaps with bounds that Rust does not check.
    Same(Base<'a>),
    List(Base<'a>),
    Union,
}

/// A type by name, or declared in place.
pub(super) enum Base<'a> {
    Named(Name),
    InPlace(&'a SimpleBaseType),
}

pub(super) fn derived(declared: &SimpleBaseType) -> Derived<'_> {
    for content in &declared.content {
        match content {
            SimpleBaseTypeContent::Annotation(_) => {}
            SimpleBaseTypeContent::Union(_) => return Derived::Union,
            SimpleBaseTypeContent::List(list) => {
                let named = list
                    .item_type
                    .as_ref()
                    .map(|name| Base::Named(super::schema::name_of(name)));
                let in_place = list.simple_type.as_deref().map(Base::InPlace);
                return named.or(in_place).map_or(Derived::Union, Derived::List);
            }
            SimpleBaseTypeContent::Restriction(restriction) => {
                let values: Vec<String> = restriction
                    .content
                    .iter()
                    .filter_map(|content| match content {
                        RestrictionContent::Facet(facet) => enumerated(facet),
                        _ => None,
                    })
                    .collect();
                if !values.is_empty() {
                    return Derived::Enumeration(values);
                }
                let in_place = restriction.content.iter().find_map(|content| match content {
                    RestrictionContent::SimpleType(declared) => Some(Base::InPlace(declared)),
                    _ => None,
                });
                let named = restriction.base.as_ref();
                let named = named.map(|name| Base::Named(super::schema::name_of(name)));
                return named.or(in_place).map_or(Derived::Union, Derived::Same);
            }
        }
    }
    Derived::Union
}

fn enumerated(facet: &Facet) -> Option<String> {
    match facet {
        Facet::Enumeration(value) => Some(value.value.clone()),
        _ => None,
    }
}

/// The values that a restriction of simple content leaves.
pub(super) fn restricted_to(restriction: &RestrictionType) -> Vec<String> {
    let facets = restriction.content.iter().filter_map(|content| match content {
        RestrictionTypeContent::Facet(facet) => enumerated(facet),
        _ => None,
    });
    facets.collect()
}
