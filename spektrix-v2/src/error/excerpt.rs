//! The text of an error page: without markup, on one line, short, and without secrets.

use super::Redactor;

const MAX_CHARACTERS: usize = 300;

/// Reduces a page or a message to its text.
pub(crate) fn excerpt(body: &[u8], redactor: &Redactor) -> String {
    let body = redactor.scrub(&String::from_utf8_lossy(body));
    // The title most often stands once more in the page; it will do where there is nothing else.
    let text = match text(&body, &["script", "style", "title"]) {
        text if text.is_empty() => self::text(&body, &["script", "style"]),
        text => text,
    };
    // Once more: the entities may have hidden a secret.
    shorten(&redactor.scrub(&text))
}

/// The text between tags, on one line, without what the hidden elements hold.
fn text(page: &str, hidden: &[&str]) -> String {
    one_line(&unescape(&without_tags(page, hidden)))
}

fn without_tags(page: &str, hidden: &[&str]) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = behind_tag(tag, hidden);
    }
    text.push_str(rest);
    text
}

/// What follows a tag, given what follows its `<`.
fn behind_tag<'a>(tag: &'a str, hidden: &[&str]) -> &'a str {
    if let Some(comment) = tag.strip_prefix("!--") {
        return behind(comment, "-->");
    }
    for hidden in hidden {
        if starts_with_name(tag, hidden) {
            return behind(behind(tag, &format!("</{hidden}")), ">");
        }
    }
    behind(tag, ">")
}

fn starts_with_name(tag: &str, name: &str) -> bool {
    tag.get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name))
}

/// What follows the mark, in whichever case it is written; nothing if the mark is missing.
fn behind<'a>(text: &'a str, mark: &str) -> &'a str {
    let position = text
        .as_bytes()
        .windows(mark.len())
        .position(|window| window.eq_ignore_ascii_case(mark.as_bytes()));
    position.map_or("", |start| &text[start + mark.len()..])
}

fn unescape(text: &str) -> String {
    [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (entity, character)| {
        text.replace(*entity, character)
    })
}

/// Collapses blanks, and drops control characters, which could play tricks on a terminal.
fn one_line(text: &str) -> String {
    let words = text.split(|character: char| character.is_whitespace() || character.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(MAX_CHARACTERS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("cut <off", "cut"),
            ("<style>never closed", ""),
            ("\u{1b}[31mred\u{7}", "[31mred"),
            ("é<b>ß</b>", "é ß"),
            (&long, &cut),
        ];
        for (page, text) in cases {
            assert_eq!(excerpt(page.as_bytes(), &Redactor::default()), text, "{page}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_do_no_harm() {
        assert_eq!(excerpt(b"\xFF\xFEa", &Redactor::default()), "\u{FFFD}\u{FFFD}a");
    }
}
