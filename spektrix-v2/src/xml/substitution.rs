//! Elements that say themselves which type they are of, by `xsi:type`.

use quick_xml::events::attributes::Attributes;

use super::{DecodeError, Decoder, Element, Encoder, Tag};

impl<'a> Tag<'a> {
    /// The type that the element says it is of, without its prefix.
    pub fn type_name(&self) -> Option<&'a str> {
        let mut attributes = Attributes::new(self.attributes, 0);
        let mut named = attributes.with_checks(false).flatten();
        let found = named
            .find(|attribute| attribute.key.prefix().is_some() && attribute.key.local_name().as_ref() == "type")?;
        // The value is a slice of the body unless it holds references, which no name needs.
        match found.value {
            std::borrow::Cow::Borrowed(value) => value.trim_ascii().rsplit(':').next(),
            std::borrow::Cow::Owned(_) => None,
        }
    }
}

impl<'a> Decoder<'a> {
    /// Passes over an element of a type that the schema does not know, and answers the type's name.
    pub fn unknown_type(&mut self, tag: Tag<'a>) -> Result<String, DecodeError> {
        let name = tag.type_name().unwrap_or_default().to_owned();
        self.skip(tag)?;
        Ok(name)
    }
}

impl Encoder {
    /// Writes an element that says which type it is of.
    pub fn typed<T: Element>(&mut self, name: &'static str, type_name: &'static str, value: &T) {
        self.type_name = Some(type_name);
        value.write(self, name);
    }

    /// Writes the attribute. The type's namespace, if it has one, needs a prefix of its own.
    pub(super) fn name_type(&mut self, type_name: &'static str, declare: bool) {
        if declare {
            self.attribute("xmlns:xsi", &"http://www.w3.org/2001/XMLSchema-instance".to_owned());
        }
        let (namespace, local) = super::namespaces::split(type_name);
        if let Some(namespace) = namespace {
            self.attribute("xmlns:t", &namespace.to_owned());
            self.attribute("xsi:type", &format!("t:{local}"));
        } else {
            self.attribute("xsi:type", &local.to_owned());
        }
    }
}
