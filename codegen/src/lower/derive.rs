//! Types that extend or restrict others.

use xsd_parser::models::schema::xs::{
    ComplexContentContent, ExtensionType, ExtensionTypeContent, RestrictionTypeContent, SimpleContentContent,
};

use super::content::{self, Group};
use super::interpret::PageReader;
use super::page_types::{Complex, PageType, TypeRef};
use super::schema::{Declared, Name, Space, name_of};
use super::simple;
use crate::error::{Error, Result};

impl<'a> PageReader<'a> {
    /// Adds what a type has from its base, or leaves of it.
    pub(super) fn derive(
        &mut self,
        name: &str,
        space: Space<'a>,
        derivation: &'a ComplexContentContent,
        complex: &mut Complex,
    ) -> Result<()> {
        match derivation {
            ComplexContentContent::Annotation(_) => Ok(()),
            ComplexContentContent::Extension(extension) => self.extend(name, space, extension, complex),
            ComplexContentContent::Restriction(restriction) => {
                for part in &restriction.content {
                    match part {
                        RestrictionTypeContent::Sequence(group) | RestrictionTypeContent::All(group) => {
                            content::add(self, name, space, Group::all(group), &mut complex.content)?;
                        }
                        RestrictionTypeContent::Choice(group) => {
                            content::add(self, name, space, Group::one_of(group), &mut complex.content)?;
                        }
                        RestrictionTypeContent::Attribute(attribute) => {
                            content::add_attribute(self, name, attribute, &mut complex.attributes)?;
                        }
                        RestrictionTypeContent::AnyAttribute(_) => self.any_attribute(name),
                        _ => {}
                    }
                }
                Ok(())
            }
        }
    }

    /// Takes over what the base has, and adds what is new.
    fn extend(
        &mut self,
        name: &str,
        space: Space<'a>,
        extension: &'a ExtensionType,
        complex: &mut Complex,
    ) -> Result<()> {
        match self.base_of(name, &name_of(&extension.base))? {
            TypeRef::Named(base) => {
                if let Some(PageType::Complex(found)) = self.types.get(&base).cloned() {
                    complex.attributes.extend(found.attributes);
                    complex.content.extend(found.content);
                    complex.text = found.text;
                    complex.base = Some(base);
                } else {
                    complex.text = Some(TypeRef::Named(base));
                }
            }
            TypeRef::Anything => {}
            simple => complex.text = Some(simple),
        }
        for part in &extension.content {
            match part {
                ExtensionTypeContent::Sequence(group) | ExtensionTypeContent::All(group) => {
                    content::add(self, name, space, Group::all(group), &mut complex.content)?;
                }
                ExtensionTypeContent::Choice(group) => {
                    content::add(self, name, space, Group::one_of(group), &mut complex.content)?;
                }
                ExtensionTypeContent::Attribute(attribute) => {
                    content::add_attribute(self, name, attribute, &mut complex.attributes)?;
                }
                ExtensionTypeContent::AnyAttribute(_) => self.any_attribute(name),
                ExtensionTypeContent::Annotation(_) | ExtensionTypeContent::Assert(_) => {}
                _ => return Err(self.group(name)),
            }
        }
        Ok(())
    }

    fn base_of(&mut self, name: &str, base: &Name) -> Result<TypeRef> {
        let found = self.type_ref(name, base)?;
        if let Some((space, Declared::Complex(declared))) = self.declarations.types.get(base).copied() {
            let of_page = self.declarations.names[base].clone();
            self.complex_type(&of_page, space, declared)?;
        }
        Ok(found)
    }

    /// Adds text and attributes.
    pub(super) fn hold_text(
        &mut self,
        name: &str,
        space: Space<'a>,
        derivation: &'a SimpleContentContent,
        complex: &mut Complex,
    ) -> Result<()> {
        match derivation {
            SimpleContentContent::Annotation(_) => Ok(()),
            SimpleContentContent::Extension(extension) => self.extend(name, space, extension, complex),
            SimpleContentContent::Restriction(restriction) => {
                let values = simple::restricted_to(restriction);
                let base = self.base_of(name, &name_of(&restriction.base))?;
                if let TypeRef::Named(base) = &base
                    && let Some(PageType::Complex(found)) = self.types.get(base).cloned()
                {
                    *complex = Complex {
                        base: Some(base.clone()),
                        is_abstract: complex.is_abstract,
                        wire_name: complex.wire_name.clone(),
                        ..found
                    };
                }
                if !values.is_empty() {
                    let values_name = self.free_name(&format!("{name}/Value"));
                    self.types.insert(values_name.clone(), PageType::Enumeration(values));
                    complex.text = Some(TypeRef::Named(values_name));
                }
                Ok(())
            }
        }
    }

    pub(super) fn any_attribute(&mut self, name: &str) {
        self.pass_over(&format!("{name}/@*"), "any attribute");
    }

    pub(super) fn group(&self, name: &str) -> Error {
        self.error(format!(
            "`{name}` uses a named group, which neither of .NET's exporters writes, and for which codegen has no rule: \
             add one in codegen/src/lower"
        ))
    }
}
