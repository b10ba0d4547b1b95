//! The information in an XML document, without the details of its syntax.
//!
//! Comments, processing instructions, namespace declarations, prefixes, the order of attributes, and whitespace between
//! elements do not count. Everything else counts, including the order of elements.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::{Context as _, Result};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// One part of a document, with the path of local names that leads to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// An element begins: `Events/Event`.
    Element(String),
    /// It has an attribute: `Events/Event/@id`.
    Attribute(String, String),
    /// It contains text: `Events/Event/Name`.
    Text(String, String),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Element(path) => f.write_str(path),
            Self::Attribute(path, value) | Self::Text(path, value) => write!(f, "{path} = {value:?}"),
        }
    }
}

/// Returns the parts of a document, in order.
pub fn parts(xml: &str) -> Result<Vec<Part>> {
    let mut reader = Reader::from_str(xml);
    let mut walk = Walk::default();
    loop {
        let event = reader.read_event();
        match event.with_context(|| format!("broken XML at byte {}", reader.error_position()))? {
            Event::Start(start) => walk.start(&start)?,
            Event::Empty(start) => {
                walk.start(&start)?;
                walk.end();
            }
            Event::End(_) => walk.end(),
            Event::Text(text) => walk.text.push_str(&text.xml10_content()),
            Event::CData(text) => walk.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => walk.text.push_str(&resolve(&reference)?),
            Event::Eof => return Ok(walk.parts),
            _ => {}
        }
    }
}

/// Returns the first difference between the information in two documents, if there is one.
pub fn difference(expected: &str, found: &str) -> Result<Option<String>> {
    let (expected, found) = (parts(expected)?, parts(found)?);
    let longer = expected.len().max(found.len());
    let differing = (0..longer).find(|at| expected.get(*at) != found.get(*at));
    Ok(differing.map(|at| {
        let shown = |part: Option<&Part>| part.map_or_else(|| "the end".to_owned(), ToString::to_string);
        let (expected, found) = (shown(expected.get(at)), shown(found.get(at)));
        format!("part {at}: expected {expected}, found {found}")
    }))
}

#[derive(Default)]
struct Walk {
    parts: Vec<Part>,
    /// The path of each open element, and whether it has children.
    open: Vec<(String, bool)>,
    text: String,
}

impl Walk {
    fn start(&mut self, start: &BytesStart<'_>) -> Result<()> {
        let name = start.local_name().as_ref().to_owned();
        if let Some((_, has_children)) = self.open.last_mut() {
            *has_children = true;
        }
        self.finish_text();
        let path = match self.open.last() {
            Some((parent, _)) => format!("{parent}/{name}"),
            None => name,
        };
        self.parts.push(Part::Element(path.clone()));
        for (name, value) in attributes(start)? {
            self.parts.push(Part::Attribute(format!("{path}/@{name}"), value));
        }
        self.open.push((path, false));
        Ok(())
    }

    fn end(&mut self) {
        self.finish_text();
        self.open.pop();
    }

    fn finish_text(&mut self) {
        let text = std::mem::take(&mut self.text);
        let Some((path, has_children)) = self.open.last() else {
            return;
        };
        if !(text.is_empty() || *has_children && text.trim_ascii().is_empty()) {
            self.parts.push(Part::Text(path.clone(), text));
        }
    }
}

fn attributes(start: &BytesStart<'_>) -> Result<BTreeMap<String, String>> {
    let mut attributes = BTreeMap::new();
    for attribute in start.attributes() {
        let attribute = attribute?;
        if !attribute.key.as_ref().starts_with("xmlns") {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0)?;
            attributes.insert(attribute.key.local_name().as_ref().to_owned(), value.into_owned());
        }
    }
    Ok(attributes)
}

fn resolve(reference: &BytesRef<'_>) -> Result<String> {
    if let Some(character) = reference.resolve_char_ref()? {
        return Ok(character.to_string());
    }
    let text = quick_xml::escape::resolve_predefined_entity(reference);
    text.map(str::to_owned)
        .with_context(|| format!("unknown entity &{};", &**reference))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syntax_does_not_count() {
        let plain = r#"<A x="1" y="2"><B>a&lt;b</B><C/><D> </D></A>"#;
        let rows = [
            r#"<?xml version="1.0"?><!-- c --><A y='2' x='1'><B>a&#60;b</B><C/><D> </D></A>"#,
            "<A x=\"1\" y=\"2\" xmlns:q=\"urn:q\">\r\n  <B>a<![CDATA[<]]>b</B>\r\n  <q:C></q:C><?pi?><D> </D>\r\n</A>",
        ];
        for row in rows {
            assert_eq!(difference(plain, row).unwrap(), None, "{row}");
        }
    }

    #[test]
    fn everything_else_counts() {
        let plain = r#"<A x="1"><B>t</B><C/></A>"#;
        let rows = [
            (
                r#"<A x="2"><B>t</B><C/></A>"#,
                "part 1: expected A/@x = \"1\", found A/@x = \"2\"",
            ),
            (
                r#"<A x="1"><B>t </B><C/></A>"#,
                "part 3: expected A/B = \"t\", found A/B = \"t \"",
            ),
            (r#"<A x="1"><C/><B>t</B></A>"#, "part 2: expected A/B, found A/C"),
            (r#"<A x="1"><B>t</B></A>"#, "part 4: expected A/C, found the end"),
            (
                r#"<A x="1"><B>t</B><C>u</C></A>"#,
                "part 5: expected the end, found A/C = \"u\"",
            ),
            (
                r#"<A x="1"><B>t</B><C/>u</A>"#,
                "part 5: expected the end, found A = \"u\"",
            ),
            (r#"<A x="1"><B>t<C/></B></A>"#, "part 4: expected A/C, found A/B/C"),
        ];
        for (row, expected) in rows {
            assert_eq!(difference(plain, row).unwrap().as_deref(), Some(expected), "{row}");
        }
        assert!(difference(plain, "<A><B></A>").is_err());
    }
}
