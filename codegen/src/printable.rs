//! Makes strings from a page safe to show: in a terminal, in an error, in a doc comment.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character shows nothing, or changes how the characters around it are shown.
///
/// These are the control characters, the line and paragraph separators, and the characters that Unicode ignores by
/// default (`Default_Ignorable_Code_Point`), among which are those that change the direction of text.
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

/// Escapes invisible characters as in Rust: `\n`, `\u{202e}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, is_invisible)
}

/// The same, at most `longest` characters of it. An ellipsis follows where more was cut off.
pub fn shortened(text: &str, longest: usize) -> String {
    let mut characters = text.chars();
    let mut short = visible(&characters.by_ref().take(longest).collect::<String>()).into_owned();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}

/// A code span in Markdown. Nothing in it is taken for Markdown, a mention or a link.
///
/// A code span has no escapes of its own, so a backtick, which would end it, is written as in Rust: `\u{60}`.
pub fn code_span(text: &str) -> String {
    code_without(text, &['`'])
}

/// The same as the cell of a table, which a `|` would end.
pub fn code_cell(text: &str) -> String {
    code_without(text, &['`', '|'])
}

fn code_without(text: &str, unwanted: &[char]) -> String {
    let inside = escaped(text, |character| {
        is_invisible(character) || unwanted.contains(&character)
    });
    // Two backticks would begin a longer span.
    format!("`{}`", if inside.is_empty() { " " } else { &inside })
}

/// Plain text as a paragraph of Markdown. What begins HTML, a link or a code span is escaped.
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

fn escaped(text: &str, must_escape: impl Fn(char) -> bool) -> Cow<'_, str> {
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
    use super::{as_markdown, code_cell, code_span, shortened, visible};

    #[test]
    fn text_from_a_page_is_shown_as_it_is() {
        let rows = [
            (visible("a\u{202e}b\n\u{1b}[1m").into_owned(), r"a\u{202e}b\n\u{1b}[1m"),
            (visible("größer, 日本").into_owned(), "größer, 日本"),
            (shortened("abc", 3), "abc"),
            (shortened("ab\u{feff}d", 3), r"ab\u{feff}…"),
            (code_span("a`b|c"), r"`a\u{60}b|c`"),
            (code_cell("a`b|c"), r"`a\u{60}b\u{7c}c`"),
            (code_span(""), "` `"),
            (as_markdown("<b> [`x`] a\\b!"), r"\<b> \[\`x\`\] a\\b\!"),
        ];
        for (shown, expected) in rows {
            assert_eq!(shown, expected);
        }
    }
}
