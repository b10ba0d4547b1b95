//! A start tag and its attributes.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::attributes::{AttrError, Attribute, Attributes};

use super::error::excerpt;
use super::names::{IS_NAME_BYTE, is_attribute_name};

/// A start tag.
#[derive(Debug, Clone, Copy)]
pub struct Tag<'a> {
    /// The offset of its `<` in the body.
    pub(super) start: usize,
    /// The name as it is written, which the end tag repeats.
    pub(super) written_name: &'a str,
    /// The length of the prefix and its colon.
    pub(super) prefix_len: usize,
    /// Everything between the name and the end of the tag.
    pub(super) attributes: &'a str,
    pub(super) kind: TagKind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum TagKind {
    /// `<Name/>`
    Empty,
    /// `<Name>`: the content follows.
    Open,
}

impl<'a> Tag<'a> {
    /// Returns the element's local name.
    pub fn name(&self) -> &'a str {
        &self.written_name[self.prefix_len..]
    }

    /// Returns whether it is an empty element: `<Name/>`.
    pub(super) fn is_empty(&self) -> bool {
        self.kind == TagKind::Empty
    }

    /// Returns whether the element has `xsi:nil="true"`, which means that it has no value. Any prefix counts.
    pub(super) fn is_nil(&self) -> bool {
        // The attribute has a prefix, and so a colon. Most tags have none.
        !self.attributes.is_empty()
            && self.attributes.bytes().any(|byte| byte == b':')
            && self
                .prefixed_attribute("nil")
                .is_some_and(|value| matches!(value.trim(), "true" | "1"))
    }

    /// Returns the type that the element's `xsi:type` names, without its prefix.
    pub fn type_name(&self) -> Option<&'a str> {
        match self.prefixed_attribute("type")? {
            Cow::Borrowed(value) => value.trim_ascii().rsplit(':').next(),
            // The value is a slice of the body unless it contains references, which no type's name needs.
            Cow::Owned(_) => None,
        }
    }

    /// Returns the value of the first attribute with this local name that has a prefix.
    fn prefixed_attribute(&self, local: &str) -> Option<Cow<'a, str>> {
        let mut attributes = tokenize(self.attributes).flatten();
        let found = attributes
            .find(|attribute| attribute.key.prefix().is_some() && attribute.key.local_name().as_ref() == local)?;
        Some(found.value)
    }
}

/// An attribute of a tag.
pub struct XmlAttribute<'a> {
    pub(super) tag: Tag<'a>,
    name: &'a str,
    pub(super) value: Cow<'a, str>,
}

impl<'a> XmlAttribute<'a> {
    /// Returns the attribute's name, including its prefix.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// Returns whether the attribute is in a namespace and has this local name. Any prefix counts.
    pub fn is_qualified(&self, local: &str) -> bool {
        self.name.split_once(':').is_some_and(|(_, name)| name == local)
    }
}

/// Reads the attributes of a tag, in order. See [`Decoder::next_attribute`](super::Decoder::next_attribute).
///
/// Like the decoder, it has a fast path and a plain path. The fast path handles attributes as the service writes them;
/// at the first one that is written in another way, quick-xml's tokenizer takes over.
pub struct AttributeReader<'a> {
    tag: Tag<'a>,
    /// What remains for the fast path, as long as that could read everything before.
    fast: Option<&'a str>,
    plain: Attributes<'a>,
}

/// Attributes that are not well-formed. Holds what is wrong.
pub(super) struct MalformedAttribute(pub(super) String);

impl<'a> AttributeReader<'a> {
    pub(super) fn new(tag: Tag<'a>, fast_path: bool) -> Self {
        let fast = fast_path.then_some(tag.attributes);
        Self {
            tag,
            fast,
            plain: tokenize(tag.attributes),
        }
    }

    pub(super) fn tag(&self) -> &Tag<'a> {
        &self.tag
    }

    /// Returns the next attribute. Skips namespace declarations and `xsi:…`.
    pub(super) fn next(&mut self) -> Result<Option<XmlAttribute<'a>>, MalformedAttribute> {
        while let Some(attribute) = self.next_of_any_kind()? {
            if !is_markup(attribute.name) {
                return Ok(Some(attribute));
            }
        }
        Ok(None)
    }

    fn next_of_any_kind(&mut self) -> Result<Option<XmlAttribute<'a>>, MalformedAttribute> {
        if let Some(rest) = self.fast {
            if rest.is_empty() {
                return Ok(None);
            }
            if let Some((name, value, rest)) = split_plain(rest) {
                self.fast = Some(rest);
                return Ok(Some(XmlAttribute {
                    tag: self.tag,
                    name,
                    value: Cow::Borrowed(value),
                }));
            }
            // Not back to the fast path: nearly all tags are written in one style.
            self.fast = None;
            self.plain = tokenize(rest);
        }
        match self.plain.next() {
            Some(Ok(attribute)) => self.check(&attribute).map(Some),
            Some(Err(error)) => Err(MalformedAttribute(describe(&error).to_owned())),
            None => Ok(None),
        }
    }

    /// Checks the parts of an attribute that the tokenizer does not look at, and resolves references in its value.
    fn check(&self, attribute: &Attribute<'a>) -> Result<XmlAttribute<'a>, MalformedAttribute> {
        let name = attribute.key.into_inner();
        let malformed = |how: String| Err(MalformedAttribute(how));
        if !is_attribute_name(name) {
            return malformed(format!("`{}` is not a valid attribute name", excerpt(name)));
        }
        // XML forbids it, but quick-xml accepts it.
        if attribute.value.contains('<') {
            return malformed(format!("the attribute `{}` contains a `<`", excerpt(name)));
        }
        match attribute.normalized_value_with(XmlVersion::Implicit1_0, 1, resolve_xml_entity) {
            Ok(value) => Ok(XmlAttribute {
                tag: self.tag,
                name,
                value,
            }),
            Err(_) => malformed(format!(
                "the attribute `{}` contains an invalid reference",
                excerpt(name)
            )),
        }
    }
}

fn describe(error: &AttrError) -> &'static str {
    match error {
        AttrError::ExpectedEq(_) => "an attribute has no value",
        AttrError::UnquotedValue(_) | AttrError::ExpectedValue(_) | AttrError::ExpectedQuote(..) => {
            "an attribute value is not quoted"
        }
        AttrError::Duplicated(..) => "an attribute occurs twice",
    }
}

fn tokenize(attributes: &str) -> Attributes<'_> {
    let mut tokenizer = Attributes::new(attributes, 0);
    // Duplicates are handled as duplicate elements are: the first one counts. The tokenizer would compare each name
    // with all names before it, which takes quadratic time.
    tokenizer.with_checks(false);
    tokenizer
}

/// The fast path: splits ` name="value"` from the front of a tag's attributes, and returns name, value and rest.
///
/// Returns `None` unless the attribute is written exactly like that: no whitespace around the equals sign, double
/// quotes, and nothing in the value that must be resolved. The tokenizer handles everything else.
fn split_plain(attributes: &str) -> Option<(&str, &str, &str)> {
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

/// Returns whether an attribute declares a namespace, or is one that XML Schema allows on any element.
fn is_markup(name: &str) -> bool {
    // The shortest is `x:nil`, and most attributes are `id`: the length decides nearly always.
    name.len() >= 5
        && match name.split_once(':') {
            None => name == "xmlns",
            Some(("xmlns" | "xml" | "xsi", _)) => true,
            Some((_, name)) => matches!(name, "nil" | "type" | "schemaLocation" | "noNamespaceSchemaLocation"),
        }
}
