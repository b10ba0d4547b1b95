//! Values that stand in one piece of text: how each is read, and how it is written.

use std::borrow::Cow;
use std::fmt::Write as _;

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp};
use quick_xml::events::{BytesRef, Event};
use rust_decimal::Decimal;

use super::decoder::{Decoder, Tag, TagKind};
use super::{DecodeError, DecodeErrorKind, Guid};

/// A value that stands in one piece of text: an attribute, the content of an element, a query parameter.
pub trait Text: Sized {
    /// Whether blanks around the value belong to it. They do for strings only.
    const KEEPS_BLANKS: bool = false;

    /// Reads the value.
    fn parse(text: &str) -> Result<Self, InvalidText>;

    /// Appends the value, as the service writes it.
    fn print(&self, out: &mut String);

    /// The text less what does not belong to the value.
    fn trim(text: &str) -> &str {
        if Self::KEEPS_BLANKS { text } else { text.trim_ascii() }
    }
}

/// A text that is no value of the type; it says what was expected, as a noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidText(pub &'static str);

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
            TagKind::Leaf(text) => return Ok(Cow::Borrowed(text)),
            TagKind::RawLeaf(raw) => {
                let resolved = resolve_all(raw).map(Cow::Owned);
                return resolved.map_err(|how| self.bad_reference(tag, how));
            }
            TagKind::Empty | TagKind::Open => self.expect_no_attributes(tag)?,
        }
        if tag.kind == TagKind::Open {
            self.gather_text(tag)
        } else {
            Ok(Cow::Borrowed(""))
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

    /// The text of an element whose attributes were read before.
    pub(super) fn content_text(&mut self, tag: &Tag<'a>) -> Result<Cow<'a, str>, DecodeError> {
        match tag.kind {
            TagKind::Open => self.gather_text(tag),
            _ => self.text(tag),
        }
    }

    /// The value of a leaf element.
    pub fn value<T: Text>(&mut self, tag: &Tag<'a>) -> Result<T, DecodeError> {
        let text = self.text(tag)?;
        self.parsed(tag, &text)
    }

    pub(super) fn parsed<T: Text>(&self, tag: &Tag<'a>, text: &str) -> Result<T, DecodeError> {
        T::parse(T::trim(text)).map_err(|InvalidText(expected)| {
            let found = excerpt(text);
            self.error_in(tag, DecodeErrorKind::Value { found, expected })
        })
    }

    fn gather_text(&mut self, tag: &Tag<'a>) -> Result<Cow<'a, str>, DecodeError> {
        let mut text = Cow::Borrowed("");
        loop {
            match self.event()? {
                Event::Text(piece) => append(&mut text, piece.xml10_content()),
                Event::CData(piece) => append(&mut text, piece.xml10_content()),
                Event::GeneralRef(reference) => match resolve(&reference) {
                    Some(character) => text.to_mut().push(character),
                    None => return Err(self.bad_reference(tag, &reference)),
                },
                Event::Start(start) => {
                    let child = self.tag(&start, TagKind::Open);
                    self.skip_inside(tag, child)?;
                }
                Event::Empty(start) => {
                    let child = self.tag(&start, TagKind::Empty);
                    self.skip_inside(tag, child)?;
                }
                Event::End(_) => return Ok(text),
                _ => {}
            }
        }
    }

    #[cold]
    fn bad_reference(&self, tag: &Tag<'a>, reference: &str) -> DecodeError {
        let how = format!("`&{};` stands for nothing", excerpt(reference));
        self.error_in(tag, DecodeErrorKind::Malformed(how))
    }

    fn skip_inside(&mut self, tag: &Tag<'a>, child: Tag<'a>) -> Result<(), DecodeError> {
        if self.reports_unknown() {
            self.note_unknown(tag, &format!("/{}", child.name()));
        }
        self.pass(&child)
    }
}

fn append<'a>(text: &mut Cow<'a, str>, piece: Cow<'a, str>) {
    if text.is_empty() {
        *text = piece;
    } else {
        text.to_mut().push_str(&piece);
    }
}

/// The text that raw text stands for, or the reference in it that stands for nothing.
fn resolve_all(raw: &str) -> Result<String, &str> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr2(b'&', b'\r', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        if rest.as_bytes()[at] == b'\r' {
            text.push('\n');
            rest = behind.strip_prefix('\n').unwrap_or(behind);
        } else {
            let (reference, after) = behind.split_once(';').ok_or(behind)?;
            text.push(resolve(reference).ok_or(reference)?);
            rest = after;
        }
    }
    text.push_str(rest);
    Ok(text)
}

/// The character of a numeric or predefined reference, if XML allows it.
fn resolve(reference: &str) -> Option<char> {
    match reference.starts_with('#') {
        true => {
            let character = BytesRef::new(reference).resolve_char_ref().ok()??;
            is_xml_char(character).then_some(character)
        }
        false => quick_xml::escape::resolve_predefined_entity(reference)?.chars().next(),
    }
}

/// Whether XML 1.0 can carry the character.
pub(super) fn is_xml_char(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
        && !matches!(character, '\u{FFFE}' | '\u{FFFF}')
}

impl Text for String {
    const KEEPS_BLANKS: bool = true;

    fn parse(text: &str) -> Result<Self, InvalidText> {
        Ok(text.to_owned())
    }

    fn print(&self, out: &mut String) {
        out.push_str(self);
    }
}

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
                text.parse().map_err(|_| InvalidText($expected))
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
    Decimal: "a decimal number (xs:decimal)",
    Date: "a date (xs:date)",
    Time: "a time of day (xs:time)",
    Guid: "a GUID",
}

/// A local time. An offset behind it is passed over: the local part is what the service means.
impl Text for DateTime {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        parse_local(text).map(|(time, _)| time)
    }

    fn print(&self, out: &mut String) {
        let _ = write!(out, "{self}");
    }
}

const LOCAL_TIME: InvalidText = InvalidText("a date and time (xs:dateTime)");

/// A local time, and whether an offset stood behind it.
fn parse_local(text: &str) -> Result<(DateTime, bool), InvalidText> {
    let local = text.trim_end_matches('Z');
    let local = match local.rfind(['+', '-']) {
        Some(at) if local.contains('T') && local.find('T') < Some(at) => &local[..at],
        _ => local,
    };
    if !local.contains('T') {
        return Err(LOCAL_TIME);
    }
    let time = local.parse().map_err(|_| LOCAL_TIME)?;
    Ok((time, local.len() < text.len()))
}

impl<'a> Decoder<'a> {
    /// A local time; an offset where none belongs is noted like an unknown part.
    pub(super) fn local_time(&mut self, tag: &Tag<'a>) -> Result<DateTime, DecodeError> {
        let text = self.text(tag)?;
        let parsed = parse_local(text.trim_ascii());
        let (time, has_offset) = parsed.map_err(|InvalidText(expected)| {
            let found = excerpt(&text);
            self.error_in(tag, DecodeErrorKind::Value { found, expected })
        })?;
        if has_offset && self.reports_unknown() {
            self.note_unknown(tag, "/offset()");
        }
        Ok(time)
    }
}

/// A moment. Without an offset it is taken as UTC; beyond what a [`Timestamp`] holds, as its first or last.
impl Text for Timestamp {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        const EXPECTED: InvalidText = InvalidText("a moment in UTC (xs:dateTime)");
        if let Ok(moment) = text.parse() {
            return Ok(moment);
        }
        let (time, has_offset) = parse_local(text).map_err(|_| EXPECTED)?;
        if has_offset && !text.ends_with('Z') && !is_at_an_end(time) {
            return Err(EXPECTED);
        }
        Ok(clamp(time))
    }

    fn print(&self, out: &mut String) {
        let _ = write!(out, "{self}");
    }
}

/// .NET's `DateTime.MinValue` and `MaxValue` are what it writes for "never".
fn is_at_an_end(time: DateTime) -> bool {
    time.year() <= 1 || time.year() >= 9999
}

fn clamp(time: DateTime) -> Timestamp {
    let since_epoch = time.duration_since(jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0));
    Timestamp::UNIX_EPOCH
        .checked_add(since_epoch)
        .unwrap_or(if since_epoch > SignedDuration::ZERO {
            Timestamp::MAX
        } else {
            Timestamp::MIN
        })
}
