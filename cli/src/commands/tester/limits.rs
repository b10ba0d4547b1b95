//! How much of a response a page shows. A hostile or broken service must not make a browser or this program slow: the whole
//! body can be downloaded.

use std::borrow::Cow;

/// The lines of a body.
pub(super) const LINES: usize = 5_000;
/// The bytes of all lines of a body.
pub(super) const BYTES: usize = 2 * 1024 * 1024;
/// The bytes of one value, text or line.
const VALUE_BYTES: usize = 20_000;
/// The rows of a table.
pub(super) const ROWS: usize = 1_000;
/// The names of parts that the schema does not have.
pub(super) const UNKNOWN: usize = 200;
/// The attributes of an element. The XML parser compares each with each.
pub(super) const ATTRIBUTES: usize = 500;

/// Returns the start of a long value, with an ellipsis.
pub(super) fn shortened(text: &str) -> Cow<'_, str> {
    if text.len() <= VALUE_BYTES {
        return text.into();
    }
    format!("{}…", &text[..text.floor_char_boundary(VALUE_BYTES)]).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_end_at_a_character() {
        let fits = "é".repeat(VALUE_BYTES / 2);
        assert_eq!(shortened(&fits), fits);
        let long = format!("x{fits}");
        let start = format!("x{}…", "é".repeat(VALUE_BYTES / 2 - 1));
        assert_eq!(shortened(&long), start);
    }
}
