//! Takes the schemas out of their `Schemas` wrapper.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::error::{Error, Result};

/// The exporter's schemas have about ten. The library that reads them calls itself for each.
const MAX_DEPTH: usize = 64;

/// The text of each `schema` element below the root.
pub(super) fn split<'a>(page: &str, text: &'a str) -> Result<Vec<&'a str>> {
    let failed = |what: String| Error::new(page, what);
    let text = text.trim_start_matches('\u{FEFF}');
    let mut reader = Reader::from_str(text);
    let mut schemas = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    loop {
        let before = position(&reader, text);
        match reader
            .read_event()
            .map_err(|error| failed(format!("is not well-formed XML: {error}")))?
        {
            Event::Start(_) => {
                if depth == 1 {
                    start = before;
                }
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(failed(format!("has more than {MAX_DEPTH} elements within each other")));
                }
            }
            Event::End(_) => {
                depth -= 1;
                if depth == 1 {
                    schemas.push(&text[start..position(&reader, text)]);
                }
            }
            Event::Eof if depth > 0 => return Err(failed("stops in the middle".into())),
            Event::Eof => break,
            _ => {}
        }
    }
    if schemas.is_empty() {
        return Err(failed("holds no schema".into()));
    }
    Ok(schemas)
}

fn position(reader: &Reader<&[u8]>, text: &str) -> usize {
    text.len() - reader.get_ref().len()
}
