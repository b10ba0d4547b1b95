//! The attributes of a start tag, less those that XML itself uses.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::attributes::{AttrError, Attribute, Attributes};

use super::name::{IS_NAME_BYTE, is_attribute_name};
use super::text::excerpt;
use super::{DecodeError, DecodeErrorKind, Decoder, InvalidText, Tag, Text};

/// Goes through the attributes of one tag, in the order in which they stand.
pub struct AttributeReader<'a> {
    tag: Tag<'a>,
    /// What is left, as long as it could be read in the plainest of forms.
    plain: Option<&'a str>,
    inner: Attributes<'a>,
}

/// One attribute of a tag.
pub struct XmlAttribute<'a> {
    tag: Tag<'a>,
    name: &'a str,
    value: Cow<'a, str>,
}

impl<'a> XmlAttribute<'a> {
    /// The attribute's name, its prefix included.
    pub fn name(&self) -> &'a str {
        self.name
    }
}

impl<'a> AttributeReader<'a> {
    fn new(tag: Tag<'a>, take_plain: bool) -> Self {
        let plain = take_plain.then_some(tag.attributes);
        Self {
            tag,
            plain,
            inner: tokenizer_of(tag.attributes),
        }
    }

    /// The next attribute. Namespace declarations and `xsi:…` are passed over.
    pub fn next(&mut self, xml: &Decoder<'a>) -> Result<Option<XmlAttribute<'a>>, DecodeError> {
        while let Some(attribute) = self.next_of_any_kind(xml)? {
            if !is_of_xml_itself(attribute.name) {
                return Ok(Some(attribute));
            }
        }
        Ok(None)
    }

    fn next_of_any_kind(&mut self, xml: &Decoder<'a>) -> Result<Option<XmlAttribute<'a>>, DecodeError> {
        if let Some(rest) = self.plain {
            if rest.is_empty() {
                return Ok(None);
            }
            if let Some((name, value, rest)) = take_plain(rest) {
                self.plain = Some(rest);
                return Ok(Some(XmlAttribute {
                    tag: self.tag,
                    name,
                    value: Cow::Borrowed(value),
                }));
            }
            self.plain = None;
            self.inner = tokenizer_of(rest);
        }
        match self.inner.next() {
            Some(Ok(attribute)) => self.checked(xml, &attribute).map(Some),
            Some(Err(error)) => Err(self.malformed(xml, what_is_wrong(&error))),
            None => Ok(None),
        }
    }

    /// What the tokenizer took for an attribute, if it is one.
    fn checked(&self, xml: &Decoder<'a>, attribute: &Attribute<'a>) -> Result<XmlAttribute<'a>, DecodeError> {
        let name = attribute.key.into_inner();
        if !is_attribute_name(name) {
            return Err(self.malformed(xml, &format!("`{}` is no name of an attribute", excerpt(name))));
        }
        if attribute.value.contains('<') {
            return Err(self.malformed(xml, &format!("a `<` stands in the attribute `{}`", excerpt(name))));
        }
        let resolved = attribute.normalized_value_with(XmlVersion::Implicit1_0, 1, resolve_xml_entity);
        let value = resolved.map_err(|_| {
            self.malformed(
                xml,
                &format!("an `&` in the attribute `{}` stands for nothing", excerpt(name)),
            )
        })?;
        let tag = self.tag;
        Ok(XmlAttribute { tag, name, value })
    }

    #[cold]
    fn malformed(&self, xml: &Decoder<'a>, how: &str) -> DecodeError {
        xml.error_in(&self.tag, DecodeErrorKind::Malformed(how.to_owned()))
    }
}

fn what_is_wrong(error: &AttrError) -> &'static str {
    match error {
        AttrError::ExpectedEq(_) => "an attribute has no value",
        AttrError::UnquotedValue(_) | AttrError::ExpectedValue(_) | AttrError::ExpectedQuote(..) => {
            "the value of an attribute is not in quotes"
        }
        AttrError::Duplicated(..) => "an attribute stands twice",
    }
}

fn tokenizer_of(attributes: &str) -> Attributes<'_> {
    let mut tokenizer = Attributes::new(attributes, 0);
    // A second attribute of one name is handled as a second element is: the first one counts.
    tokenizer.with_checks(false);
    tokenizer
}

/// Takes ` name="value"` from the front of a tag's attributes, if it is plain: no blanks around the equals sign, double
/// quotes, and nothing in the value that stands for something else. Everything else is left to the tokenizer.
fn take_plain(attributes: &str) -> Option<(&str, &str, &str)> {
    let rest = attributes.strip_prefix(' ')?;
    let name_end = rest.bytes().position(|byte| !is_plain_name_byte(byte))?;
    let (name, rest) = rest.split_at(name_end);
    let rest = rest.strip_prefix("=\"")?;
    let value_end = rest
        .bytes()
        .position(|byte| matches!(byte, b'"' | b'&' | b'<') || byte < b' ')?;
    let (value, rest) = rest.split_at(value_end);
    let rest = rest.strip_prefix('"')?;
    (!name.is_empty()).then_some((name, value, rest))
}

fn is_plain_name_byte(byte: u8) -> bool {
    IS_NAME_BYTE[usize::from(byte)] || byte == b':'
}

/// What the tag's `xsi:nil` says, whatever its prefix.
pub(super) fn nil_of(tag: Tag<'_>) -> Option<Cow<'_, str>> {
    let mut attributes = Attributes::new(tag.attributes, 0);
    let nil =
        |attribute: &Attribute<'_>| attribute.key.prefix().is_some() && attribute.key.local_name().as_ref() == "nil";
    attributes
        .with_checks(false)
        .flatten()
        .find(nil)
        .map(|attribute| attribute.value)
}

/// Whether an attribute declares a namespace, or is one of those that any element may have.
fn is_of_xml_itself(name: &str) -> bool {
    // The shortest is `x:nil`, and most are `id`.
    name.len() >= 5
        && match name.split_once(':') {
            None => name == "xmlns",
            Some(("xmlns" | "xml" | "xsi", _)) => true,
            Some((_, name)) => matches!(name, "nil" | "type" | "schemaLocation" | "noNamespaceSchemaLocation"),
        }
}

impl<'a> Decoder<'a> {
    /// The attributes of a tag.
    pub fn attributes(&self, tag: &Tag<'a>) -> AttributeReader<'a> {
        AttributeReader::new(*tag, self.whole_leaves)
    }

    /// Reads an attribute's value into its field. Blanks around it do not count, unless it is a string.
    pub fn attribute<T: Text>(
        &mut self,
        attribute: &XmlAttribute<'a>,
        field: &mut Option<T>,
    ) -> Result<(), DecodeError> {
        if field.is_none() {
            let XmlAttribute { tag, name, value } = attribute;
            *field = Some(self.parsed(tag, name, value)?);
        }
        Ok(())
    }

    fn parsed<T: Text>(&self, tag: &Tag<'a>, name: &str, value: &str) -> Result<T, DecodeError> {
        T::parse(T::trim(value)).map_err(|InvalidText(expected)| self.bad_attribute(tag, name, value, expected))
    }

    #[cold]
    fn bad_attribute(&self, tag: &Tag<'a>, name: &str, value: &str, expected: &'static str) -> DecodeError {
        let found = excerpt(value);
        self.error_at(tag, name, DecodeErrorKind::Value { found, expected })
    }

    /// An element that only refers to an object, by its `id` attribute.
    pub fn reference<T: Text>(&mut self, tag: &Tag<'a>) -> Result<T, DecodeError> {
        let id = self.id_attribute(tag)?;
        let id = self.required(tag, "@id", id)?;
        self.parsed(tag, "id", &id)
    }

    /// The first `id` of an element of which nothing else counts, and which is read to its end.
    fn id_attribute(&mut self, tag: &Tag<'a>) -> Result<Option<Cow<'a, str>>, DecodeError> {
        let mut id = None;
        let mut attributes = self.attributes(tag);
        while let Some(attribute) = attributes.next(self)? {
            match attribute.name() {
                "id" => id = id.or(Some(attribute.value)),
                _ => self.unknown_attribute(&attribute),
            }
        }
        self.enter(tag)?;
        while let Some(child) = self.child()? {
            self.skip(child)?;
        }
        Ok(id)
    }

    /// Notes every attribute of a tag that should have none.
    pub fn expect_no_attributes(&mut self, tag: &Tag<'a>) -> Result<(), DecodeError> {
        match tag.attributes {
            "" => Ok(()),
            _ => self.note_attributes(tag),
        }
    }

    fn note_attributes(&mut self, tag: &Tag<'a>) -> Result<(), DecodeError> {
        let mut attributes = self.attributes(tag);
        while let Some(attribute) = attributes.next(self)? {
            self.unknown_attribute(&attribute);
        }
        Ok(())
    }

    /// Notes an attribute that the schema does not know.
    pub fn unknown_attribute(&mut self, attribute: &XmlAttribute<'a>) {
        if self.reports_unknown() {
            self.note_unknown(&attribute.tag, &format!("/@{}", excerpt(attribute.name())));
        }
    }
}
