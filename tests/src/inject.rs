//! Puts parts into a body that no schema knows, as a later release of the service might.

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

/// Gives every element an unknown attribute, and an unknown element, a comment and a processing instruction as its
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
    fn unknown_parts_stand_first_and_last_in_each_element() {
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
}
