//! Values written as text: how a value is parsed from an attribute, from the text of an element, and printed.

use std::str::FromStr;

use crate::secret::Secret;

/// A type whose values are written as text: in an attribute, in an element or in a query parameter.
pub trait Text: Sized {
    /// Whether whitespace around the value belongs to it. It does for strings only.
    const KEEPS_WHITESPACE: bool = false;

    /// Whether the value is secret. It is then masked wherever an error would quote it.
    const IS_SECRET: bool = false;

    /// Parses a value from its text, which was [trimmed](Self::trim).
    fn parse(text: &str) -> Result<Self, InvalidText>;

    /// Parses a value in the form that the service uses from the front, and returns its length in bytes.
    ///
    /// Returns `None` for any other form, and if the type has no such form. Then the whole text is [parsed](Self::parse).
    #[inline]
    fn parse_prefix(text: &[u8]) -> Option<(Self, usize)> {
        let _ = text;
        None
    }

    /// Appends the value in the form that the service uses.
    fn print(&self, out: &mut String);

    /// Removes whitespace around the text, unless it belongs to the value.
    fn trim(text: &str) -> &str {
        if Self::KEEPS_WHITESPACE { text } else { trim_ascii(text) }
    }
}

// Not inlined into `Text::trim`, which is compiled once for each type.
fn trim_ascii(text: &str) -> &str {
    text.trim_ascii()
}

/// A text that is not a valid value of the type. Holds what was expected, as a noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidText(pub &'static str);

/// Parses a value by its `FromStr` implementation.
///
/// Not inlined, so that it is compiled once for each kind of number, not once for each type of identifier.
#[inline(never)]
pub fn parse_from_str<T: FromStr>(text: &str) -> Result<T, T::Err> {
    text.parse()
}

/// Keeps whitespace. An empty text is an empty string.
impl Text for String {
    const KEEPS_WHITESPACE: bool = true;

    fn parse(text: &str) -> Result<Self, InvalidText> {
        Ok(text.to_owned())
    }

    fn print(&self, out: &mut String) {
        out.push_str(self);
    }
}

/// Keeps whitespace, as a string does.
impl Text for Secret {
    const KEEPS_WHITESPACE: bool = true;
    const IS_SECRET: bool = true;

    fn parse(text: &str) -> Result<Self, InvalidText> {
        Ok(Self::new(text))
    }

    fn print(&self, out: &mut String) {
        out.push_str(self.expose());
    }
}

/// Accepts `true`, `false`, `1` and `0`. Rejects `True`, as .NET's own reader does.
impl Text for bool {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        match text {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err(InvalidText("true or false")),
        }
    }

    #[inline]
    fn parse_prefix(text: &[u8]) -> Option<(Self, usize)> {
        if text.starts_with(b"true") {
            Some((true, "true".len()))
        } else if text.starts_with(b"false") {
            Some((false, "false".len()))
        } else {
            None
        }
    }

    fn print(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}
