//! Takes the schemas out of their `Schemas` wrapper.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};

use crate::error::{Error, Result};

/// How deep the elements of a page may stand in each other. .NET's exporters need about ten levels.
const MAX_DEPTH: usize = 40;

/// How large a page may be. The largest that is known has 40 kB.
const MAX_PAGE: usize = 4 * 1024 * 1024;

/// How many attributes a tag may have, namespace declarations included. .NET's exporters write at most a dozen.
///
/// The reader inside xsd-parser (quick-xml 0.38) compares each with all others: RUSTSEC-2026-0194.
const MAX_ATTRIBUTES: usize = 64;

/// How many namespace declarations may be in scope of a tag. .NET's exporters write one for each namespace that a
/// schema refers to.
///
/// The reader inside xsd-parser keeps them all, and goes through them for each prefix: RUSTSEC-2026-0195.
const MAX_NAMESPACES: usize = 100;

/// How long a name may be.
const MAX_NAME: usize = 1024;

/// The text of each `schema` element below the root, with the prefixes that the root declares.
pub(super) fn split<'a>(page: &str, text: &'a str) -> Result<Vec<Cow<'a, str>>> {
    let failed = |what: String| Error::new(page, what);
    if text.len() > MAX_PAGE {
        return Err(failed(format!(
            "is larger than {} MB, which no schema page is",
            MAX_PAGE / 1024 / 1024
        )));
    }
    let text = text.trim_start_matches('\u{FEFF}');
    let mut reader = Reader::from_str(text);
    let (mut schemas, mut inherited) = (Vec::new(), Vec::new());
    let (mut open, mut start) = (Vec::<Open>::new(), 0);
    loop {
        let before = position(&reader, text);
        let event = reader.read_event();
        match event.map_err(|error| failed(format!("is not well-formed XML: {error}; fetch the page again")))? {
            Event::Start(tag) => {
                check(page, &open, &tag)?;
                match open.len() {
                    0 => inherited = declarations(&tag),
                    1 => start = before,
                    _ => {}
                }
                open.push(Open::new(&open, &tag));
            }
            Event::Empty(tag) => {
                check(page, &open, &tag)?;
                if open.len() == 1 {
                    schemas.push(with(&text[before..position(&reader, text)], &inherited));
                }
            }
            Event::End(_) => {
                open.pop();
                if open.len() == 1 {
                    schemas.push(with(&text[start..position(&reader, text)], &inherited));
                }
            }
            Event::DocType(_) => {
                let what = "has a document type declaration, which .NET never writes: fetch the page again";
                return Err(failed(what.to_owned()));
            }
            Event::Eof => match open.last() {
                Some(Open { name, .. }) => {
                    let what = format!("stops in the middle, inside <{name}>: fetch the page again");
                    return Err(failed(what));
                }
                None => break,
            },
            _ => {}
        }
    }
    if schemas.is_empty() {
        let what = "holds no schema, though it should describe a body: fetch the page again, and if it stays so, the \
                    service has nothing to say here";
        return Err(failed(what.to_owned()));
    }
    Ok(schemas)
}

/// An element whose end is still to come.
struct Open {
    name: String,
    /// How many namespace declarations are in scope inside of it.
    namespaces: usize,
}

impl Open {
    fn new(parents: &[Self], tag: &BytesStart<'_>) -> Self {
        Self {
            name: tag.local_name().as_ref().to_owned(),
            namespaces: namespaces_in_scope(parents, tag),
        }
    }
}

fn namespaces_in_scope(parents: &[Open], tag: &BytesStart<'_>) -> usize {
    let own = attributes(tag).filter(|attribute| attribute.key.as_ref().starts_with("xmlns"));
    parents.last().map_or(0, |parent| parent.namespaces) + own.count()
}

/// The attributes of a tag. That their names differ is not checked here: xsd-parser does so.
fn attributes<'a>(tag: &'a BytesStart<'_>) -> impl Iterator<Item = Attribute<'a>> {
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    attributes.flatten()
}

fn check(page: &str, open: &[Open], tag: &BytesStart<'_>) -> Result<()> {
    let place = || {
        let names = open.iter().take(8).map(|open| open.name.chars().take(40));
        names.map(Iterator::collect::<String>).collect::<Vec<_>>().join("/")
    };
    if attributes(tag).nth(MAX_ATTRIBUTES).is_some() {
        let what = format!("has a tag with more than {MAX_ATTRIBUTES} attributes in {}", place());
        return Err(Error::new(page, what));
    }
    if namespaces_in_scope(open, tag) > MAX_NAMESPACES {
        let what = format!("has more than {MAX_NAMESPACES} namespaces in scope in {}", place());
        return Err(Error::new(page, what));
    }
    if open.len() >= MAX_DEPTH {
        let what = format!(
            "has elements more than {MAX_DEPTH} deep in each other, below {}",
            place()
        );
        return Err(Error::new(page, what));
    }
    let longest = attributes(tag).filter(|attribute| {
        let key = attribute.key.as_ref();
        matches!(key, "name" | "type" | "base" | "ref" | "itemType") && attribute.value.len() > MAX_NAME
    });
    if let Some(attribute) = longest.into_iter().next() {
        let what = format!(
            "has a name of {} bytes in {}, where {MAX_NAME} are allowed",
            attribute.value.len(),
            place()
        );
        return Err(Error::new(page, what));
    }
    Ok(())
}

/// The namespace declarations of the root: `xmlns:x`, and its value as it stands there.
fn declarations(root: &BytesStart<'_>) -> Vec<(String, String)> {
    let prefixes = attributes(root).filter(|attribute| attribute.key.as_ref().starts_with("xmlns:"));
    prefixes
        .map(|attribute| {
            (
                attribute.key.as_ref().to_owned(),
                attribute.value.replace('"', "&quot;"),
            )
        })
        .collect()
}

/// A schema with the declarations that it inherits, but for those that it makes itself.
fn with<'a>(schema: &'a str, inherited: &[(String, String)]) -> Cow<'a, str> {
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
