//! Extracts the text of an error page: without markup, scripts and styles.

use super::decodings::{Unescaped, reference};

/// Returns the text of a page or a message.
pub(super) fn page_text(page: &[u8]) -> String {
    let page = String::from_utf8_lossy(page);
    // The title usually occurs in the page as well. It is used where there is no other text.
    let text = text(&page, &["script", "style", "title"]);
    if text.trim().is_empty() {
        with_title(page.as_bytes())
    } else {
        text
    }
}

/// Returns the text of a page with its title, which may be the only place that names the cause.
pub(super) fn with_title(page: &[u8]) -> String {
    text(&String::from_utf8_lossy(page), &["script", "style"])
}

/// Returns the text between tags, without the content of the hidden elements.
fn text(page: &str, hidden: &[&str]) -> String {
    unescape(&without_tags(page, hidden))
}

fn without_tags(page: &str, hidden: &[&str]) -> String {
    let mut text = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = after_tag(tag, hidden);
    }
    text.push_str(rest);
    text
}

/// Returns what follows a tag, given what follows its `<`.
fn after_tag<'a>(tag: &'a str, hidden: &[&str]) -> &'a str {
    if let Some(comment) = tag.strip_prefix("!--") {
        return after(comment, "-->");
    }
    for hidden in hidden {
        if starts_with_name(tag, hidden) {
            return after(after(tag, &format!("</{hidden}")), ">");
        }
    }
    after(tag, ">")
}

fn starts_with_name(tag: &str, name: &str) -> bool {
    tag.get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name))
}

/// Returns what follows the mark, which may be in upper or lower case. Returns nothing if the mark is missing.
fn after<'a>(text: &'a str, mark: &str) -> &'a str {
    let position = text
        .as_bytes()
        .windows(mark.len())
        .position(|window| window.eq_ignore_ascii_case(mark.as_bytes()));
    position.map_or("", |start| &text[start + mark.len()..])
}

fn unescape(text: &str) -> String {
    let mut unescaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        unescaped.push_str(&rest[..at]);
        let (character, length) = match reference(&rest[at..]) {
            Some((Unescaped::Character(character), length)) => (character, length),
            _ => ('&', 1),
        };
        unescaped.push(character);
        rest = &rest[at + length..];
    }
    unescaped.push_str(rest);
    unescaped
}

#[cfg(test)]
mod tests {
    use super::super::redaction::Redactor;

    fn shown(page: &[u8]) -> String {
        Redactor::default().show_page(page, false).to_string()
    }

    #[test]
    fn pages_become_one_short_line() {
        let long = "word ".repeat(1000);
        let cut = format!("{}…", "word ".repeat(60).trim_end());
        let cases = [
            ("", ""),
            ("plain  text\r\n here", "plain text here"),
            ("<html><body><h1>Not</h1>found</body></html>", "Not found"),
            (
                "<STYLE type='a'>p > b { }</style >shown<script>if (a < b) {}</SCRIPT>too",
                "shown too",
            ),
            (
                "<html><head><title>No</title></head><body><h1>No</h1><p>Not here</p></body></html>",
                "No Not here",
            ),
            ("<title>Gone</title><body></body>", "Gone"),
            ("a<!-- <b>hidden</b> -->b", "a b"),
            ("a &lt;b&gt; &amp;amp; &quot;c&quot;&nbsp;", "a <b> &amp; \"c\""),
            ("caf&#233; &#x1F3AD; &unknown; &", "café 🎭 &unknown; &"),
            ("cut <off", "cut"),
            ("<style>never closed", ""),
            ("\u{1b}[31mred\u{7}", "\\u{1b}[31mred\\u{7}"),
            ("&#x202E;desrever", "\\u{202e}desrever"),
            ("é<b>ß</b>", "é ß"),
            (&long, &cut),
        ];
        for (page, text) in cases {
            assert_eq!(shown(page.as_bytes()), text, "{page}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_replaced() {
        assert_eq!(shown(b"\xFF\xFEa"), "\u{FFFD}\u{FFFD}a");
    }
}
