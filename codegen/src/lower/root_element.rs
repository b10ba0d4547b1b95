//! Finds the root element of a page among its global elements.

use xsd_parser::models::schema::xs::ElementType;

use super::interpreter::{GlobalElement, Interpreter, expanded};
use super::page_types::{PageType, Particle, TypeRef};
use super::schema::{Name, SERIALIZATION, name_of};
use crate::error::Result;
use crate::model::local_name;

/// Returns the root element: the root of the example, the only global element, or the only one whose type nothing else
/// uses.
pub(super) fn find<'a>(page: &Interpreter<'a>, example: Option<&str>) -> Result<GlobalElement<'a>> {
    let elements = page.declarations.elements.iter();
    let all: Vec<GlobalElement<'a>> = elements
        .map(|(name, (scope, element))| (name, *scope, *element))
        .collect();
    if let Some(found) = example.and_then(|example| root_of_example(&all, example)) {
        return Ok(found);
    }
    // .NET's own global elements, one per simple type, are never the root unless the example uses one.
    let can_be_root = |(name, _, element): &GlobalElement<'a>| name.0 != SERIALIZATION && !element.abstract_;
    let own: Vec<_> = all.into_iter().filter(can_be_root).collect();
    let is_unused =
        |(name, _, element): &&GlobalElement<'a>| !page.referenced.contains(*name) && !is_used(page, element);
    let unused: Vec<_> = own.iter().filter(is_unused).collect();
    match (own.as_slice(), unused.as_slice()) {
        ([only], _) => Ok(*only),
        (_, [only]) => Ok(**only),
        ([], _) => Err(page.error(
            "the page declares no root element. Fetch it again; if it still has none, the service does not describe \
             this body"
                .to_owned(),
        )),
        _ => {
            let names: Vec<&str> = own.iter().map(|((_, name), ..)| name.as_str()).collect();
            Err(page.error(format!(
                "the page declares {} root elements ({}), and there is no example to tell which one is meant. Fetch \
                 the example page as well",
                names.len(),
                names.join(", ")
            )))
        }
    }
}

fn root_of_example<'a>(all: &[GlobalElement<'a>], example: &str) -> Option<GlobalElement<'a>> {
    let has_name = |name: &Name| expanded(&name.0, &name.1) == example;
    let has_local_name = |name: &Name| name.1 == local_name(example);
    let exact = all.iter().find(|(name, ..)| has_name(name));
    exact
        .or_else(|| all.iter().find(|(name, ..)| has_local_name(name)))
        .copied()
}

/// Returns whether another type uses the type of a global element, as it uses those of wrappers and parts.
fn is_used(page: &Interpreter<'_>, element: &ElementType) -> bool {
    let Some(name) = element.type_.as_ref().map(name_of) else {
        return false;
    };
    let Some(name) = page.declarations.type_names.get(&name) else {
        return true;
    };
    let mut others = page.types.iter().filter(|(other, _)| *other != name);
    others.any(|(_, found)| refers_to(found, name))
}

fn refers_to(found: &PageType, name: &str) -> bool {
    let PageType::Complex(complex) = found else {
        return false;
    };
    let is_meant = |type_ref: &TypeRef| *type_ref == TypeRef::Named(name.to_owned());
    complex.base.as_deref() == Some(name)
        || complex.content.iter().any(|particle| match particle {
            Particle::Element(element) => is_meant(&element.type_ref),
            Particle::Choice(choice) => choice.branches.iter().any(|branch| is_meant(&branch.type_ref)),
        })
}
