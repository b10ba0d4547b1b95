//! Reads the documentation of declarations: `xs:annotation` with `xs:documentation`.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesRef, Event};
use xsd_parser::models::schema::xs::{
    Annotation, ComplexBaseType, ComplexBaseTypeContent, ElementType, ElementTypeContent, SimpleBaseType,
    SimpleBaseTypeContent,
};

use crate::printable::as_markdown;

/// The first of the characters that replace references in documentation: of a range that no text uses.
///
/// xsd-parser drops references in what it does not interpret, so they are replaced before it reads a page.
const PLACEHOLDER: u32 = 0xF_5000;

/// The characters that XML can only represent as references, or may.
const ESCAPED: [(&str, char); 5] = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];

/// Replaces the references in the text of a page. Of the text of a schema, only documentation is read.
pub(super) fn keep_references(page: &str) -> Cow<'_, str> {
    if !page.contains('&') {
        return Cow::Borrowed(page);
    }
    let mut reader = Reader::from_str(page);
    let (mut kept, mut copied) = (String::new(), 0);
    loop {
        let before = page.len() - reader.get_ref().len();
        // A malformed page is refused where it is parsed.
        match reader.read_event() {
            Ok(Event::GeneralRef(name)) => {
                if let Some(placeholder) = placeholder(&name) {
                    kept.push_str(&page[copied..before]);
                    kept.push(placeholder);
                    copied = page.len() - reader.get_ref().len();
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    kept.push_str(&page[copied..]);
    Cow::Owned(kept)
}

fn placeholder(reference: &BytesRef<'_>) -> Option<char> {
    let character = match reference.resolve_char_ref() {
        Ok(Some(character)) => character,
        _ => ESCAPED.iter().find(|(name, _)| *name == &**reference)?.1,
    };
    let at = (0..).zip(ESCAPED).find(|(_, (_, escaped))| *escaped == character);
    at.map_or(Some(character), |(at, _)| char::from_u32(PLACEHOLDER + at))
}

/// Returns a text with the characters of its references.
fn with_characters(text: &str) -> String {
    let original = |character: char| {
        let at = u32::from(character)
            .checked_sub(PLACEHOLDER)
            .and_then(|at| usize::try_from(at).ok());
        at.and_then(|at| ESCAPED.get(at))
            .map_or(character, |(_, escaped)| *escaped)
    };
    text.chars().map(original).collect()
}

/// Returns the text of annotations. It is plain text on the page, so it is escaped for Markdown.
pub(super) fn text<'a>(annotations: impl Iterator<Item = &'a Annotation>) -> String {
    let mut paragraphs = Vec::new();
    for annotation in annotations {
        // What cannot be serialized is not documentation, and is left out.
        for text in annotation.extract_documentation().unwrap_or_default() {
            let text = unescape(&text).map_or_else(|_| text.clone(), std::borrow::Cow::into_owned);
            let words: Vec<&str> = text.split_whitespace().collect();
            if !words.is_empty() {
                paragraphs.push(as_markdown(&with_characters(&words.join(" "))));
            }
        }
    }
    paragraphs.join("\n\n")
}

/// Returns the documentation of an element: of its reference, or of its declaration.
pub(super) fn of_element(reference: &ElementType, declared: &ElementType) -> String {
    let own = |element: &ElementType| {
        text(element.content.iter().filter_map(|content| match content {
            ElementTypeContent::Annotation(annotation) => Some(annotation),
            _ => None,
        }))
    };
    match own(reference) {
        text if text.is_empty() => own(declared),
        text => text,
    }
}

/// Returns the documentation of a complex type.
pub(super) fn of_complex_type(declared: &ComplexBaseType) -> String {
    text(declared.content.iter().filter_map(|content| match content {
        ComplexBaseTypeContent::Annotation(annotation) => Some(annotation),
        _ => None,
    }))
}

/// Returns the documentation of a simple type.
pub(super) fn of_simple_type(declared: &SimpleBaseType) -> String {
    text(declared.content.iter().filter_map(|content| match content {
        SimpleBaseTypeContent::Annotation(annotation) => Some(annotation),
        _ => None,
    }))
}

/// Returns the simple types that an element declares inside itself.
pub(super) fn inner_types(element: &ElementType) -> impl Iterator<Item = InnerType<'_>> {
    element.content.iter().filter_map(|content| match content {
        ElementTypeContent::SimpleType(declared) => Some(InnerType::Simple(declared)),
        ElementTypeContent::ComplexType(declared) => Some(InnerType::Complex(declared)),
        _ => None,
    })
}

/// A type that an element declares inside itself.
#[derive(Clone, Copy)]
pub(super) enum InnerType<'a> {
    Simple(&'a SimpleBaseType),
    Complex(&'a ComplexBaseType),
}
