//! The attributes of a start tag, less those that XML itself uses.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::attributes::{Attribute, Attributes};

use super::{DecodeError, DecodeErrorKind, Decoder, InvalidText, Tag, Text};

/// Goes through the attributes of one tag, in the order in which they stand.
pub struct AttributeReader<'a> {
    tag: Tag<'a>,
    inner: Attributes<'a>,
}

/// One attribute of a tag.
pub struct XmlAttribute<'a> {
    tag: Tag<'a>,
    inner: Attribute<'a>,
}

impl<'a> XmlAttribute<'a> {
    /// The attribute's name, its prefix included.
    pub fn name(&self) -> &'a str {
        self.inner.key.into_inner()
    }
}

impl<'a> AttributeReader<'a> {
    pub(super) fn new(tag: Tag<'a>) -> Self {
        let mut inner = Attributes::new(tag.content, tag.name_len);
        // A second attribute of one name is handled as a second element is: the first one counts.
        inner.with_checks(false);
        Self { tag, inner }
    }

    /// The next attribute. Namespace declarations and `xsi:…` are passed over.
    pub fn next(&mut self, xml: &Decoder<'a>) -> Result<Option<XmlAttribute<'a>>, DecodeError> {
        for attribute in self.inner.by_ref() {
            let inner =
                attribute.map_err(|error| xml.error_in(&self.tag, DecodeErrorKind::Malformed(error.to_string())))?;
            if !is_of_xml_itself(inner.key.into_inner()) {
                return Ok(Some(XmlAttribute { tag: self.tag, inner }));
            }
        }
        Ok(None)
    }
}

/// What the tag's `xsi:nil` says, whatever its prefix.
pub(super) fn nil_of(tag: Tag<'_>) -> Option<Cow<'_, str>> {
    let mut attributes = Attributes::new(tag.content, tag.name_len);
    let nil =
        |attribute: &Attribute<'_>| attribute.key.prefix().is_some() && attribute.key.local_name().as_ref() == "nil";
    attributes
        .with_checks(false)
        .flatten()
        .find(nil)
        .map(|attribute| attribute.value)
}

fn is_of_xml_itself(name: &str) -> bool {
    name.starts_with("xmlns") || name.starts_with("xsi:") || name.starts_with("xml:")
}

impl<'a> Decoder<'a> {
    /// The attributes of a tag.
    pub fn attributes(&self, tag: &Tag<'a>) -> AttributeReader<'a> {
        AttributeReader::new(*tag)
    }

    /// Reads an attribute's value into its field. Blanks around it do not count, unless it is a string.
    pub fn attribute<T: Text>(
        &mut self,
        attribute: &XmlAttribute<'a>,
        field: &mut Option<T>,
    ) -> Result<(), DecodeError> {
        if field.is_none() {
            let value = self.attribute_value(attribute)?;
            let parsed = T::parse(T::trim(&value));
            *field = Some(parsed.map_err(|InvalidText(expected)| {
                let found = super::text::excerpt(&value);
                self.error_at(
                    &attribute.tag,
                    attribute.name(),
                    DecodeErrorKind::Value { found, expected },
                )
            })?);
        }
        Ok(())
    }

    /// An element that only refers to an object, by its `id` attribute.
    pub fn reference<T: Text>(&mut self, tag: &Tag<'a>) -> Result<T, DecodeError> {
        let mut id = None;
        let mut attributes = self.attributes(tag);
        while let Some(attribute) = attributes.next(self)? {
            match attribute.name() {
                "id" => self.attribute(&attribute, &mut id)?,
                _ => self.unknown_attribute(&attribute),
            }
        }
        self.enter(tag)?;
        while let Some(child) = self.child()? {
            self.skip(child)?;
        }
        self.required(tag, "@id", id)
    }

    /// Notes every attribute of a tag that should have none.
    pub fn expect_no_attributes(&mut self, tag: &Tag<'a>) -> Result<(), DecodeError> {
        if self.reports_unknown() {
            let mut attributes = self.attributes(tag);
            while let Some(attribute) = attributes.next(self)? {
                self.unknown_attribute(&attribute);
            }
        }
        Ok(())
    }

    /// Notes an attribute that the schema does not know.
    pub fn unknown_attribute(&mut self, attribute: &XmlAttribute<'a>) {
        if self.reports_unknown() {
            self.note_unknown(&attribute.tag, &format!("/@{}", attribute.name()));
        }
    }

    fn attribute_value(&self, attribute: &XmlAttribute<'a>) -> Result<Cow<'a, str>, DecodeError> {
        if let Cow::Borrowed(value) = attribute.inner.value
            && !value.bytes().any(|byte| byte == b'&' || byte < b' ')
        {
            return Ok(Cow::Borrowed(value));
        }
        let value = attribute.inner.normalized_value(XmlVersion::Implicit1_0);
        value.map_err(|error| {
            self.error_at(
                &attribute.tag,
                attribute.name(),
                DecodeErrorKind::Malformed(error.to_string()),
            )
        })
    }
}
