//! Values that stand in one piece of text: how each is read, and how it is written.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::str::FromStr;

use quick_xml::events::Event;

use super::decoder::{Decoder, Tag, TagKind};
use super::reference::{BadReference, resolve, resolve_all};
use super::{DecodeError, DecodeErrorKind};

/// A value that stands in one piece of text: an attribute, the content of an element, a query parameter.
pub trait Text: Sized {
    /// Whether blanks around the value belong to it. They do for strings only.
    const KEEPS_BLANKS: bool = false;

    /// Whether the value must not be shown. It is then taken out of whatever an error quotes.
    const IS_SECRET: bool = false;

    /// Reads the value.
    fn parse(text: &str) -> Result<Self, InvalidText>;

    /// Appends the value, as the service writes it.
    fn print(&self, out: &mut String);

    /// The text less what does not belong to the value.
    fn trim(text: &str) -> &str {
        if Self::KEEPS_BLANKS { text } else { without_blanks(text) }
    }
}

/// Apart from [`Text::trim`], of which there is one for each type.
fn without_blanks(text: &str) -> &str {
    text.trim_ascii()
}

/// A text that is no value of the type; it says what was expected, as a noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidText(pub &'static str);

/// Parses a text. One function for each kind of number, instead of one for each kind of identifier that is a number.
#[doc(hidden)]
#[inline(never)]
pub fn parsed<T: FromStr>(text: &str) -> Result<T, T::Err> {
    text.parse()
}

/// The first characters of a value, for a message.
pub(super) fn excerpt(value: &str) -> String {
    const MAX: usize = 40;
    let mut shown: String = value.chars().take(MAX).flat_map(char::escape_debug).collect();
    if value.chars().nth(MAX).is_some() {
        shown.push('…');
    }
    shown
}

impl<'a> Decoder<'a> {
    /// The text of a leaf element. Elements inside it are unknown, and skipped.
    pub fn text(&mut self, tag: &Tag<'a>) -> Result<Cow<'a, str>, DecodeError> {
        match tag.kind {
            TagKind::Leaf(text) => Ok(Cow::Borrowed(text)),
            TagKind::RawLeaf(raw) => match resolve_all(raw) {
                Ok(text) => Ok(Cow::Owned(text)),
                Err(bad) => Err(self.bad_reference_in(tag, &bad)),
            },
            TagKind::Empty => {
                self.expect_no_attributes(tag)?;
                Ok(Cow::Borrowed(""))
            }
            TagKind::Open => {
                self.expect_no_attributes(tag)?;
                self.gather_text(tag)
            }
        }
    }

    /// Reads a child that holds text and may stand once, without making a `String` of it.
    pub(crate) fn text_field(&mut self, tag: Tag<'a>, field: &mut Option<Cow<'a, str>>) -> Result<(), DecodeError> {
        if field.is_some() || tag.is_nil() {
            return self.pass(&tag);
        }
        *field = Some(self.text(&tag)?);
        Ok(())
    }

    /// The value of a leaf element.
    pub fn value<T: Text>(&mut self, tag: &Tag<'a>) -> Result<T, DecodeError> {
        let text = self.text(tag)?;
        T::parse(T::trim(&text)).map_err(|InvalidText(expected)| self.bad_value(tag, &text, expected))
    }

    #[cold]
    pub(super) fn bad_value(&self, tag: &Tag<'a>, found: &str, expected: &'static str) -> DecodeError {
        let found = excerpt(found);
        self.error_in(tag, DecodeErrorKind::Value { found, expected })
    }

    /// The text of an element whose attributes were read before.
    pub(super) fn content_text(&mut self, tag: &Tag<'a>) -> Result<Cow<'a, str>, DecodeError> {
        match tag.kind {
            TagKind::Open => self.gather_text(tag),
            TagKind::Empty => Ok(Cow::Borrowed("")),
            TagKind::Leaf(_) | TagKind::RawLeaf(_) => self.text(tag),
        }
    }

    fn gather_text(&mut self, tag: &Tag<'a>) -> Result<Cow<'a, str>, DecodeError> {
        self.path.push(tag.name());
        let mut text = Cow::Borrowed("");
        loop {
            match self.event()? {
                Event::Text(piece) => append(&mut text, piece.xml10_content()),
                Event::CData(piece) => append(&mut text, piece.xml10_content()),
                Event::GeneralRef(reference) => match resolve(&reference) {
                    Some(character) => text.to_mut().push(character),
                    None => return Err(self.bad_reference(&BadReference::Unknown(&reference))),
                },
                Event::Start(start) => {
                    let child = self.tag(&start, TagKind::Open)?;
                    self.skip(child)?;
                }
                Event::Empty(start) => {
                    let child = self.tag(&start, TagKind::Empty)?;
                    self.skip(child)?;
                }
                Event::End(_) => {
                    self.path.pop();
                    return Ok(text);
                }
                _ => {}
            }
        }
    }

    #[cold]
    fn bad_reference_in(&mut self, tag: &Tag<'a>, bad: &BadReference<'_>) -> DecodeError {
        self.path.push(tag.name());
        self.bad_reference(bad)
    }
}

fn append<'a>(text: &mut Cow<'a, str>, piece: Cow<'a, str>) {
    if text.is_empty() {
        *text = piece;
    } else {
        text.to_mut().push_str(&piece);
    }
}

/// Blanks count, and an empty text is one.
impl Text for String {
    const KEEPS_BLANKS: bool = true;

    fn parse(text: &str) -> Result<Self, InvalidText> {
        Ok(text.to_owned())
    }

    fn print(&self, out: &mut String) {
        out.push_str(self);
    }
}

/// `true`, `false`, `1` or `0`; `True` is refused, as the service's own reader refuses it.
impl Text for bool {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        match text {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err(InvalidText("true or false")),
        }
    }

    fn print(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

/// Implements [`Text`] by `FromStr` and `Display`.
macro_rules! by_display {
    ($($type:ty: $expected:literal),* $(,)?) => {
        $(impl Text for $type {
            fn parse(text: &str) -> Result<Self, InvalidText> {
                parsed(text).map_err(|_| InvalidText($expected))
            }

            fn print(&self, out: &mut String) {
                // Writing to a `String` cannot fail.
                let _ = write!(out, "{self}");
            }
        })*
    };
}

by_display! {
    i32: "a whole number (xs:int)",
    i64: "a whole number (xs:long)",
    u32: "a whole number that is not negative",
    i8: "a whole number (xs:byte)",
    u8: "a whole number (xs:unsignedByte)",
    i16: "a whole number (xs:short)",
    u16: "a whole number (xs:unsignedShort)",
    u64: "a whole number that is not negative",
    jiff::civil::Time: "a time of day (xs:time)",
    super::Guid: "a GUID",
}
