//! What an unexpected document looks like, short enough for an error message.

use crate::printable::visible;

/// How much of a foreign document an error quotes, in characters.
const LONGEST: usize = 80;

/// The first 80 characters of the text as one line: runs of white space and control characters
/// become one space, and characters that are not shown are escaped.
pub fn excerpt(text: &str) -> String {
    one_line(text, LONGEST)
}

/// The same, with as many characters.
pub(crate) fn one_line(text: &str, longest: usize) -> String {
    let is_gap = |c: char| c.is_whitespace() || c.is_control();
    let words = text.split(is_gap).filter(|word| !word.is_empty());
    let mut line = String::new();
    for word in words {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > 4 * longest {
            break;
        }
    }
    visible(&line).chars().take(longest).collect()
}

/// Whether the text starts as HTML pages do.
pub fn looks_like_html(text: &str) -> bool {
    let start: String = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .chars()
        .take(14)
        .collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}
