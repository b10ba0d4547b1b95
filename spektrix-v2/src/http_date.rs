//! Dates in response headers.

use http::HeaderMap;
use http::header::DATE;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// Returns when a response was created, by the clock of the server.
pub(crate) fn of_response(headers: &HeaderMap) -> Option<Timestamp> {
    parse(headers.get(DATE)?.to_str().ok()?)
}

/// Parses a date. HTTP has three formats for one; the two obsolete ones are not supported.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(text.trim()).ok()
}
