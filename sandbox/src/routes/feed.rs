//! Reads the operations from the help feed: name, method and template of every entry.

use std::fmt;

use http::Method;
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;

use super::Route;

/// The vendored feed could not be read as a list of operations.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FeedError(String);

impl fmt::Display for FeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the help feed: {}", self.0)
    }
}

impl std::error::Error for FeedError {}

/// The operations of a feed, in its order.
pub(super) fn routes(feed: &str) -> Result<Vec<Route>, FeedError> {
    let entries = entries(feed)?;
    let base = entries
        .iter()
        .find_map(Entry::base)
        .ok_or_else(|| FeedError("no entry links to a help page, so the base address is unknown".into()))?;
    entries.iter().map(|entry| entry.route(&base)).collect()
}

/// An entry as the texts of its title and of its table's cells.
#[derive(Default)]
struct Entry {
    title: String,
    cells: Vec<String>,
}

impl Entry {
    /// `{Contract}: {Operation}`.
    fn operation(&self) -> &str {
        self.title.rsplit(": ").next().unwrap_or_default()
    }

    /// What precedes `help/{Operation}/` in any link.
    fn base(&self) -> Option<String> {
        let help = format!("help/{}/", self.operation());
        self.cells
            .iter()
            .find_map(|cell| cell.split_once(&help))
            .map(|(base, _)| base.to_owned())
    }

    fn route(&self, base: &str) -> Result<Route, FeedError> {
        let operation = self.operation();
        let failed = |what: &str| FeedError(format!("{operation}: {what}"));
        let template = self.row("UriTemplate").ok_or_else(|| failed("no UriTemplate"))?;
        let template = template
            .strip_prefix(base)
            .ok_or_else(|| failed("UriTemplate has another base"))?;
        let method = self
            .row("Method")
            .and_then(|name| Method::from_bytes(name.as_bytes()).ok());
        let (path, query) = template.split_once('?').unwrap_or((template, ""));
        Ok(Route {
            operation: operation.to_owned(),
            method: method.ok_or_else(|| failed("no Method"))?,
            path: path.to_owned(),
            parameters: parameter_names(query),
        })
    }

    fn row(&self, label: &str) -> Option<&str> {
        let row = self.cells.chunks_exact(2).find(|row| row[0] == label);
        row.map(|row| row[1].as_str())
    }
}

fn parameter_names(query: &str) -> Vec<String> {
    let names = query.split('&').filter_map(|pair| pair.split_once('='));
    names.map(|(name, _)| name.to_owned()).collect()
}

fn entries(feed: &str) -> Result<Vec<Entry>, FeedError> {
    let mut reader = Reader::from_str(feed);
    let mut found = Vec::new();
    loop {
        match reader.read_event().map_err(|error| unreadable(&error))? {
            Event::Start(start) if start.local_name().as_ref() == "entry" => {
                found.push(entry(&mut reader)?);
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// Reads on to the end of an entry.
fn entry(reader: &mut Reader<&[u8]>) -> Result<Entry, FeedError> {
    let mut entry = Entry::default();
    loop {
        match reader.read_event().map_err(|error| unreadable(&error))? {
            Event::Start(start) => match start.local_name().as_ref() {
                "title" => entry.title = text(reader)?,
                "td" => entry.cells.push(text(reader)?),
                _ => {}
            },
            Event::End(end) if end.local_name().as_ref() == "entry" => return Ok(entry),
            Event::Eof => return Err(FeedError("it ends within an entry".to_owned())),
            _ => {}
        }
    }
}

/// The text of an element whose start was just read, markup within it (a link) left out.
fn text(reader: &mut Reader<&[u8]>) -> Result<String, FeedError> {
    let mut text = String::new();
    let mut depth = 1;
    while depth > 0 {
        match reader.read_event().map_err(|error| unreadable(&error))? {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(name) => {
                let name = name.xml10_content();
                let resolved =
                    resolve_xml_entity(&name).ok_or_else(|| FeedError(format!("the entity &{name}; is not known")))?;
                text.push_str(resolved);
            }
            Event::Eof => return Err(FeedError("it ends within an entry".to_owned())),
            _ => {}
        }
    }
    Ok(text)
}

fn unreadable(error: &quick_xml::Error) -> FeedError {
    FeedError(error.to_string())
}
