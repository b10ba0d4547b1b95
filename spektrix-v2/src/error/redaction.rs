//! Redaction: what may be shown of a response or of a message of the network stack.
//!
//! Every string from outside passes through [`Redactor::show`] before it gets into an error, a log or a hook. An
//! allow-list decides what may be shown: the text of an error page, names, and the value that a decode error is about.
//! Each is shortened and escaped, and withheld if it contains a secret of the request in any encoding.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use memchr::memmem;
use zeroize::Zeroizing;

use super::card_number::{contains_card_number, mask_card_numbers};
use super::decodings::{decodings, escape_decodings};
use super::page_text::page_text;
use crate::runtime::{DecodeError, DecodeErrorKind};
use crate::secret::Secret;
use crate::transport::TransportError;

/// The maximum number of characters of a message, or of the text of an error page.
pub(crate) const MESSAGE: usize = 300;
/// The maximum number of characters of a name: a host, a content type.
pub(crate) const NAME: usize = 100;
/// The maximum number of characters of the path of an element.
pub(crate) const PATH: usize = 1000;

const MASK: &str = "***";
const WITHHELD: &str = "[not shown: it repeats a secret]";

/// A string from outside that may be shown. Only a [`Redactor`] creates one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shown {
    /// One line of limited length, without control characters.
    Text(String),
    /// The string repeats a secret of the request.
    Withheld,
}

impl Shown {
    /// Returns the string, unless it is empty or withheld.
    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// Returns the empty string.
    pub(crate) const fn nothing() -> Self {
        Self::Text(String::new())
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(text) => text,
            Self::Withheld => WITHHELD,
        })
    }
}

/// The secrets of one call. Decides what may be shown without repeating one of them.
#[derive(Default)]
pub(crate) struct Redactor(Mutex<Vec<Secret>>);

impl Redactor {
    /// Creates a redactor for these secrets.
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let redactor = Self::default();
        secrets.into_iter().for_each(|secret| redactor.learn(secret));
        redactor
    }

    /// Adds a secret that is not known before the call is in progress: the cookie of a session.
    pub(crate) fn learn(&self, secret: &str) {
        let mut secrets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !secret.is_empty() && !secrets.iter().any(|old| old.expose() == secret) {
            secrets.push(Secret::new(secret));
        }
    }

    /// Shortens a string to one line of this many characters, and masks secrets and card numbers in it. Withholds the string
    /// if a secret can still be read from it.
    pub(crate) fn show(&self, text: &str, max_characters: usize) -> Shown {
        self.show_beginning(text, max_characters, false)
    }

    /// Shows the text of an error page or message. If `is_cut` is set, `beginning` is not the whole text.
    pub(crate) fn show_page(&self, beginning: &[u8], is_cut: bool) -> Shown {
        self.show_beginning(&page_text(beginning), MESSAGE, is_cut)
    }

    /// Shows everything in a decode error that comes from the body.
    pub(crate) fn decode_error(&self, error: &DecodeError) -> DecodeError {
        let show = |text: &str| self.show(text, MESSAGE).to_string();
        let kind = match error.kind() {
            DecodeErrorKind::Malformed(how) => DecodeErrorKind::Malformed(show(how)),
            DecodeErrorKind::Encoding(which) => DecodeErrorKind::Encoding(show(which)),
            DecodeErrorKind::Limit(which) => DecodeErrorKind::Limit(show(which)),
            DecodeErrorKind::Root { found, expected } => DecodeErrorKind::Root {
                found: show(found),
                expected,
            },
            DecodeErrorKind::UnknownItems { found, expected } => DecodeErrorKind::UnknownItems {
                found: show(found),
                expected,
            },
            DecodeErrorKind::Value { found, expected } => DecodeErrorKind::Value {
                found: show(found),
                expected,
            },
            kind @ (DecodeErrorKind::NoContent
            | DecodeErrorKind::NotEmpty
            | DecodeErrorKind::Html
            | DecodeErrorKind::Doctype
            | DecodeErrorKind::Missing(_)
            | DecodeErrorKind::Trailing) => kind.clone(),
        };
        DecodeError::new(kind, self.show(error.path(), PATH).to_string(), error.offset())
    }

    /// Shows the message of the network stack, which may contain the address of the request.
    pub(crate) fn transport_error(&self, error: &TransportError) -> TransportError {
        let error = error.clone();
        error.map_message(|message| self.show(message, MESSAGE).to_string())
    }

    fn show_beginning(&self, text: &str, max_characters: usize, is_cut: bool) -> Shown {
        let secrets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let masked = masked(&one_line(text), &secrets);
        let (shown, is_shortened) = shorten(&masked, max_characters);
        let is_cut = is_cut || is_shortened;
        let shown = mask_card_numbers(shown, MASK, is_cut);
        // The check comes last, on the string that will be shown: no later step can bring a secret back.
        if reveals(&shown, &secrets, is_cut) {
            return Shown::Withheld;
        }
        let mut shown = escape_invisible(&shown);
        shown.push_str(if is_shortened { "…" } else { "" });
        Shown::Text(shown)
    }
}

/// Replaces every run of whitespace by a space.
fn one_line(text: &str) -> Zeroizing<String> {
    let mut line = Zeroizing::new(String::with_capacity(text.len()));
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Masks the secrets that occur unencoded, so that the rest of the string can be shown. A very short secret would be masked
/// within other words; a string with one is withheld instead.
fn masked(text: &str, secrets: &[Secret]) -> Zeroizing<String> {
    const SHORTEST: usize = 3;
    let lines = secrets.iter().map(|secret| one_line(secret.expose()));
    let mut lines: Vec<_> = lines.filter(|line| line.len() >= SHORTEST).collect();
    // The longest first: a secret may be a part of another.
    lines.sort_by_key(|line| std::cmp::Reverse(line.len()));
    let text = Zeroizing::new(text.to_owned());
    lines
        .iter()
        .fold(text, |text, line| Zeroizing::new(text.replace(line.as_str(), MASK)))
}

/// Returns the first characters, and whether there are more.
fn shorten(text: &str, max_characters: usize) -> (&str, bool) {
    match text.char_indices().nth(max_characters) {
        Some((end, _)) => (text[..end].trim_end(), true),
        None => (text, false),
    }
}

/// Returns whether a secret or a card number can be read from a string.
fn reveals(text: &str, secrets: &[Secret], is_cut: bool) -> bool {
    let texts = decodings(text);
    let is_revealed = |secret: &Secret| {
        // A secret may look encoded itself, and is then decoded together with the string around it.
        let secrets = escape_decodings(secret.expose());
        let is_repeated = |secret: &Zeroizing<String>| texts.iter().any(|text| repeats(text, secret, is_cut));
        secrets.iter().any(is_repeated)
    };
    secrets.iter().any(is_revealed) || texts.iter().any(|text| contains_card_number(text))
}

/// Returns whether a string contains a secret, or a part of one that is long enough to be useful to a reader.
///
/// Only ASCII letters and digits are compared, in any case: encodings, markup and line breaks leave them alone. A secret
/// that has few of them is compared as it is. Where a string was cut off, the first letters of a secret may be all that is
/// left of it, so fewer count.
fn repeats(text: &str, secret: &str, is_cut: bool) -> bool {
    /// Fewer letters occur in words that have nothing to do with the secret.
    const FEWEST: usize = 4;
    const LONG_ENOUGH: usize = 8;
    let letters_of_secret = letters(secret);
    if letters_of_secret.len() < FEWEST {
        let secret = one_line(secret);
        return !secret.is_empty() && one_line(text).contains(secret.as_str());
    }
    let secret = letters_of_secret;
    let letters_of_text = letters(text);
    let mut parts = secret.windows(secret.len().min(LONG_ENOUGH));
    parts.any(|part| memmem::find(&letters_of_text, part).is_some())
        || ends_of_cuts(text, is_cut).any(|end| {
            let end = letters(end);
            (FEWEST..secret.len()).any(|length| end.ends_with(&secret[..length]))
        })
}

/// Returns the parts of a string that were cut off at their end. A decoder marks each value that it shortens with `…`.
fn ends_of_cuts(text: &str, is_cut: bool) -> impl Iterator<Item = &str> {
    let last = text.rsplit('…').next().filter(|_| is_cut);
    let marked = text.match_indices('…').map(|(end, _)| &text[..end]);
    marked.chain(last)
}

fn letters(text: &str) -> Zeroizing<Vec<u8>> {
    let mut letters = Zeroizing::new(Vec::with_capacity(text.len()));
    letters.extend(
        text.bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|byte| byte.to_ascii_lowercase()),
    );
    letters
}

/// Escapes control characters, and characters that are invisible or change the direction of the text: they could deceive a
/// reader, or control a terminal.
pub(crate) fn escape_invisible(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            escaped.extend(character.escape_default());
        } else if is_invisible(character) {
            escaped.extend(character.escape_unicode());
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// Returns whether it is one of Unicode's invisible format characters.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        Redactor::new(["k+e y/ß&1~w0rds", ""]).show(text, MESSAGE).to_string()
    }

    #[test]
    fn secrets_are_masked_or_the_string_is_withheld() {
        let cases = [
            ("", ""),
            ("none here", "none here"),
            ("raw k+e y/ß&1~w0rds.", "raw ***."),
            ("twice k+e y/ß&1~w0rds k+e y/ß&1~w0rds", "twice *** ***"),
            ("over k+e\ny/ß&1~w0rds lines", "over *** lines"),
            ("sent k%2Be%20y%2F%C3%9F%261~w0rds", WITHHELD),
            ("lower case k%2be%20y%2f%c3%9f%261~w0rds", WITHHELD),
            ("form k%2Be+y%2F%C3%9F%261~w0rds", WITHHELD),
            ("twice k%252Be%2520y%252F%25C3%259F%25261~w0rds", WITHHELD),
            ("markup k+e y/ß&amp;1~w0rds", WITHHELD),
            ("markup k&#43;e y/&szlig;&#0038;1~w0rds", WITHHELD),
            ("markup k&#x2b;e y/&#xdf;&#x00026;1~w0rds", WITHHELD),
            ("JSON k\\u002be y\\/\\u00df\\u00261~w0rds", WITHHELD),
            ("upper case K+E Y/ß&1~W0RDS", WITHHELD),
            ("base64 aytlIHkvw58mMX53MHJkcw", WITHHELD),
            ("hexadecimal 6b2b6520792fc39f26317e77307264730a", WITHHELD),
            ("broken <b>k+e</b> y/ß&1~w0rds", "broken <b>k+e</b> y/ß&1~w0rds"),
            ("invisible k+e y/\u{200B}ß&1~w0rds", WITHHELD),
            ("a part 1~w0rds of it", "a part 1~w0rds of it"),
            ("card 4111 1111 1111 1111.", "card ***."),
            ("card 4111%201111%201111%201111.", WITHHELD),
            ("card &#52;111111111111111.", WITHHELD),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn eight_letters_of_a_secret_in_a_row_are_too_many() {
        let redactor = Redactor::new(["AbCdEf-GhIjKl"]);
        for part in [
            "abcdefgh",
            "b.c.d.e.f.g.h.i",
            "EF GHIJKL and more",
            "ABCDEFGHIJK",
            "abcdefg hijkl",
        ] {
            assert_eq!(redactor.show(part, NAME), Shown::Withheld, "{part}");
        }
        for part in ["abcdefg", "hijkl", "abcdefg and hijkl"] {
            assert_eq!(redactor.show(part, NAME), Shown::Text(part.to_owned()), "{part}");
        }
    }

    #[test]
    fn a_secret_that_is_cut_off_is_withheld() {
        let redactor = Redactor::new(["AbCdEf"]);
        assert_eq!(redactor.show("key AbCd…", NAME), Shown::Withheld);
        assert_eq!(redactor.show("`key AbCd…` is not a number", NAME), Shown::Withheld);
        assert_eq!(redactor.show("one…, AbCd…, three", NAME), Shown::Withheld);
        assert_eq!(redactor.show("key AbCd", NAME), Shown::Text("key AbCd".to_owned()));
        assert_eq!(redactor.show("key AbCd and more", 8), Shown::Withheld);
        assert_eq!(redactor.show("key AbC and more", 7), Shown::Text("key AbC…".to_owned()));
        assert_eq!(redactor.show_page(b"key Ab<b>Cd", true), Shown::Withheld);
        assert_eq!(redactor.show("at 4111111", 30), Shown::Text("at 4111111".to_owned()));
        assert_eq!(redactor.show("at 4111111…", 30), Shown::Text("at ***…".to_owned()));
    }

    #[test]
    fn secrets_with_few_letters_are_compared_as_they_are() {
        for (secret, text, is_shown) in [
            ("a1", "an a1 b", false),
            ("a1", "an A1 b", true),
            ("+/%&", "see + / % &", true),
            ("+/%&", "see %2B%2F%25%26", false),
            ("пароль", "&#1087;&#1072;&#1088;&#1086;&#1083;&#1100;", false),
            ("  ", "two  words", true),
        ] {
            let shown = Redactor::new([secret]).show(text, NAME);
            assert_eq!(shown != Shown::Withheld, is_shown, "{secret} {text}: {shown}");
        }
    }

    #[test]
    fn a_secret_that_looks_encoded_is_found() {
        let redactor = Redactor::new(["a%2Bb&amp;%41c\\u0041d"]);
        for text in [
            "a%2Bb&amp;amp;%41c\\u0041d",
            "a%252Bb%26amp%3B%2541c%5Cu0041d",
            "a+b&Ac\\u0041d",
        ] {
            assert_eq!(redactor.show(text, MESSAGE), Shown::Withheld, "{text}");
        }
    }

    #[test]
    fn a_secret_that_is_learnt_late_is_masked_from_then_on() {
        let redactor = Redactor::new(["first"]);
        assert_eq!(redactor.show("first second", NAME).to_string(), "*** second");
        redactor.learn("second");
        redactor.learn("");
        assert_eq!(redactor.show("first second", NAME).to_string(), "*** ***");
    }

    #[test]
    fn what_is_shown_is_one_line_of_visible_characters() {
        let cases = [
            ("two\r\n lines\u{2028}or\u{A0}three", "two lines or three"),
            ("\u{1b}[31mred\u{7}\0", "\\u{1b}[31mred\\u{7}\\u{0}"),
            (
                "\u{202E}desrever\u{202C}\u{2066}a\u{2069}",
                "\\u{202e}desrever\\u{202c}\\u{2066}a\\u{2069}",
            ),
            ("\u{200E}\u{200F}\u{61C}\u{FEFF}", "\\u{200e}\\u{200f}\\u{61c}\\u{feff}"),
            ("Théâtre “Ø” 劇場 🎭", "Théâtre “Ø” 劇場 🎭"),
        ];
        for (text, expected) in cases {
            assert_eq!(Redactor::default().show(text, NAME).to_string(), expected, "{text:?}");
        }
    }

    #[test]
    fn an_error_about_a_body_is_shown_without_the_secret() {
        let redactor = Redactor::new(["s3cr3tw0rd"]);
        let value = |found: &str, path: &str| {
            let kind = DecodeErrorKind::Value {
                found: found.to_owned(),
                expected: "a number",
            };
            redactor
                .decode_error(&DecodeError::new(kind, path.to_owned(), 7))
                .to_string()
        };
        assert_eq!(value("x", "A/B[2]"), "`x` is not a number (in A/B[2], at byte 7)");
        assert_eq!(value("s3cr3tw0rd", "A"), "`***` is not a number (in A, at byte 7)");
        assert_eq!(
            value("4111111111111111", "A"),
            "`***` is not a number (in A, at byte 7)"
        );
        assert_eq!(
            value("s3cr3%74w0rd", "A"),
            format!("`{WITHHELD}` is not a number (in A, at byte 7)")
        );
        assert_eq!(
            value("x", "A/s3cr3t/w0rd"),
            format!("`x` is not a number (in {WITHHELD}, at byte 7)")
        );
    }
}
