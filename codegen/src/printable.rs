//! Makes strings from a page safe to show in a terminal, an error, a doc comment or Markdown.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The number of characters that [`excerpt`] returns at most.
const MAX_EXCERPT: usize = 80;

/// Returns whether a character is not shown, or changes how the characters around it are shown.
///
/// These are the control characters, the line and paragraph separators, and the characters with the Unicode property
/// `Default_Ignorable_Code_Point`, which include those that change the direction of text.
pub fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{AD}'
                | '\u{34F}'
                | '\u{61C}'
                | '\u{115F}'..='\u{1160}'
                | '\u{17B4}'..='\u{17B5}'
                | '\u{180B}'..='\u{180F}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{3164}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF0}'..='\u{FFFB}'
                | '\u{1BCA0}'..='\u{1BCA3}'
                | '\u{1D173}'..='\u{1D17A}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
}

/// Escapes invisible characters as Rust does: `\n`, `\u{202e}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    escape(text, is_invisible)
}

/// Returns at most `max` characters of a text, with invisible characters escaped and an ellipsis for the rest.
pub fn shortened(text: &str, max: usize) -> String {
    let mut characters = text.chars();
    let mut short = visible(&characters.by_ref().take(max).collect::<String>()).into_owned();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}

/// Returns the first 80 characters of a document as one line, for an error message.
///
/// Runs of whitespace and control characters become one space; other invisible characters are escaped.
pub fn excerpt(text: &str) -> String {
    one_line(text, MAX_EXCERPT)
}

/// Returns the same as [`excerpt`], with at most `max` characters.
pub fn one_line(text: &str, max: usize) -> String {
    let is_gap = |c: char| c.is_whitespace() || c.is_control();
    let mut line = String::new();
    for word in text.split(is_gap).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        // A character has at most 4 bytes, so this is enough.
        if line.len() > 4 * max {
            break;
        }
    }
    visible(&line).chars().take(max).collect()
}

/// Returns a code span in Markdown. Nothing in it is read as Markdown, a mention or a link.
///
/// A code span has no escapes, so a backtick, which would end it, is escaped as in Rust: `\u{60}`.
pub fn code_span(text: &str) -> String {
    code_without(text, &['`'])
}

/// Returns a code span for the cell of a table, in which a `|` is escaped too.
pub fn code_cell(text: &str) -> String {
    code_without(text, &['`', '|'])
}

fn code_without(text: &str, excluded: &[char]) -> String {
    let inner = escape(text, |character| {
        is_invisible(character) || excluded.contains(&character)
    });
    // Two backticks in a row would start a longer code span.
    format!("`{}`", if inner.is_empty() { " " } else { &inner })
}

/// Returns plain text as Markdown: what would start HTML, a link or a code span is escaped.
pub fn as_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '<' | '[' | ']' | '!') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

fn escape(text: &str, must_escape: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&must_escape) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => escaped.extend(character.escape_default()),
            // Writing to a `String` cannot fail.
            _ if must_escape(character) => drop(write!(escaped, "\\u{{{:x}}}", u32::from(character))),
            _ => escaped.push(character),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::{as_markdown, code_cell, code_span, excerpt, shortened, visible};

    #[test]
    fn text_from_a_page_is_escaped() {
        let rows = [
            (visible("a\u{202e}b\n\u{1b}[1m").into_owned(), r"a\u{202e}b\n\u{1b}[1m"),
            (visible("größer, 日本").into_owned(), "größer, 日本"),
            (shortened("abc", 3), "abc"),
            (shortened("ab\u{feff}d", 3), r"ab\u{feff}…"),
            (code_span("a`b|c"), r"`a\u{60}b|c`"),
            (code_cell("a`b|c"), r"`a\u{60}b\u{7c}c`"),
            (code_span(""), "` `"),
            (as_markdown("<b> [`x`] a\\b!"), r"\<b> \[\`x\`\] a\\b\!"),
            (excerpt("  a\r\n\tb\u{7}c  "), "a b c"),
            (excerpt("a\u{202e}b\u{feff}"), r"a\u{202e}b\u{feff}"),
        ];
        for (found, expected) in rows {
            assert_eq!(found, expected);
        }
        assert_eq!(excerpt(&"é".repeat(200)).chars().count(), 80);
    }
}
