//! Attributes as XML: repeated elements with a `Name` and a `Value` in them.

use std::borrow::Cow;

use super::Attributes;
use crate::xml::{DecodeError, Decoder, Encoder, List, Tag};

impl List for Attributes {
    fn read_item<'a>(&mut self, xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<(), DecodeError> {
        let (mut name, mut value): (Option<Cow<'a, str>>, Option<Cow<'a, str>>) = (None, None);
        xml.expect_no_attributes(&tag)?;
        xml.enter(&tag)?;
        while let Some(child) = xml.child()? {
            match child.name() {
                "Name" => xml.text_field(child, &mut name)?,
                "Value" => xml.text_field(child, &mut value)?,
                _ => xml.skip(child)?,
            }
        }
        if self.entries.is_empty() {
            // Recorded objects have about eleven attributes or about thirty.
            self.entries.reserve(16);
            self.text.reserve(256);
        }
        self.append(name.as_deref(), value.as_deref());
        Ok(())
    }

    fn write_items(&self, xml: &mut Encoder, name: &'static str) {
        for (at, attribute) in self.iter().enumerate() {
            xml.start_item(name, at + 1);
            xml.optional_text("Name", attribute.name);
            xml.optional_text("Value", attribute.value);
            xml.end();
        }
    }

    fn has_items(&self) -> bool {
        !self.is_empty()
    }
}
