//! Finds the items of a recorded body, and what each says about itself.
//!
//! The client's own `ListDecoder` answers values; a replay answers what stands there, byte for byte, with all that no
//! schema knows.

use std::fmt;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::item::Item;
use crate::when::When;

/// The root element of a body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Root {
    pub(super) name: String,
    /// Where its start tag ends, but for `>` or `/>`.
    pub(super) end_of_attributes: usize,
}

/// What is wrong with a body, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SplitError {
    position: usize,
    message: String,
}

impl SplitError {
    fn at(position: usize, message: impl fmt::Display) -> Self {
        Self {
            position,
            message: message.to_string(),
        }
    }
}

impl fmt::Display for SplitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at byte {}: {}", self.position, self.message)
    }
}

/// The root of a body and the elements directly within it.
pub(super) fn split(text: &str) -> Result<(Root, Vec<Item>), SplitError> {
    let mut splitter = Splitter::new(text);
    while splitter.step()? {}
    match splitter.root.take() {
        Some(root) => Ok((root, splitter.items)),
        None => Err(splitter.error("there is no root element")),
    }
}

struct Splitter<'a> {
    reader: Reader<&'a [u8]>,
    /// How many elements are open.
    depth: usize,
    root: Option<Root>,
    items: Vec<Item>,
    /// The item that is open.
    item: Item,
    /// The text of the element directly within it.
    text: String,
}

impl<'a> Splitter<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            reader: Reader::from_str(text),
            depth: 0,
            root: None,
            items: Vec::new(),
            item: Item::default(),
            text: String::new(),
        }
    }

    /// Reads on; `false` at the end.
    fn step(&mut self) -> Result<bool, SplitError> {
        let before = self.position();
        let event = self.reader.read_event();
        match event.map_err(|error| SplitError::at(before, error))? {
            Event::Start(start) => {
                self.open(&start, before, 1)?;
                self.depth += 1;
            }
            Event::Empty(start) => {
                self.open(&start, before, 2)?;
                self.close(start.local_name().as_ref());
            }
            Event::End(end) => {
                self.depth -= 1;
                self.close(end.local_name().as_ref());
            }
            Event::Text(text) => self.take_text(&text.xml10_content())?,
            Event::CData(_) if self.depth < 2 => {
                return Err(self.error("text outside of the items"));
            }
            Event::Eof if self.depth > 0 => return Err(self.error("it ends within an element")),
            Event::Eof => return Ok(false),
            _ => {}
        }
        Ok(true)
    }

    /// An element begins; its tag ends with `closing` bytes of `>` or `/>`.
    fn open(&mut self, start: &BytesStart<'_>, before: usize, closing: usize) -> Result<(), SplitError> {
        match self.depth {
            0 if self.root.is_some() => return Err(self.error("a second root element")),
            0 => {
                let end_of_attributes = self.position() - closing;
                self.root = Some(Root {
                    name: name(start),
                    end_of_attributes,
                });
            }
            1 => {
                let (kind, id) = (start.local_name().as_ref().to_owned(), self.id(start)?);
                self.item = Item {
                    place: before..before,
                    kind,
                    id,
                    ..Item::default()
                };
            }
            2 => {
                let reference = self.id(start)?.map(|id| (start.local_name().as_ref().to_owned(), id));
                self.item.references.extend(reference);
                self.text.clear();
            }
            _ => {}
        }
        Ok(())
    }

    /// An element has ended, and so many others are still open.
    fn close(&mut self, name: &str) {
        match (self.depth, name) {
            (1, _) => {
                self.item.place.end = self.position();
                self.items.push(std::mem::take(&mut self.item));
            }
            (2, "Start") => self.item.start = When::parse(self.text.trim()),
            (2, "StartUtc") => self.item.start_utc = When::parse(self.text.trim()),
            _ => {}
        }
    }

    /// Text that stands between the items would be lost in a page of them.
    fn take_text(&mut self, text: &str) -> Result<(), SplitError> {
        let is_blank = text.trim_matches('\u{feff}').trim().is_empty();
        match self.depth {
            0 | 1 if !is_blank => return Err(self.error("text outside of the items")),
            3 => self.text.push_str(text),
            _ => {}
        }
        Ok(())
    }

    fn id(&self, start: &BytesStart<'_>) -> Result<Option<i32>, SplitError> {
        let attribute = start.try_get_attribute("id").map_err(|error| self.error(error))?;
        Ok(attribute.and_then(|attribute| attribute.value.parse().ok()))
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn error(&self, message: impl fmt::Display) -> SplitError {
        SplitError::at(self.position(), message)
    }
}

fn name(start: &BytesStart<'_>) -> String {
    start.name().as_ref().to_owned()
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::when::When;

    #[test]
    fn an_item_says_what_filters_need() {
        let text = "<Instances><Instance id=\"7\"><Event id=\"3\"/><Plan id=\"4\"><Event id=\"9\"/></Plan>\
                    <Start>2014-06-14T19:30:00</Start><StartUtc> 2014-06-14T18:30:00Z </StartUtc>\
                    <Name>Start</Name></Instance></Instances>";
        let (root, items) = split(text).expect("well-formed");
        assert_eq!(root.name, "Instances");
        let [item] = items.as_slice() else {
            panic!("one item, not {}", items.len())
        };
        assert_eq!((item.kind.as_str(), item.id), ("Instance", Some(7)));
        assert_eq!(item.references, [("Event".to_owned(), 3), ("Plan".to_owned(), 4)]);
        assert_eq!(item.start, When::parse("2014-06-14T19:30:00"));
        assert_eq!(item.start_utc, When::parse("2014-06-14T18:30:00Z"));
        assert_eq!(item.id_of("Instance"), Some(7));
        assert_eq!(item.id_of("Event"), Some(3));
        assert_eq!(item.id_of("Band"), None);
    }

    #[test]
    fn a_broken_body_is_refused_with_the_place() {
        let cases = [
            ("", "at byte 0: there is no root element"),
            ("not XML", "text outside of the items"),
            ("<A><B></A>", "at byte 6:"),
            ("<A><B/>", "at byte 7: it ends within an element"),
            ("<A>text<B/></A>", "at byte 7: text outside of the items"),
            ("<A><![CDATA[x]]></A>", "text outside of the items"),
            ("<A/><A/>", "at byte 8: a second root element"),
            ("</A>", "at byte 0:"),
            ("<A><B id=1/></A>", "at byte"),
            ("<A", "at byte"),
        ];
        for (text, expected) in cases {
            let error = split(text).expect_err(text).to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
