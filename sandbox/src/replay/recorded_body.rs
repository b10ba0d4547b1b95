//! Splits a recorded list into its items, without decoding them.
//!
//! A replay returns the bytes that were recorded, including everything that the schema does not know. So it needs to
//! know where each item starts and ends, and what the item contains that filters need. The client's `ListDecoder` cannot
//! be used for this: it yields values without their positions, skips children of the root that the schema does not know,
//! and ignores text between items, which would be lost in a page of the list. The events of quick-xml have all of it.

use std::fmt;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::api::DateFilter;

/// A recorded body, and where its root and its items are.
#[derive(Debug)]
pub(super) struct RecordedBody {
    text: String,
    /// The name of the root element.
    root: String,
    /// Where the attributes of the root end, before `>` or `/>`.
    end_of_root_attributes: usize,
    pub(super) items: Vec<Item>,
}

impl RecordedBody {
    pub(super) fn parse(text: String) -> Result<Self, ParseError> {
        let mut parser = Parser::new(&text);
        while parser.parse_event()? {}
        let Some((root, end_of_root_attributes)) = parser.root.take() else {
            return Err(parser.error("there is no root element"));
        };
        let items = parser.items;
        Ok(Self {
            text,
            root,
            end_of_root_attributes,
            items,
        })
    }

    /// Returns the whole body, as it was recorded.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns an item, as it was recorded.
    pub(super) fn item_text(&self, item: &Item) -> &str {
        &self.text[item.range.clone()]
    }

    /// Returns a body that contains only these items, each byte for byte. If these are all items, returns the whole body,
    /// with everything between and around them.
    pub(super) fn page(&self, items: &[&Item]) -> String {
        if items.len() == self.items.len() {
            return self.text.clone();
        }
        self.with_items(items.iter().map(|item| self.item_text(item)))
    }

    /// Returns a body with the root of this one, and with these items in it.
    pub(super) fn with_items<'a>(&self, items: impl Iterator<Item = &'a str>) -> String {
        let mut items = items.peekable();
        let mut body = self.text[..self.end_of_root_attributes].to_owned();
        if items.peek().is_none() {
            body.push_str("/>");
            return body;
        }
        body.push('>');
        items.for_each(|item| body.push_str(item));
        body.push_str("</");
        body.push_str(&self.root);
        body.push('>');
        body
    }
}

/// An item of a list: where it is in the body, and what filters need to know about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Item {
    range: Range<usize>,
    /// The name of its element.
    pub(super) kind: String,
    pub(super) id: Option<i32>,
    /// The names and ids of its children that have an id.
    references: Vec<(String, i32)>,
    pub(super) start: Option<DateFilter>,
    pub(super) start_utc: Option<DateFilter>,
}

impl Item {
    /// Returns the id of an object of this kind: the item's own id, or the id of an object that it refers to.
    pub(super) fn id_of(&self, kind: &str) -> Option<i32> {
        if self.kind == kind {
            return self.id;
        }
        let reference = self.references.iter().find(|(name, _)| name == kind);
        reference.map(|(_, id)| *id)
    }
}

/// Why a body cannot be split, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ParseError {
    position: usize,
    message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at byte {}: {}", self.position, self.message)
    }
}

struct Parser<'a> {
    reader: Reader<&'a [u8]>,
    /// The position in the body at which the reader starts.
    start: usize,
    /// The number of open elements.
    depth: usize,
    /// The name of the root, and where its attributes end.
    root: Option<(String, usize)>,
    items: Vec<Item>,
    /// The item that is open.
    item: Item,
    /// The text of the open child of the item.
    child_text: String,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        // The reader would skip the byte order mark, but not count it.
        let xml = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        Self {
            reader: Reader::from_str(xml),
            start: text.len() - xml.len(),
            depth: 0,
            root: None,
            items: Vec::new(),
            item: Item::default(),
            child_text: String::new(),
        }
    }

    /// Parses one event. Returns `false` at the end of the body.
    fn parse_event(&mut self) -> Result<bool, ParseError> {
        let start_of_event = self.position();
        let event = self.reader.read_event().map_err(|error| ParseError {
            position: start_of_event,
            message: error.to_string(),
        })?;
        match event {
            Event::Start(start) => {
                self.open(&start, start_of_event, ">")?;
                self.depth += 1;
            }
            Event::Empty(start) => {
                self.open(&start, start_of_event, "/>")?;
                self.close(start.local_name().as_ref());
            }
            Event::End(end) => {
                self.depth -= 1;
                self.close(end.local_name().as_ref());
            }
            Event::Text(text) => self.text(&text.xml10_content())?,
            Event::CData(_) if self.depth < 2 => return Err(self.error(TEXT_OUTSIDE)),
            Event::Eof if self.depth > 0 => return Err(self.error("it ends inside an element")),
            Event::Eof => return Ok(false),
            _ => {}
        }
        Ok(true)
    }

    /// Handles the start of an element, whose tag ends with `tag_end`.
    fn open(&mut self, start: &BytesStart<'_>, start_of_tag: usize, tag_end: &str) -> Result<(), ParseError> {
        match self.depth {
            0 if self.root.is_some() => return Err(self.error("there is a second root element")),
            0 => {
                let end_of_attributes = self.position() - tag_end.len();
                self.root = Some((start.name().as_ref().to_owned(), end_of_attributes));
            }
            1 => {
                self.item = Item {
                    range: start_of_tag..start_of_tag,
                    kind: start.local_name().as_ref().to_owned(),
                    id: self.id(start)?,
                    ..Item::default()
                };
            }
            2 => {
                let reference = self.id(start)?.map(|id| (start.local_name().as_ref().to_owned(), id));
                self.item.references.extend(reference);
                self.child_text.clear();
            }
            _ => {}
        }
        Ok(())
    }

    /// Handles the end of an element. `depth` no longer counts it.
    fn close(&mut self, name: &str) {
        match (self.depth, name) {
            (1, _) => {
                self.item.range.end = self.position();
                self.items.push(std::mem::take(&mut self.item));
            }
            (2, "Start") => self.item.start = DateFilter::parse(self.child_text.trim()),
            (2, "StartUtc") => self.item.start_utc = DateFilter::parse(self.child_text.trim()),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) -> Result<(), ParseError> {
        let is_blank = text.trim().is_empty();
        match self.depth {
            // It would be lost in a page of the list.
            0 | 1 if !is_blank => return Err(self.error(TEXT_OUTSIDE)),
            3 => self.child_text.push_str(text),
            _ => {}
        }
        Ok(())
    }

    fn id(&self, start: &BytesStart<'_>) -> Result<Option<i32>, ParseError> {
        let attribute = start.try_get_attribute("id").map_err(|error| self.error(error))?;
        Ok(attribute.and_then(|attribute| attribute.value.parse().ok()))
    }

    fn position(&self) -> usize {
        let position = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        self.start.saturating_add(position)
    }

    fn error(&self, message: impl fmt::Display) -> ParseError {
        ParseError {
            position: self.position(),
            message: message.to_string(),
        }
    }
}

const BYTE_ORDER_MARK: char = '\u{feff}';
const TEXT_OUTSIDE: &str = "there is text outside of the items";

#[cfg(test)]
mod tests {
    use super::{DateFilter, RecordedBody};

    const HEAD: &str = r#"<?xml version="1.0" encoding="utf-8"?><Things xmlns:xsd="x" a='>'"#;

    fn parse(text: &str) -> RecordedBody {
        RecordedBody::parse(text.to_owned()).expect("well-formed")
    }

    #[test]
    fn items_are_returned_byte_for_byte() {
        let items = [
            "<Thing id=\"1\"/>",
            "<Thing  id='2' >a&#xD;<!-- > --><B/></Thing >",
            "<Thing><![CDATA[</Thing>]]></Thing>",
        ];
        let text = format!(
            "{HEAD}>\n  {}\n<!-- c -->{}{}\n</Things >\n",
            items[0], items[1], items[2]
        );
        let body = parse(&text);
        let some = |from: usize, to: usize| body.page(&body.items[from..to].iter().collect::<Vec<_>>());
        assert_eq!(some(0, 3), text);
        assert_eq!(some(0, 2), format!("{HEAD}>{}</Things>", items[..2].concat()));
        assert_eq!(some(1, 2), format!("{HEAD}>{}</Things>", items[1]));
        assert_eq!(some(3, 3), format!("{HEAD}/>"));
    }

    #[test]
    fn a_byte_order_mark_stays_before_the_body() {
        let body = parse("\u{feff}<A><B id='1'/><B id='2'/></A>");
        assert_eq!(body.page(&[&body.items[1]]), "\u{feff}<A><B id='2'/></A>");
    }

    #[test]
    fn an_empty_list_stays_empty() {
        for text in [format!("{HEAD}/>"), format!("{HEAD}></Things>")] {
            let body = parse(&text);
            assert_eq!(body.page(&[]), text);
            assert_eq!(body.with_items([].into_iter()), format!("{HEAD}/>"));
        }
    }

    #[test]
    fn an_item_has_what_filters_need() {
        let text = "<Instances><Instance id=\"7\"><Event id=\"3\"/><Plan id=\"4\"><Event id=\"9\"/></Plan>\
                    <Start>2014-06-14T19:30:00</Start><StartUtc> 2014-06-14T18:30:00Z </StartUtc>\
                    <Name>Start</Name></Instance></Instances>";
        let body = parse(text);
        assert_eq!(body.root, "Instances");
        let [item] = body.items.as_slice() else {
            panic!("one item, not {}", body.items.len())
        };
        assert_eq!((item.kind.as_str(), item.id), ("Instance", Some(7)));
        assert_eq!(item.references, [("Event".to_owned(), 3), ("Plan".to_owned(), 4)]);
        assert_eq!(item.start, DateFilter::parse("2014-06-14T19:30:00"));
        assert_eq!(item.start_utc, DateFilter::parse("2014-06-14T18:30:00Z"));
        assert_eq!(item.id_of("Instance"), Some(7));
        assert_eq!(item.id_of("Event"), Some(3));
        assert_eq!(item.id_of("Band"), None);
    }

    #[test]
    fn a_broken_body_is_refused_with_its_position() {
        let cases = [
            ("", "at byte 0: there is no root element"),
            ("not XML", "text outside of the items"),
            ("<A><B></A>", "at byte 6:"),
            ("<A><B/>", "at byte 7: it ends inside an element"),
            ("<A>text<B/></A>", "at byte 7: there is text outside of the items"),
            ("<A><![CDATA[x]]></A>", "text outside of the items"),
            ("<A/><A/>", "at byte 8: there is a second root element"),
            ("</A>", "at byte 0:"),
            ("<A><B id=1/></A>", "at byte"),
            ("<A", "at byte"),
        ];
        for (text, expected) in cases {
            let error = RecordedBody::parse(text.to_owned()).expect_err(text).to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
