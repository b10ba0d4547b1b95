//! Interprets the attributes of complex types, and named groups of them.

use xsd_parser::models::schema::xs::{
    AttributeGroupType, AttributeGroupTypeContent, AttributeType, AttributeUseType, FormChoiceType,
};

use super::annotations::{self, InnerType};
use super::interpreter::{Interpreter, expanded, local_or_utc};
use super::page_types::{PageAttribute, TypeRef};
use super::schema::{Name, SERIALIZATION, Scope, name_of};
use crate::error::Result;
use crate::model::{Primitive, local_name};

impl<'a> Interpreter<'a> {
    /// Adds an attribute. It replaces one of the same name from the base type; a prohibited one removes it.
    pub(super) fn add_attribute(
        &mut self,
        owner: &str,
        scope: Scope<'a>,
        found: &'a AttributeType,
        attributes: &mut Vec<PageAttribute>,
    ) -> Result<()> {
        let (name, declared) = match &found.ref_ {
            None => {
                let form = found.form.as_ref();
                let qualified = form.map_or(scope.qualified_attributes, |form| *form == FormChoiceType::Qualified);
                let namespace = if qualified { scope.namespace } else { "" };
                (expanded(namespace, found.name.as_deref().unwrap_or_default()), found)
            }
            Some(reference) => {
                let name = name_of(reference);
                let Some((_, global)) = self.declarations.attributes.get(&name).copied() else {
                    self.skip_reference(owner, &name);
                    return Ok(());
                };
                (expanded(&name.0, &name.1), global)
            }
        };
        if found.use_ == AttributeUseType::Prohibited {
            attributes.retain(|attribute| attribute.name != name);
            return Ok(());
        }
        if name.starts_with('{') && is_reserved(local_name(&name)) {
            self.skip(
                &format!("{owner}/@{}", local_name(&name)),
                "an attribute with a name that XML Schema uses",
            );
            return Ok(());
        }
        let attribute = self.attribute(owner, name, found, declared)?;
        match attributes.iter_mut().find(|known| known.name == attribute.name) {
            Some(known) => *known = attribute,
            None => attributes.push(attribute),
        }
        Ok(())
    }

    fn attribute(
        &mut self,
        owner: &str,
        name: String,
        found: &'a AttributeType,
        declared: &'a AttributeType,
    ) -> Result<PageAttribute> {
        self.count_part()?;
        let location = format!("{owner}/{}", local_name(&name));
        let type_ref = match (&declared.type_, &declared.simple_type) {
            (Some(type_name), _) => self.type_ref(&location, &name_of(type_name))?,
            (None, Some(inner)) => self.anonymous_simple_type(&location, inner)?,
            (None, None) => TypeRef::Primitive(Primitive::String),
        };
        let inner = declared.simple_type.as_ref().map(InnerType::Simple);
        let value = |of: fn(&'a AttributeType) -> &'a Option<String>| of(found).as_ref().or(of(declared).as_ref());
        let default = value(|attribute| &attribute.default).or(value(|attribute| &attribute.fixed));
        Ok(PageAttribute {
            type_ref: local_or_utc(type_ref, &name),
            required: found.use_ == AttributeUseType::Required,
            default: default.cloned(),
            origin: self.origin(declared.type_.as_ref(), inner),
            doc: annotations::text(found.annotation.iter().chain(&declared.annotation).take(1)),
            name,
        })
    }

    /// Adds the attributes of a named group: `<xs:attributeGroup ref="Common"/>`.
    pub(super) fn add_attribute_group(
        &mut self,
        owner: &str,
        reference: &'a AttributeGroupType,
        attributes: &mut Vec<PageAttribute>,
    ) -> Result<()> {
        self.count_part()?;
        let name = reference.ref_.as_ref().map(name_of).unwrap_or_default();
        let Some((scope, definition)) = self.declarations.attribute_groups.get(&name).copied() else {
            return Err(self.undeclared("attribute group", &name));
        };
        self.in_chain(&format!("attribute group {}", expanded(&name.0, &name.1)), |this| {
            for part in &definition.content {
                match part {
                    AttributeGroupTypeContent::Annotation(_) => {}
                    AttributeGroupTypeContent::Attribute(found) => {
                        this.add_attribute(owner, scope, found, attributes)?;
                    }
                    AttributeGroupTypeContent::AttributeGroup(inner) => {
                        this.add_attribute_group(owner, inner, attributes)?;
                    }
                    AttributeGroupTypeContent::AnyAttribute(_) => this.skip_any_attribute(owner),
                }
            }
            Ok(())
        })
    }

    pub(super) fn skip_any_attribute(&mut self, name: &str) {
        self.skip(&format!("{name}/@*"), "any attribute");
    }

    fn skip_reference(&mut self, owner: &str, (namespace, name): &Name) {
        let reason = if namespace == SERIALIZATION && matches!(name.as_str(), "Id" | "Ref") {
            "an attribute of objects that are written once and referred to elsewhere"
        } else {
            "an attribute that the page does not declare"
        };
        self.skip(&format!("{owner}/@{name}"), reason);
    }
}

/// Returns whether the runtime takes an attribute with a prefix and this name for one of `xsi`.
fn is_reserved(name: &str) -> bool {
    matches!(name, "nil" | "type" | "schemaLocation" | "noNamespaceSchemaLocation")
}
