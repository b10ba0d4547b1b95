//! Elements of which a page declares nothing, kept as XML.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use quick_xml::Reader;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesStart, Event};

use super::decoder::Decoder;
use super::element::Element;
use super::encoder::Encoder;
use super::error::{DecodeError, DecodeErrorKind};
use super::tag::Tag;

/// How many bytes of a start tag, and how many attributes in it, are searched for namespace declarations.
const MAX_TAG: usize = 64 * 1024;
const MAX_DECLARATIONS: usize = 100;

/// An element that may contain anything (`xs:anyType`), as XML, with its own tags.
///
/// Prefixes that are declared further out are declared on the element, so that it can be read on its own. If a list is
/// streamed, those that only the root of the list declares are not known.
///
/// In a request, the element must have the name that the page gives it.
///
/// ```
/// use spektrix_v2::AnyXml;
///
/// let value: AnyXml = "<Value><Seat row=\"A\">7</Seat></Value>".parse()?;
/// assert!(value.as_str().contains("Seat"));
/// assert!("<Value>".parse::<AnyXml>().is_err());
/// # Ok::<(), spektrix_v2::InvalidXml>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AnyXml(String);

/// A string that is not a single well-formed element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidXml(String);

impl AnyXml {
    /// Returns the element as XML.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AnyXml {
    type Err = InvalidXml;

    fn from_str(text: &str) -> Result<Self, InvalidXml> {
        let text = text.trim_ascii();
        check(text).map_err(InvalidXml)?;
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for AnyXml {
    type Error = InvalidXml;

    fn try_from(text: String) -> Result<Self, InvalidXml> {
        text.parse()
    }
}

impl From<AnyXml> for String {
    fn from(xml: AnyXml) -> Self {
        xml.0
    }
}

impl fmt::Display for InvalidXml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a single XML element: {}", self.0)
    }
}

impl std::error::Error for InvalidXml {}

impl Element for AnyXml {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        let start = tag.start;
        xml.skip_silently(&tag)?;
        let element = &xml.position.body[start..xml.offset()];
        // Skipping does not look at attributes.
        check(element).map_err(|how| xml.position.error_in(&tag, DecodeErrorKind::Malformed(how)))?;
        Ok(Self(with_declarations(element, &declarations(xml))))
    }

    fn write(&self, xml: &mut Encoder, _: &'static str) {
        let has_own = start_tag(&self.0).is_some_and(|tag| declared_in(tag).any(|(prefix, _)| prefix.is_empty()));
        if has_own || xml.default_namespace().is_none() {
            xml.raw(&self.0);
        } else {
            let none = BTreeMap::from([(String::new(), String::new())]);
            xml.raw(&with_declarations(&self.0, &none));
        }
    }
}

/// Checks that a text is one element whose tags match, and whose attributes are well-formed.
fn check(text: &str) -> Result<(), String> {
    let mut reader = Reader::from_str(text);
    let (mut open, mut roots) = (0_usize, 0);
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(tag) => {
                check_attributes(&tag)?;
                roots += usize::from(open == 0);
                open += 1;
            }
            Event::Empty(tag) => {
                check_attributes(&tag)?;
                roots += usize::from(open == 0);
            }
            Event::End(_) => open = open.saturating_sub(1),
            Event::DocType(_) => return Err("it has a document type declaration".to_owned()),
            Event::Eof if open > 0 => return Err("it ends inside an element".to_owned()),
            Event::Eof if roots == 1 => return Ok(()),
            Event::Eof => return Err(format!("it has {roots} elements")),
            Event::Text(text) if open == 0 && !text.trim_ascii().is_empty() => {
                return Err("it has text outside the element".to_owned());
            }
            _ => {}
        }
    }
}

fn check_attributes(tag: &BytesStart<'_>) -> Result<(), String> {
    let mut attributes = tag.attributes();
    // Looking for duplicates takes quadratic time.
    attributes.with_checks(false);
    let invalid = attributes.find_map(Result::err);
    invalid.map_or(Ok(()), |error| Err(error.to_string()))
}

/// Returns the namespaces in scope inside the element that was entered last, still escaped, by prefix.
fn declarations(xml: &Decoder<'_>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let body = xml.position.body;
    // From the innermost element, whose declarations count.
    for name in xml.position.open_names().iter().rev() {
        // The root of a streamed list is not in this part of the body.
        let after = offset_in(body, name).map(|at| &body[at + name.len()..]);
        if let Some(tag) = after.and_then(tag_rest) {
            for (prefix, namespace) in declared_in(tag) {
                found.entry(prefix).or_insert(namespace);
            }
        }
    }
    found
}

/// Returns the offset of a part of the body, if it is one.
fn offset_in(body: &str, part: &str) -> Option<usize> {
    // Without unsafe code, the only way from a slice to its position is to compare addresses.
    let at = part.as_ptr().addr().checked_sub(body.as_ptr().addr())?;
    let found = body.get(at..at.checked_add(part.len())?)?;
    std::ptr::eq(found, part).then_some(at)
}

/// Returns what follows the name in a start tag.
fn tag_rest(text: &str) -> Option<&str> {
    let mut quote = None;
    let end = text.bytes().take(MAX_TAG).position(|byte| {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
        quote.is_none() && byte == b'>'
    })?;
    Some(text[..end].trim_end_matches('/'))
}

/// Returns the start tag of an element without its name.
fn start_tag(element: &str) -> Option<&str> {
    tag_rest(&element[end_of_name(element)..])
}

fn end_of_name(element: &str) -> usize {
    let end = element.find(|character: char| character.is_ascii_whitespace() || matches!(character, '/' | '>'));
    end.unwrap_or(element.len())
}

/// Returns the namespaces that a tag declares, by prefix: empty for the default namespace.
fn declared_in(tag: &str) -> impl Iterator<Item = (String, String)> {
    let mut attributes = Attributes::new(tag, 0);
    attributes.with_checks(false);
    let declared = attributes.take(MAX_DECLARATIONS).flatten().filter_map(|attribute| {
        let name = attribute.key.into_inner();
        let prefix = match name.strip_prefix("xmlns") {
            Some("") => "",
            Some(rest) => rest.strip_prefix(':')?,
            None => return None,
        };
        Some((prefix.to_owned(), attribute.value.replace('"', "&quot;")))
    });
    declared.collect::<Vec<_>>().into_iter()
}

/// Adds the namespaces that an element uses, and does not declare itself.
fn with_declarations(element: &str, in_scope: &BTreeMap<String, String>) -> String {
    let own: BTreeMap<String, String> = start_tag(element).map(declared_in).into_iter().flatten().collect();
    let (name, rest) = element.split_at(end_of_name(element));
    let missing = in_scope.iter().filter(|(prefix, _)| !own.contains_key(*prefix));
    let used = missing.filter(|(prefix, _)| prefix.is_empty() || element.contains(&format!("{prefix}:")));
    let added = used.map(|(prefix, namespace)| {
        let colon = if prefix.is_empty() { "" } else { ":" };
        format!(" xmlns{colon}{prefix}=\"{namespace}\"")
    });
    let added: Vec<String> = added.collect();
    let added = added.concat();
    format!("{name}{added}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::{Body, BodyNames, DecodeOptions, Style};

    const NAMES: BodyNames = BodyNames {
        root: "Box",
        item: "Value",
    };

    #[test]
    fn an_element_is_kept_with_the_namespaces_it_uses() {
        let rows = [
            ("<Box><Value/></Box>", "<Value/>"),
            ("<Box><Value>a &amp; b</Value></Box>", "<Value>a &amp; b</Value>"),
            (
                "<Box><Value a='1'><b/><!-- c --></Value></Box>",
                "<Value a='1'><b/><!-- c --></Value>",
            ),
            (
                r#"<Box xmlns:p="urn:p" xmlns:q="urn:q"><Value><p:b/></Value></Box>"#,
                r#"<Value xmlns:p="urn:p"><p:b/></Value>"#,
            ),
            (
                r#"<Box xmlns="urn:b"><Value t:kind="1" xmlns:t="urn:t"/></Box>"#,
                r#"<Value xmlns="urn:b" t:kind="1" xmlns:t="urn:t"/>"#,
            ),
            (
                r#"<x:Box xmlns:x="urn:>"><x:Value/></x:Box>"#,
                r#"<x:Value xmlns:x="urn:>"/>"#,
            ),
        ];
        for (body, expected) in rows {
            let decoded = Vec::<AnyXml>::decode(body.as_bytes(), NAMES, &DecodeOptions::default());
            let value = decoded.unwrap_or_else(|error| panic!("{body}: {error}")).value;
            assert_eq!(
                value.iter().map(AnyXml::as_str).collect::<Vec<_>>(),
                [expected],
                "{body}"
            );
        }
    }

    #[test]
    fn an_element_is_written_as_it_was_read() {
        let value: AnyXml = "<Value><b/></Value>".parse().unwrap_or_else(|error| panic!("{error}"));
        let rows = [
            ("Box", "<Box><Value><b/></Value></Box>"),
            ("{urn:b}Box", r#"<Box xmlns="urn:b"><Value xmlns=""><b/></Value></Box>"#),
        ];
        for (root, expected) in rows {
            let names = BodyNames { root, item: "Value" };
            let written = vec![value.clone()].encode(names, Style::Request).unwrap_or_default();
            assert!(written.is_some_and(|text| text.ends_with(expected)), "{root}");
        }
    }

    #[test]
    fn malformed_elements_are_refused() {
        for text in [
            "",
            "text",
            "<a>",
            "<a/><b/>",
            "<a b/>",
            "<a></b>",
            "<!DOCTYPE a><a/>",
            "<a/>text",
        ] {
            assert!(text.parse::<AnyXml>().is_err(), "{text}");
        }
        for body in ["<Box><Value a=1/></Box>", "<Box><Value><b c/></Value></Box>"] {
            let decoded = Vec::<AnyXml>::decode(body.as_bytes(), NAMES, &DecodeOptions::default());
            assert!(decoded.is_err(), "{body}");
        }
    }
}
