//! Splits a schema page into its schemas, and refuses pages that are unsafe to parse.
//!
//! xsd-parser has no limits, so the limits of this module apply to everything that it parses.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};

use crate::error::{Error, Result};

/// The largest page, in bytes. The largest page that is known has 40 kB.
const MAX_PAGE: usize = 4 * 1024 * 1024;

/// The deepest level of elements. .NET's exporters need about ten.
const MAX_DEPTH: usize = 40;

/// The longest name, in bytes.
const MAX_NAME: usize = 1024;

/// The largest number of attributes in a tag, including namespace declarations. .NET's exporters write at most a dozen.
///
/// The reader inside xsd-parser (quick-xml 0.38) compares each attribute with all others: RUSTSEC-2026-0194.
const MAX_ATTRIBUTES: usize = 64;

/// The largest number of namespace declarations in scope. .NET's exporters write one per namespace that a schema uses.
///
/// The reader inside xsd-parser stores them all and searches them for each prefix: RUSTSEC-2026-0195.
const MAX_NAMESPACES: usize = 100;

/// Returns the text of each `schema` element below the root, with the prefixes that the root declares. There is at least one.
pub(super) fn split_schemas<'a>(page: &str, text: &'a str) -> Result<Vec<Cow<'a, str>>> {
    let schemas = split(page, text)?;
    if schemas.is_empty() {
        let description = "the page has no schema. Fetch it again; if it still has none, the service does not describe \
                           this body";
        return Err(Error::new(page, description));
    }
    Ok(schemas)
}

/// Checks the limits of a page.
pub(super) fn check_page(page: &str, text: &str) -> Result<()> {
    split(page, text).map(drop)
}

fn split<'a>(page: &str, text: &'a str) -> Result<Vec<Cow<'a, str>>> {
    let error = |description: String| Error::new(page, description);
    if text.len() > MAX_PAGE {
        let limit = MAX_PAGE / 1024 / 1024;
        return Err(error(format!("the page is larger than the limit of {limit} MB")));
    }
    let text = text.trim_start_matches('\u{FEFF}');
    let mut reader = Reader::from_str(text);
    let (mut schemas, mut inherited) = (Vec::new(), Vec::new());
    let (mut open, mut start) = (Vec::<OpenElement>::new(), 0);
    loop {
        let before = position(&reader, text);
        let event = reader.read_event();
        match event.map_err(|e| error(format!("malformed XML: {e}. Fetch the page again")))? {
            Event::Start(tag) => {
                check_limits(page, &open, &tag)?;
                match open.len() {
                    0 => inherited = namespace_declarations(&tag),
                    1 => start = before,
                    _ => {}
                }
                open.push(OpenElement::new(&open, &tag));
            }
            Event::Empty(tag) => {
                check_limits(page, &open, &tag)?;
                if open.len() == 1 {
                    schemas.push(with_declarations(&text[before..position(&reader, text)], &inherited));
                }
            }
            Event::End(_) => {
                open.pop();
                if open.len() == 1 {
                    schemas.push(with_declarations(&text[start..position(&reader, text)], &inherited));
                }
            }
            Event::DocType(_) => {
                let description = "the page has a document type declaration, which .NET never writes. Fetch it again";
                return Err(error(description.to_owned()));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if let Some(OpenElement { name, .. }) = open.last() {
        let description = format!("the page ends inside <{name}>. Fetch it again");
        return Err(error(description));
    }
    Ok(schemas)
}

/// An element whose end tag was not read yet.
struct OpenElement {
    name: String,
    /// The number of namespace declarations in scope.
    namespaces: usize,
}

impl OpenElement {
    fn new(parents: &[Self], tag: &BytesStart<'_>) -> Self {
        Self {
            name: tag.local_name().as_ref().to_owned(),
            namespaces: namespaces_in_scope(parents, tag),
        }
    }
}

fn namespaces_in_scope(parents: &[OpenElement], tag: &BytesStart<'_>) -> usize {
    let own = attributes(tag).filter(|attribute| attribute.key.as_ref().starts_with("xmlns"));
    parents.last().map_or(0, |parent| parent.namespaces) + own.count()
}

/// Returns the attributes of a tag, without checking that their names differ. xsd-parser checks that.
fn attributes<'a>(tag: &'a BytesStart<'_>) -> impl Iterator<Item = Attribute<'a>> {
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    attributes.flatten()
}

fn check_limits(page: &str, open: &[OpenElement], tag: &BytesStart<'_>) -> Result<()> {
    let exceeded = |what: String| {
        let names = open.iter().take(8).map(|open| open.name.chars().take(40));
        let path = names.map(Iterator::collect::<String>).collect::<Vec<_>>().join("/");
        Err(Error::new(page, format!("the page has {what}, in {path}")))
    };
    if open.len() >= MAX_DEPTH {
        return exceeded(format!("more than {MAX_DEPTH} levels of elements"));
    }
    if attributes(tag).nth(MAX_ATTRIBUTES).is_some() {
        return exceeded(format!("a tag with more than {MAX_ATTRIBUTES} attributes"));
    }
    if namespaces_in_scope(open, tag) > MAX_NAMESPACES {
        return exceeded(format!("more than {MAX_NAMESPACES} namespaces in scope"));
    }
    let has_name = |key: &str| matches!(key, "name" | "type" | "base" | "ref" | "itemType");
    let too_long =
        attributes(tag).find(|attribute| has_name(attribute.key.as_ref()) && attribute.value.len() > MAX_NAME);
    match too_long.map(|attribute| attribute.value.len()) {
        Some(length) => exceeded(format!("a name of {length} bytes, more than the limit of {MAX_NAME}")),
        None => Ok(()),
    }
}

/// Returns the namespace declarations of the root: `xmlns:x` and its value, still escaped.
fn namespace_declarations(root: &BytesStart<'_>) -> Vec<(String, String)> {
    let prefixes = attributes(root).filter(|attribute| attribute.key.as_ref().starts_with("xmlns:"));
    prefixes
        .map(|attribute| {
            let value = attribute.value.replace('"', "&quot;");
            (attribute.key.as_ref().to_owned(), value)
        })
        .collect()
}

/// Adds the inherited declarations to a schema, except those that it makes itself.
fn with_declarations<'a>(schema: &'a str, inherited: &[(String, String)]) -> Cow<'a, str> {
    if inherited.is_empty() {
        return Cow::Borrowed(schema);
    }
    let tag_end = schema.find('>').unwrap_or(schema.len());
    let name_end = schema[..tag_end]
        .find(|c: char| c.is_whitespace() || c == '/')
        .unwrap_or(tag_end);
    let (name, rest) = schema.split_at(name_end);
    let own = &schema[name_end..tag_end];
    let missing = inherited.iter().filter(|(key, _)| !own.contains(&format!("{key}=")));
    let missing: Vec<String> = missing.map(|(key, value)| format!(" {key}=\"{value}\"")).collect();
    Cow::Owned(format!("{name}{}{rest}", missing.concat()))
}

fn position(reader: &Reader<&[u8]>, text: &str) -> usize {
    text.len() - reader.get_ref().len()
}
