//! The same list written in other ways: what a service might send, beyond what was recorded.

use std::borrow::Cow;
use std::fmt::Write as _;

use anyhow::Result;
use clap::ValueEnum;
use quick_xml::events::{BytesCData, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

/// A way of writing a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// As it is.
    AsIs,
    /// Each element on a line of its own, indented.
    Pretty,
    /// `<Value></Value>` in place of `<Value/>`.
    Pairs,
    /// `<Value />` in place of `<Value/>`.
    Spaced,
    /// Each user-defined attribute five times.
    ManyAttributes,
    /// Texts of some length thirty times as long.
    LongTexts,
    /// A reference for every blank of a text.
    References,
    /// A carriage return, as `&#xD;`, and a line end for every full stop and comma of a text.
    CarriageReturns,
    /// Line ends of two raw characters.
    RawCarriageReturns,
    /// Every `a`, `e` and `o` of a text with an accent.
    NonAscii,
    /// Texts of some length in CDATA sections.
    Cdata,
    /// A prefix before the name of every element.
    Prefixes,
    /// An element in each item that the schema does not know, with some in it.
    UnknownParts,
}

/// A text that somebody wrote, other than a number, a date or a name of one word.
const SOME_LENGTH: usize = 40;

/// Writes a list in another way.
pub fn shaped(body: &str, shape: Shape) -> Result<String> {
    match shape {
        Shape::AsIs => Ok(body.to_owned()),
        Shape::ManyAttributes => Ok(repeat_attributes(body)),
        _ => rewrite(body, shape),
    }
}

/// User-defined attributes hold no elements of their own name.
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

fn rewrite(body: &str, shape: Shape) -> Result<String> {
    let mut reader = Reader::from_str(body);
    let mut writer = match shape {
        Shape::Pretty => Writer::new_with_indent(Vec::new(), b' ', 2),
        _ => Writer::new(Vec::new()),
    };
    let mut text = String::new();
    let mut depth = 0;
    loop {
        let event = reader.read_event()?;
        match &event {
            // A text comes in pieces, with its references between them.
            Event::Text(piece) => text.push_str(piece),
            Event::GeneralRef(reference) => write!(text, "&{};", &**reference)?,
            _ => write_text(&mut writer, &std::mem::take(&mut text), shape)?,
        }
        match event {
            Event::Start(start) => {
                depth += 1;
                writer.write_event(Event::Start(renamed(&start, shape)))?;
            }
            Event::End(end) => {
                depth -= 1;
                if depth == 1 && shape == Shape::UnknownParts {
                    writer.write_event(Event::Text(BytesText::from_escaped(UNKNOWN)))?;
                }
                let name = named(end.name().into_inner(), shape);
                writer.write_event(Event::End(BytesEnd::new(name)))?;
            }
            Event::Empty(start) => write_empty(&mut writer, renamed(&start, shape), shape)?,
            Event::Eof => return Ok(String::from_utf8(writer.into_inner())?),
            Event::Text(_) | Event::GeneralRef(_) => {}
            other => writer.write_event(other)?,
        }
    }
}

const UNKNOWN: &str = "<New a=\"1\"><Part>first</Part><Part>second &amp; third</Part><Part><Part/></Part></New>";

fn named(name: &str, shape: Shape) -> Cow<'_, str> {
    match shape {
        Shape::Prefixes => Cow::Owned(format!("s:{name}")),
        _ => Cow::Borrowed(name),
    }
}

fn renamed(start: &BytesStart<'_>, shape: Shape) -> BytesStart<'static> {
    let mut renamed = BytesStart::new(named(start.name().into_inner(), shape).into_owned());
    for attribute in start.attributes().flatten() {
        renamed.push_attribute(attribute);
    }
    renamed
}

fn write_empty(writer: &mut Writer<Vec<u8>>, start: BytesStart<'static>, shape: Shape) -> Result<()> {
    match shape {
        Shape::Pairs if start.attributes().next().is_none() => {
            let end = start.to_end().into_owned();
            writer.write_event(Event::Start(start))?;
            writer.write_event(Event::End(end))?;
        }
        Shape::Spaced => {
            let spaced = format!("{} ", &*start);
            let name = start.name().into_inner().len();
            writer.write_event(Event::Empty(BytesStart::from_content(spaced, name)))?;
        }
        _ => writer.write_event(Event::Empty(start))?,
    }
    Ok(())
}

fn write_text(writer: &mut Writer<Vec<u8>>, text: &str, shape: Shape) -> Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let is_long = text.len() >= SOME_LENGTH;
    let written = match shape {
        Shape::LongTexts if is_long => Cow::Owned(text.repeat(30)),
        Shape::References => Cow::Owned(text.replace(' ', "&#x20;")),
        Shape::CarriageReturns => Cow::Owned(text.replace(['.', ','], "&#xD;\n")),
        Shape::RawCarriageReturns => Cow::Owned(text.replace(['.', ','], "\r\n")),
        Shape::NonAscii if !matches!(text, "true" | "false") => {
            Cow::Owned(text.replace('a', "á").replace('e', "é").replace('o', "ö"))
        }
        Shape::Cdata if is_long && !text.contains('&') => {
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
    fn every_shape_is_another_body_with_the_same_items() {
        for operation in OPERATIONS {
            let body = Bodies::new(None).body(operation).unwrap();
            let items = item_count(operation, &body).unwrap();
            for shape in Shape::value_variants() {
                let other = shaped(&body, *shape).unwrap();
                assert_eq!(item_count(operation, &other).unwrap(), items, "{operation} {shape:?}");
            }
        }
        let body = "<A><B/><C id=\"1\"/>x y, &amp;</A>";
        let rows = [
            (Shape::AsIs, body),
            (Shape::Pairs, "<A><B></B><C id=\"1\"/>x y, &amp;</A>"),
            (Shape::Spaced, "<A><B /><C id=\"1\" />x y, &amp;</A>"),
            (Shape::References, "<A><B/><C id=\"1\"/>x&#x20;y,&#x20;&amp;</A>"),
            (Shape::CarriageReturns, "<A><B/><C id=\"1\"/>x y&#xD;\n &amp;</A>"),
            (Shape::Prefixes, "<s:A><s:B/><s:C id=\"1\"/>x y, &amp;</s:A>"),
        ];
        for (shape, expected) in rows {
            assert_eq!(shaped(body, shape).unwrap(), expected, "{shape:?}");
        }
    }
}
