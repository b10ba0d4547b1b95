//! Collects what the interpreter flattens: names of simple types that are only other types, and their facets.

use xsd_parser::models::schema::QName;
use xsd_parser::models::schema::xs::{Facet, RestrictionContent, SimpleBaseType, SimpleBaseTypeContent};

use super::annotations::InnerType;
use super::interpreter::Interpreter;
use super::schema::{Declared, name_of};
use super::simple_types::{self, Base, Derived};
use crate::model::Origin;

/// The longest chain of simple types that is followed. The interpreter refuses longer ones.
const MAX_CHAIN: usize = 64;

impl<'a> Interpreter<'a> {
    /// Returns the simple types that were flattened into a type, and their facets. The facets of derived types count.
    pub(super) fn origin(&self, name: Option<&QName>, inner: Option<InnerType<'a>>) -> Origin {
        let mut origin = Origin::default();
        // The facets of an anonymous type belong to the element that declares it.
        let is_named = name.is_some();
        let mut next = match (name, inner) {
            (Some(name), _) => Some(Base::Named(name_of(name))),
            (None, Some(InnerType::Simple(declared))) => Some(Base::Anonymous(declared)),
            _ => None,
        };
        for _ in 0..MAX_CHAIN {
            let declared = match next {
                Some(Base::Anonymous(declared)) => declared,
                Some(Base::Named(name)) => {
                    let Some((_, Declared::Simple(declared))) = self.declarations.types.get(&name) else {
                        break;
                    };
                    if is_named && !matches!(simple_types::derived(declared), Derived::Enumeration(_)) {
                        origin.flattened.push(self.declarations.type_names[&name].clone());
                    }
                    declared
                }
                None => break,
            };
            add_facets(declared, &mut origin);
            next = match simple_types::derived(declared) {
                Derived::Same(base) => Some(base),
                _ => None,
            };
        }
        origin
    }
}

fn add_facets(declared: &SimpleBaseType, origin: &mut Origin) {
    let restrictions = declared.content.iter().filter_map(|content| match content {
        SimpleBaseTypeContent::Restriction(restriction) => Some(restriction),
        _ => None,
    });
    for content in restrictions.flat_map(|restriction| &restriction.content) {
        if let RestrictionContent::Facet(facet) = content
            && let Some((name, value)) = named(facet)
        {
            let name = name.to_owned();
            origin.facets.entry(name).or_default().insert(value.to_owned());
        }
    }
}

fn named(facet: &Facet) -> Option<(&'static str, &str)> {
    let (name, value) = match facet {
        Facet::MinExclusive(value) => ("minExclusive", value),
        Facet::MinInclusive(value) => ("minInclusive", value),
        Facet::MaxExclusive(value) => ("maxExclusive", value),
        Facet::MaxInclusive(value) => ("maxInclusive", value),
        Facet::TotalDigits(value) => ("totalDigits", value),
        Facet::FractionDigits(value) => ("fractionDigits", value),
        Facet::Length(value) => ("length", value),
        Facet::MinLength(value) => ("minLength", value),
        Facet::MaxLength(value) => ("maxLength", value),
        Facet::WhiteSpace(value) => ("whiteSpace", value),
        Facet::Pattern(value) => ("pattern", value),
        Facet::ExplicitTimezone(value) => ("explicitTimezone", value),
        // The values of an enumeration are those of the type in Rust.
        Facet::Enumeration(_) | Facet::Assertion(_) => return None,
    };
    Some((name, &value.value))
}
