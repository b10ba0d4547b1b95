//! Dates in the headers of answers.

use http::HeaderMap;
use http::header::DATE;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// When an answer was made, by the clock of who made it.
pub(crate) fn of_answer(headers: &HeaderMap) -> Option<Timestamp> {
    parse(headers.get(DATE)?.to_str().ok()?)
}

/// Reads a date. Of the three ways of writing one in HTTP, the two obsolete ones are not read.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(text.trim()).ok()
}
