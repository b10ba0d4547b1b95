//! Removes what differs between any two fetches of the feed, so that they can be compared.

use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::events::Event;

use super::error::{FeedError, FeedProblem};

/// Returns the feed without the content of the feed's `id` and of every `updated`.
///
/// The service generates a new id at each start, and new times for each request.
pub fn stable_text(feed: &str) -> Result<String, FeedError> {
    let feed = feed.strip_prefix('\u{feff}').unwrap_or(feed);
    let mut reader = Reader::from_str(feed);
    remove_volatile(feed, &mut reader)
        .map_err(|error| FeedError::new(FeedProblem::Malformed(error.to_string()), None, reader.error_position()))
}

fn remove_volatile<'f>(feed: &'f str, reader: &mut Reader<&'f [u8]>) -> Result<String, Error> {
    let mut parents: Vec<String> = Vec::new();
    let mut stable = String::with_capacity(feed.len());
    let mut rest = 0;
    loop {
        match reader.read_event()? {
            Event::Start(start) if is_volatile(&parents, start.local_name().as_ref()) => {
                let content = reader.read_to_end(start.name())?;
                stable.push_str(slice(feed, rest, content.start));
                rest = content.end;
            }
            Event::Start(start) => parents.push(start.local_name().as_ref().to_owned()),
            Event::End(_) => drop(parents.pop()),
            Event::Eof => break,
            _ => {}
        }
    }
    stable.push_str(slice(feed, rest, feed.len() as u64));
    Ok(stable)
}

fn is_volatile(parents: &[String], name: &str) -> bool {
    match parents.last().map(String::as_str) {
        Some("feed") => matches!(name, "id" | "updated"),
        Some("entry") => name == "updated",
        _ => false,
    }
}

fn slice(text: &str, from: u64, to: u64) -> &str {
    let (from, to) = (usize::try_from(from), usize::try_from(to));
    from.ok()
        .zip(to.ok())
        .and_then(|(from, to)| text.get(from..to))
        .unwrap_or_default()
}
