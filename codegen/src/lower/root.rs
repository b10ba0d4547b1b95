//! Which of a page's global elements is the root: the one of the example, or the one that nothing else uses.

use xsd_parser::models::schema::xs::ElementType;

use super::interpret::{PageReader, expanded};
use super::page_types::{PageType, Particle, TypeRef};
use super::schema::{Name, SERIALIZATION, Space, name_of};
use crate::error::Result;
use crate::model::local_name;

impl<'a> PageReader<'a> {
    /// The root element, and what it holds.
    pub(super) fn root(&mut self, example: Option<&str>) -> Result<(String, TypeRef)> {
        let all: Vec<(&Name, Space<'a>, &'a ElementType)> = self
            .declarations
            .elements
            .iter()
            .map(|(name, (space, element))| (name, *space, *element))
            .collect();
        let of_example = example.and_then(|example| {
            let is_example = |name: &Name| expanded(&name.0, &name.1) == example;
            let is_called_so = |name: &Name| name.1 == local_name(example);
            let exact = all.iter().find(|(name, ..)| is_example(name));
            exact.or_else(|| all.iter().find(|(name, ..)| is_called_so(name)))
        });
        // Of .NET's own elements one is the root only where the example says so.
        let own: Vec<_> = all.iter().filter(|(name, ..)| name.0 != SERIALIZATION).collect();
        let unused: Vec<_> = own
            .iter()
            .copied()
            .filter(|(_, _, element)| !self.is_used(element))
            .collect();
        let (name, space, element) = match (own.as_slice(), of_example, unused.as_slice()) {
            (_, Some(of_example), _) => of_example,
            ([only], ..) | (_, _, [only]) => only,
            _ => {
                let names: Vec<&str> = own.iter().map(|((_, name), ..)| name.as_str()).collect();
                let what = match names.is_empty() {
                    true => "declares no root element: fetch the page again; if it stays so, the service describes \
                             nothing here"
                        .to_owned(),
                    false => format!(
                        "declares {} root elements ({}), and no example tells which of them is meant: fetch the \
                         example page beside it",
                        names.len(),
                        names.join(", ")
                    ),
                };
                return Err(self.error(what));
            }
        };
        let type_ref = self.element_type(&name.1, *space, element)?;
        Ok((expanded(&name.0, &name.1), type_ref))
    }

    /// Whether the type of a global element stands in another type, as those of wrappers and parts do.
    fn is_used(&self, element: &ElementType) -> bool {
        let Some(name) = element.type_.as_ref().map(name_of) else {
            return false;
        };
        let Some(name) = self.declarations.names.get(&name) else {
            return true;
        };
        let others = self.types.iter().filter(|(other, _)| *other != name);
        others.into_iter().any(|(_, found)| refers_to(found, name))
    }
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
