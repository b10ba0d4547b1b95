//! Adds parts, types and values that no schema knows to a body, as a later release of the service might.

use std::collections::BTreeSet;
use std::io::Write as _;

use anyhow::Result;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, Writer};

const ATTRIBUTE: &str = "unknownAttribute";
const ELEMENT: &str = "UnknownPart";
const FRAGMENT: &str = concat!(
    "<?unknown instruction?><!-- unknown <Name>comment</Name> -->",
    r#"<UnknownPart level="1"><Deeper>text &amp; <Deepest id="2"/><![CDATA[</UnknownPart>]]></Deeper></UnknownPart>"#
);

/// A body with unknown parts, and the paths by which they should be reported.
#[derive(Debug)]
pub struct Injected {
    /// The body.
    pub xml: String,
    /// The paths.
    pub paths: BTreeSet<String>,
}

/// Adds an unknown attribute to every element. Adds an unknown element, a comment and a processing instruction as its
/// first and last children.
pub fn unknown_parts(xml: &str) -> Result<Injected> {
    let mut reader = Reader::from_str(xml);
    let mut injector = Injector {
        writer: Writer::new(Vec::new()),
        open: Vec::new(),
        paths: BTreeSet::new(),
    };
    loop {
        match reader.read_event()? {
            Event::Start(start) => injector.start(start)?,
            Event::Empty(start) => {
                let end = start.to_end().into_owned();
                injector.start(start)?;
                injector.end(end)?;
            }
            Event::End(end) => injector.end(end)?,
            Event::Eof => break,
            other => injector.writer.write_event(other)?,
        }
    }
    Ok(Injected {
        xml: String::from_utf8(injector.writer.into_inner())?,
        paths: injector.paths,
    })
}

/// Adds an `xsi:type` that no schema knows to every element.
pub fn unknown_types(xml: &str) -> Result<String> {
    let mut reader = Reader::from_str(xml);
    let mut writer = Writer::new(Vec::new());
    let typed = |mut start: BytesStart<'static>| {
        start.push_attribute(("xmlns:later", "http://www.w3.org/2001/XMLSchema-instance"));
        start.push_attribute(("later:type", "UnknownType"));
        start
    };
    loop {
        match reader.read_event()?.into_owned() {
            Event::Start(start) => writer.write_event(Event::Start(typed(start)))?,
            Event::Empty(start) => writer.write_event(Event::Empty(typed(start)))?,
            Event::Eof => return Ok(String::from_utf8(writer.into_inner())?),
            other => writer.write_event(other)?,
        }
    }
}

/// Returns a body for each text in an element with one of these paths. In it, another text replaces that text.
pub fn other_text(xml: &str, paths: &BTreeSet<String>, text: &str) -> Result<Vec<(String, String)>> {
    let mut reader = Reader::from_str(xml);
    let (mut open, mut bodies) = (Vec::new(), Vec::new());
    loop {
        let before = usize::try_from(reader.buffer_position())?;
        match reader.read_event()? {
            Event::Start(start) => open.push(start.local_name().as_ref().to_owned()),
            Event::End(_) => drop(open.pop()),
            Event::Text(_) if paths.contains(&open.join("/")) => {
                let behind = usize::try_from(reader.buffer_position())?;
                bodies.push((open.join("/"), format!("{}{text}{}", &xml[..before], &xml[behind..])));
            }
            Event::Eof => return Ok(bodies),
            _ => {}
        }
    }
}

struct Injector {
    writer: Writer<Vec<u8>>,
    open: Vec<String>,
    paths: BTreeSet<String>,
}

impl Injector {
    fn start(&mut self, mut start: BytesStart<'_>) -> Result<()> {
        self.open.push(start.local_name().as_ref().to_owned());
        let path = self.open.join("/");
        self.paths.insert(format!("{path}/@{ATTRIBUTE}"));
        self.paths.insert(format!("{path}/{ELEMENT}"));
        start.push_attribute((ATTRIBUTE, "1"));
        self.writer.write_event(Event::Start(start))?;
        self.fragment()
    }

    fn end(&mut self, end: BytesEnd<'_>) -> Result<()> {
        self.fragment()?;
        self.open.pop();
        self.writer.write_event(Event::End(end))?;
        Ok(())
    }

    fn fragment(&mut self) -> Result<()> {
        self.writer.get_mut().write_all(FRAGMENT.as_bytes())?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts;

    #[test]
    fn unknown_parts_are_first_and_last_in_each_element() {
        let injected = unknown_parts(r#"<A><B id="1"/><B><C>t</C></B></A>"#).unwrap();
        let counts = counts::of_xml(&injected.xml).unwrap();
        let count = |path: &str| counts.get(path).copied();
        assert_eq!(count("A/UnknownPart"), Some(2));
        assert_eq!(count("A/B/UnknownPart"), Some(4));
        assert_eq!(count("A/B/@unknownAttribute"), Some(2));
        assert_eq!(count("A/B/C/UnknownPart"), Some(2));
        assert_eq!(count("A/UnknownPart/UnknownPart"), None);
        let below = |path: &str| [format!("{path}/@unknownAttribute"), format!("{path}/UnknownPart")];
        let paths = ["A", "A/B", "A/B/C"].map(below).concat();
        assert_eq!(injected.paths, paths.into_iter().collect());
    }

    #[test]
    fn every_element_gets_a_type() {
        let typed = unknown_types(r#"<A><B id="1"/><B>t</B></A>"#).unwrap();
        let counts = counts::of_xml(&typed).unwrap();
        assert_eq!(typed.matches(r#" later:type="UnknownType""#).count(), 3);
        assert_eq!(counts.get("A/B/text()"), Some(&1));
    }

    #[test]
    fn one_text_at_a_time_is_replaced() {
        let paths = BTreeSet::from(["A/B".to_owned()]);
        let bodies = other_text("<A><B>1</B><C>2</C><B>3</B></A>", &paths, "x").unwrap();
        let expected = ["<A><B>x</B><C>2</C><B>3</B></A>", "<A><B>1</B><C>2</C><B>x</B></A>"];
        assert_eq!(bodies, expected.map(|body| ("A/B".to_owned(), body.to_owned())));
    }
}
