//! The same list written in other ways that a service might use.

use std::borrow::Cow;
use std::fmt::Write as _;

use anyhow::Result;
use clap::ValueEnum;
use quick_xml::events::{BytesCData, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

/// A way to write a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Variant {
    /// Unchanged.
    Unchanged,
    /// Each element is on a separate line, indented.
    Pretty,
    /// `<Value></Value>` in place of `<Value/>`.
    Pairs,
    /// `<Value />` in place of `<Value/>`.
    Spaced,
    /// Each user-defined attribute occurs five times.
    ManyAttributes,
    /// Long strings are thirty times as long.
    LongTexts,
    /// Every space in a string is a reference.
    References,
    /// Every full stop and comma in a string is a carriage return, as `&#xD;`, and a line feed.
    CarriageReturns,
    /// The same, with raw carriage returns.
    RawCarriageReturns,
    /// Every space in a string is a space between two letters beyond ASCII.
    NonAscii,
    /// Long strings are in CDATA sections.
    Cdata,
    /// Every element has a prefix.
    Prefixes,
    /// Each item contains an element that the schema does not know, with children.
    UnknownParts,
    /// Each item contains a leaf element that the schema does not know.
    UnknownLeaf,
    /// Each item has an attribute that the schema does not know.
    UnknownAttribute,
    /// Two elements of each item are in another order than in the schema.
    Swapped,
}

/// The length of a string that counts as long: something that a person wrote, not a number, a date or a name.
const LONG: usize = 40;

/// Writes a list in this way.
pub fn in_variant(body: &str, variant: Variant) -> Result<String> {
    match variant {
        Variant::Unchanged => Ok(body.to_owned()),
        Variant::ManyAttributes => Ok(repeat_attributes(body)),
        Variant::Swapped => Ok(swap_elements(body)),
        _ => rewrite(body, variant),
    }
}

// User-defined attributes are not nested, so searching for tags is enough.
fn repeat_attributes(body: &str) -> String {
    let mut out = String::new();
    let mut rest = body;
    while let Some((start, end)) = rest.find("<Attribute>").zip(rest.find("</Attribute>")) {
        let end = end + "</Attribute>".len();
        out.push_str(&rest[..start]);
        out.push_str(&rest[start..end].repeat(5));
        rest = &rest[end..];
    }
    out + rest
}

/// Elements that follow each other in the items of the lists that are measured.
const NEIGHBOURS: [(&str, &str); 3] = [("IsOnSale", "Plan"), ("IsOnSale", "Name"), ("Capacity", "Locked")];

fn swap_elements(body: &str) -> String {
    let mut out = String::new();
    let mut rest = body;
    while let Some((start, middle, end)) = NEIGHBOURS.iter().find_map(|names| neighbours(rest, *names)) {
        out.extend([&rest[..start], &rest[middle..end], &rest[start..middle]]);
        rest = &rest[end..];
    }
    out + rest
}

/// Returns where two neighbours start, meet and end. Both contain only text, or are empty elements.
fn neighbours(body: &str, (first, second): (&str, &str)) -> Option<(usize, usize, usize)> {
    let start = body.find(&format!("<{first}>"))?;
    let middle = body[start..].find(&format!("</{first}>"))? + start + first.len() + "</>".len();
    let after = body[middle..].strip_prefix('<')?.strip_prefix(second)?;
    let end_of_tag = after.find('>')?;
    let end = if after[..end_of_tag].ends_with('/') {
        end_of_tag + 1
    } else {
        after.find(&format!("</{second}>"))? + second.len() + "</>".len()
    };
    Some((start, middle, body.len() - after.len() + end))
}

fn rewrite(body: &str, variant: Variant) -> Result<String> {
    let mut reader = Reader::from_str(body);
    let mut writer = match variant {
        Variant::Pretty => Writer::new_with_indent(Vec::new(), b' ', 2),
        _ => Writer::new(Vec::new()),
    };
    let mut text = String::new();
    let mut depth = 0;
    loop {
        let event = reader.read_event()?;
        match &event {
            // The text of an element comes as several events, with references between them.
            Event::Text(part) => text.push_str(part),
            Event::GeneralRef(reference) => write!(text, "&{};", &**reference)?,
            _ => write_text(&mut writer, &std::mem::take(&mut text), variant)?,
        }
        match event {
            Event::Start(start) => {
                let mut start = renamed(&start, variant);
                if depth == 1 && variant == Variant::UnknownAttribute {
                    start.push_attribute(("new", "1"));
                }
                depth += 1;
                writer.write_event(Event::Start(start))?;
            }
            Event::End(end) => {
                depth -= 1;
                let unknown = match variant {
                    Variant::UnknownParts => UNKNOWN,
                    Variant::UnknownLeaf => "<New>1</New>",
                    _ => "",
                };
                if depth == 1 && !unknown.is_empty() {
                    writer.write_event(Event::Text(BytesText::from_escaped(unknown)))?;
                }
                let name = variant_name(end.name().into_inner(), variant);
                writer.write_event(Event::End(BytesEnd::new(name)))?;
            }
            Event::Empty(start) => write_empty(&mut writer, renamed(&start, variant), variant)?,
            Event::Eof => return Ok(String::from_utf8(writer.into_inner())?),
            Event::Text(_) | Event::GeneralRef(_) => {}
            other => writer.write_event(other)?,
        }
    }
}

const UNKNOWN: &str = "<New a=\"1\"><Part>first</Part><Part>second &amp; third</Part><Part><Part/></Part></New>";

fn variant_name(name: &str, variant: Variant) -> Cow<'_, str> {
    match variant {
        Variant::Prefixes => Cow::Owned(format!("s:{name}")),
        _ => Cow::Borrowed(name),
    }
}

fn renamed(start: &BytesStart<'_>, variant: Variant) -> BytesStart<'static> {
    let mut renamed = BytesStart::new(variant_name(start.name().into_inner(), variant).into_owned());
    for attribute in start.attributes().flatten() {
        renamed.push_attribute(attribute);
    }
    renamed
}

fn write_empty(writer: &mut Writer<Vec<u8>>, start: BytesStart<'static>, variant: Variant) -> Result<()> {
    match variant {
        Variant::Pairs if start.attributes().next().is_none() => {
            let end = start.to_end().into_owned();
            writer.write_event(Event::Start(start))?;
            writer.write_event(Event::End(end))?;
        }
        Variant::Spaced => {
            let spaced = format!("{} ", &*start);
            let name = start.name().into_inner().len();
            writer.write_event(Event::Empty(BytesStart::from_content(spaced, name)))?;
        }
        _ => writer.write_event(Event::Empty(start))?,
    }
    Ok(())
}

fn write_text(writer: &mut Writer<Vec<u8>>, text: &str, variant: Variant) -> Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let is_long = text.len() >= LONG;
    let written = match variant {
        Variant::LongTexts if is_long => Cow::Owned(text.repeat(30)),
        Variant::References => Cow::Owned(text.replace(' ', "&#x20;")),
        Variant::CarriageReturns => Cow::Owned(text.replace(['.', ','], "&#xD;\n")),
        Variant::RawCarriageReturns => Cow::Owned(text.replace(['.', ','], "\r\n")),
        // Flags and references must stay the same.
        Variant::NonAscii => Cow::Owned(text.replace(' ', "é ö")),
        Variant::Cdata if is_long && !text.contains('&') => {
            writer.write_event(Event::CData(BytesCData::new(text)))?;
            return Ok(());
        }
        _ => Cow::Borrowed(text),
    };
    writer.write_event(Event::Text(BytesText::from_escaped(written)))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Bodies, OPERATIONS, item_count};

    #[test]
    fn every_variant_has_the_same_items() {
        for operation in OPERATIONS {
            let body = Bodies::new(None).body(operation).unwrap();
            let items = item_count(operation, &body).unwrap();
            for variant in Variant::value_variants() {
                let other = in_variant(&body, *variant).unwrap();
                assert_eq!(item_count(operation, &other).unwrap(), items, "{operation} {variant:?}");
            }
        }
        let body = "<A><B/><C id=\"1\"/>x y, &amp;</A>";
        let rows = [
            (Variant::Unchanged, body),
            (Variant::Pairs, "<A><B></B><C id=\"1\"/>x y, &amp;</A>"),
            (Variant::Spaced, "<A><B /><C id=\"1\" />x y, &amp;</A>"),
            (Variant::References, "<A><B/><C id=\"1\"/>x&#x20;y,&#x20;&amp;</A>"),
            (Variant::CarriageReturns, "<A><B/><C id=\"1\"/>x y&#xD;\n &amp;</A>"),
            (Variant::Prefixes, "<s:A><s:B/><s:C id=\"1\"/>x y, &amp;</s:A>"),
        ];
        for (variant, expected) in rows {
            assert_eq!(in_variant(body, variant).unwrap(), expected, "{variant:?}");
        }
    }

    #[test]
    fn variants_of_whole_items_differ_in_each_item() {
        let body = "<L><I id=\"1\"><IsOnSale>true</IsOnSale><Plan id=\"2\"/></I><I><Capacity>1</Capacity><Locked>2</Locked></I></L>";
        let rows = [
            (
                Variant::Swapped,
                "<L><I id=\"1\"><Plan id=\"2\"/><IsOnSale>true</IsOnSale></I><I><Locked>2</Locked><Capacity>1</Capacity></I></L>",
            ),
            (
                Variant::UnknownLeaf,
                "<L><I id=\"1\"><IsOnSale>true</IsOnSale><Plan id=\"2\"/><New>1</New></I><I><Capacity>1</Capacity><Locked>2\
                 </Locked><New>1</New></I></L>",
            ),
            (
                Variant::UnknownAttribute,
                "<L><I id=\"1\" new=\"1\"><IsOnSale>true</IsOnSale><Plan id=\"2\"/></I><I new=\"1\"><Capacity>1</Capacity>\
                 <Locked>2</Locked></I></L>",
            ),
        ];
        for (variant, expected) in rows {
            assert_eq!(in_variant(body, variant).unwrap(), expected, "{variant:?}");
        }
    }
}
