//! Interprets types that extend or restrict other types.

use xsd_parser::models::schema::xs::{
    ComplexContentContent, ExtensionType, ExtensionTypeContent, RestrictionType, RestrictionTypeContent,
    SimpleContentContent,
};

use super::group::Group;
use super::interpreter::Interpreter;
use super::page_types::{Complex, PageAttribute, PageType, TypeRef};
use super::schema::{Declared, Name, Scope, name_of};
use super::simple_types;
use crate::error::Result;

impl<'a> Interpreter<'a> {
    /// Adds complex content: an extension of the base type, or the parts of it that a restriction keeps.
    pub(super) fn add_complex_content(
        &mut self,
        name: &str,
        scope: Scope<'a>,
        derivation: &'a ComplexContentContent,
        complex: &mut Complex,
    ) -> Result<()> {
        match derivation {
            ComplexContentContent::Annotation(_) => Ok(()),
            ComplexContentContent::Extension(extension) => self.extend(name, scope, extension, complex),
            ComplexContentContent::Restriction(restriction) => self.restrict(name, scope, restriction, complex),
        }
    }

    /// Adds the parts of the base type, then the new parts.
    fn extend(
        &mut self,
        name: &str,
        scope: Scope<'a>,
        extension: &'a ExtensionType,
        complex: &mut Complex,
    ) -> Result<()> {
        match self.base_type(name, &name_of(&extension.base))? {
            TypeRef::Named(base) => {
                if let Some(PageType::Complex(found)) = self.types.get(&base).cloned() {
                    complex.attributes.extend(found.attributes);
                    complex.content.extend(found.content);
                    complex.text = found.text;
                    complex.has_any |= found.has_any;
                    complex.base = Some(base);
                } else {
                    complex.text = Some(TypeRef::Named(base));
                }
            }
            TypeRef::Anything => self.skip_any(name, complex),
            simple => complex.text = Some(simple),
        }
        for part in &extension.content {
            match part {
                ExtensionTypeContent::Sequence(group) | ExtensionTypeContent::All(group) => {
                    self.add_group(name, scope, Group::sequence(group), complex)?;
                }
                ExtensionTypeContent::Choice(group) => self.add_group(name, scope, Group::choice(group), complex)?,
                ExtensionTypeContent::Group(reference) => self.add_named_group(name, reference, complex)?,
                ExtensionTypeContent::Attribute(attribute) => {
                    self.add_attribute(name, scope, attribute, &mut complex.attributes)?;
                }
                ExtensionTypeContent::AttributeGroup(reference) => {
                    self.add_attribute_group(name, reference, &mut complex.attributes)?;
                }
                ExtensionTypeContent::AnyAttribute(_) => self.skip_any_attribute(name),
                ExtensionTypeContent::OpenContent(_) => self.skip_open_content(name),
                ExtensionTypeContent::Annotation(_) | ExtensionTypeContent::Assert(_) => {}
            }
        }
        Ok(())
    }

    /// Adds the parts that a restriction lists: it repeats all elements of the base type that it keeps, but only those
    /// attributes that it changes.
    fn restrict(
        &mut self,
        name: &str,
        scope: Scope<'a>,
        restriction: &'a RestrictionType,
        complex: &mut Complex,
    ) -> Result<()> {
        complex
            .attributes
            .extend(self.attributes_of(name, &name_of(&restriction.base))?);
        for part in &restriction.content {
            match part {
                RestrictionTypeContent::Sequence(group) | RestrictionTypeContent::All(group) => {
                    self.add_group(name, scope, Group::sequence(group), complex)?;
                }
                RestrictionTypeContent::Choice(group) => self.add_group(name, scope, Group::choice(group), complex)?,
                RestrictionTypeContent::Group(reference) => self.add_named_group(name, reference, complex)?,
                _ => {}
            }
        }
        self.restrict_attributes(name, scope, restriction, complex)
    }

    fn restrict_attributes(
        &mut self,
        name: &str,
        scope: Scope<'a>,
        restriction: &'a RestrictionType,
        complex: &mut Complex,
    ) -> Result<()> {
        for part in &restriction.content {
            match part {
                RestrictionTypeContent::Attribute(attribute) => {
                    self.add_attribute(name, scope, attribute, &mut complex.attributes)?;
                }
                RestrictionTypeContent::AttributeGroup(reference) => {
                    self.add_attribute_group(name, reference, &mut complex.attributes)?;
                }
                RestrictionTypeContent::AnyAttribute(_) => self.skip_any_attribute(name),
                RestrictionTypeContent::OpenContent(_) => self.skip_open_content(name),
                _ => {}
            }
        }
        Ok(())
    }

    /// Returns the attributes of a complex type; none for a base that the page does not declare, such as SOAP's arrays.
    fn attributes_of(&mut self, name: &str, base: &Name) -> Result<Vec<PageAttribute>> {
        if !matches!(self.declarations.types.get(base), Some((_, Declared::Complex(_)))) {
            return Ok(Vec::new());
        }
        let TypeRef::Named(base) = self.base_type(name, base)? else {
            return Ok(Vec::new());
        };
        Ok(match self.types.get(&base) {
            Some(PageType::Complex(found)) => found.attributes.clone(),
            _ => Vec::new(),
        })
    }

    fn base_type(&mut self, name: &str, base: &Name) -> Result<TypeRef> {
        let found = self.type_ref(name, base)?;
        if let Some((scope, Declared::Complex(declared))) = self.declarations.types.get(base).copied() {
            let model_name = self.declarations.type_names[base].clone();
            self.complex_type(&model_name, scope, declared)?;
        }
        Ok(found)
    }

    /// Adds simple content: text, and attributes.
    pub(super) fn add_simple_content(
        &mut self,
        name: &str,
        scope: Scope<'a>,
        derivation: &'a SimpleContentContent,
        complex: &mut Complex,
    ) -> Result<()> {
        match derivation {
            SimpleContentContent::Annotation(_) => Ok(()),
            SimpleContentContent::Extension(extension) => self.extend(name, scope, extension, complex),
            SimpleContentContent::Restriction(restriction) => self.restrict_text(name, scope, restriction, complex),
        }
    }

    fn restrict_text(
        &mut self,
        name: &str,
        scope: Scope<'a>,
        restriction: &'a RestrictionType,
        complex: &mut Complex,
    ) -> Result<()> {
        let values = simple_types::restricted_to(restriction);
        let base = self.base_type(name, &name_of(&restriction.base))?;
        if let TypeRef::Named(base) = &base
            && let Some(PageType::Complex(found)) = self.types.get(base).cloned()
        {
            *complex = Complex {
                base: Some(base.clone()),
                is_abstract: complex.is_abstract,
                wire_name: complex.wire_name.clone(),
                doc: complex.doc.clone(),
                ..found
            };
        }
        if !values.is_empty() {
            let values_name = self.free_name(&format!("{name}/Value"));
            self.types.insert(values_name.clone(), PageType::Enumeration(values));
            complex.text = Some(TypeRef::Named(values_name));
        }
        self.restrict_attributes(name, scope, restriction, complex)
    }
}
