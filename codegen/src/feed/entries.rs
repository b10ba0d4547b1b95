//! Reads the Atom feed into entries with rows, without interpreting them.

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::error::{FeedError, FeedProblem};
use crate::page::looks_like_html;
use crate::printable::excerpt;

/// An entry of the feed.
#[derive(Debug, Default)]
pub(super) struct RawEntry {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) rows: Vec<RawRow>,
    pub(super) offset: u64,
}

/// A row in the table of an entry.
#[derive(Debug)]
pub(super) struct RawRow {
    pub(super) label: String,
    pub(super) value: String,
    /// The target of the first link in the row.
    pub(super) link: Option<String>,
}

impl RawEntry {
    pub(super) fn error(&self, problem: FeedProblem) -> FeedError {
        let name = if self.title.is_empty() { &self.id } else { &self.title };
        let name = (!name.is_empty()).then(|| name.clone());
        FeedError::new(problem, name, self.offset)
    }
}

/// Reads all entries in order.
pub(super) fn read(feed: &str) -> Result<Vec<RawEntry>, FeedError> {
    let feed = feed.strip_prefix('\u{feff}').unwrap_or(feed);
    if looks_like_html(feed) {
        return Err(not_a_feed("an HTML page (a login or error page?)", feed));
    }
    if !feed.trim_start().starts_with('<') {
        return Err(not_a_feed("a document that is not XML", feed));
    }
    EntryReader::default().run(feed)
}

fn not_a_feed(what: &str, text: &str) -> FeedError {
    let problem = FeedProblem::NotAFeed(format!("{what}, starting with \"{}\"", excerpt(text)));
    FeedError::new(problem, None, 0)
}

/// The state of the reader.
#[derive(Default)]
struct EntryReader {
    /// The local names of the open elements.
    path: Vec<String>,
    entries: Vec<RawEntry>,
    entry: RawEntry,
    cells: Vec<String>,
    link: Option<String>,
    text: String,
}

impl EntryReader {
    fn run(mut self, feed: &str) -> Result<Vec<RawEntry>, FeedError> {
        let mut reader = Reader::from_str(feed);
        reader.config_mut().expand_empty_elements = true;
        loop {
            let offset = reader.buffer_position();
            let event = reader.read_event();
            let event = event.map_err(|e| self.malformed(&e.to_string(), reader.error_position()))?;
            match event {
                Event::Eof => break,
                Event::Start(start) => self.start_tag(&start, offset, feed)?,
                Event::End(_) => self.end_tag(),
                Event::Text(text) => self.text.push_str(&text.xml10_content()),
                Event::CData(text) => self.text.push_str(&text.xml10_content()),
                Event::GeneralRef(name) => self.reference(&name, offset)?,
                _ => {}
            }
        }
        match self.path.last() {
            Some(open) => Err(self.malformed(&format!("it ends inside <{open}>"), feed.len() as u64)),
            None => Ok(self.entries),
        }
    }

    fn start_tag(&mut self, start: &BytesStart<'_>, offset: u64, feed: &str) -> Result<(), FeedError> {
        let name = start.local_name().as_ref().to_owned();
        match name.as_str() {
            "feed" => {}
            other if self.path.is_empty() => {
                return Err(not_a_feed(&format!("XML with the root <{}>", excerpt(other)), feed));
            }
            "entry" => {
                self.entry = RawEntry {
                    offset,
                    ..RawEntry::default()
                }
            }
            "tr" => (self.cells, self.link) = (Vec::new(), None),
            "a" => self.read_link(start, offset)?,
            _ => {}
        }
        if matches!(name.as_str(), "id" | "title" | "td" | "th") {
            self.text.clear();
        }
        self.path.push(name);
        Ok(())
    }

    fn read_link(&mut self, start: &BytesStart<'_>, offset: u64) -> Result<(), FeedError> {
        let href = start.try_get_attribute("href").map_err(quick_xml::Error::from);
        let href = href.and_then(|found| {
            found
                .map(|href| href.normalized_value(XmlVersion::Implicit1_0))
                .transpose()
        });
        let href = href.map_err(|e| self.malformed(&e.to_string(), offset))?;
        if self.link.is_none() {
            self.link = href.map(|v| v.trim().to_owned());
        }
        Ok(())
    }

    fn end_tag(&mut self) {
        let name = self.path.pop().unwrap_or_default();
        let in_entry = self.path.last().is_some_and(|parent| parent == "entry");
        match name.as_str() {
            "id" if in_entry => self.entry.id = self.take_text(),
            "title" if in_entry => self.entry.title = self.take_text(),
            "td" | "th" => {
                let text = self.take_text();
                self.cells.push(text);
            }
            "tr" => self.finish_row(),
            "entry" => self.entries.push(std::mem::take(&mut self.entry)),
            _ => {}
        }
    }

    fn finish_row(&mut self) {
        let mut cells = std::mem::take(&mut self.cells).into_iter();
        let label = cells.next().unwrap_or_default();
        let value = cells.collect::<Vec<_>>().join(" | ");
        self.entry.rows.push(RawRow {
            label,
            value,
            link: self.link.take(),
        });
    }

    fn take_text(&mut self) -> String {
        std::mem::take(&mut self.text).trim().to_owned()
    }

    fn reference(&mut self, name: &BytesRef<'_>, offset: u64) -> Result<(), FeedError> {
        let char_ref = name
            .resolve_char_ref()
            .map_err(|e| self.malformed(&e.to_string(), offset))?;
        match (char_ref, resolve_xml_entity(name)) {
            (Some(char), _) => self.text.push(char),
            (None, Some(text)) => self.text.push_str(text),
            (None, None) => {
                return Err(self.malformed(&format!("unknown entity &{};", &**name), offset));
            }
        }
        Ok(())
    }

    fn malformed(&self, what: &str, offset: u64) -> FeedError {
        let title = Some(&self.entry.title).filter(|title| !title.is_empty());
        FeedError::new(FeedProblem::Malformed(what.to_owned()), title.cloned(), offset)
    }
}
