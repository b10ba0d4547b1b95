//! Response bodies as faults change them: their bytes, at which pace they are sent, and where sending ends.

use std::ops::Range;
use std::time::Duration;

use bytes::Bytes;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, Writer};

use crate::api::ContentCoding;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// The encoding as the XML declaration of an ordinary response has it.
const UTF_8: &str = "encoding=\"utf-8\"";
/// The XML declaration is within this number of bytes.
const MAX_DECLARATION: usize = 100;
const UNKNOWN_PART: &str = r#"<UnknownPart id="0"><Deeper>not in any schema</Deeper></UnknownPart>"#;

/// A body and how it is sent. Without faults it is sent whole, as fast as possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ResponseBody {
    pub(crate) content: Bytes,
    /// Letters inside the content that are not kept in memory.
    pub(crate) padding: Option<Padding>,
    pub(crate) drip: Option<Drip>,
    pub(crate) ending: Ending,
    /// How the body is compressed while it is sent. Its content is not compressed.
    pub(crate) coding: Option<ContentCoding>,
}

/// Letters that are generated while they are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Padding {
    /// The position in the content before which the letters are sent.
    pub(crate) at: usize,
    pub(crate) letters: u64,
}

/// Small chunks with pauses between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Drip {
    pub(crate) chunk: usize,
    pub(crate) pause: Duration,
}

/// Where sending ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    Complete,
    /// Nothing is sent after this number of bytes.
    Stall(usize),
    /// The connection is reset after this number of bytes.
    Reset(usize),
}

impl From<Bytes> for ResponseBody {
    fn from(content: Bytes) -> Self {
        Self {
            content,
            padding: None,
            drip: None,
            ending: Ending::Complete,
            coding: None,
        }
    }
}

impl ResponseBody {
    /// Returns the length of the body before it is compressed, regardless of where sending ends.
    pub(crate) fn length(&self) -> u64 {
        let letters = self.padding.map_or(0, |padding| padding.letters);
        u64::try_from(self.content.len())
            .unwrap_or(u64::MAX)
            .saturating_add(letters)
    }

    /// Returns whether the body is sent whole, without pauses, and from memory.
    pub(crate) fn is_ordinary(&self) -> bool {
        self.padding.is_none() && self.drip.is_none() && self.ending == Ending::Complete
    }

    pub(super) fn truncate(&mut self, length: usize) {
        self.content.truncate(length);
        self.padding = None;
    }

    pub(super) fn add_byte_order_mark(&mut self) {
        self.insert(0, BYTE_ORDER_MARK);
    }

    /// Encodes the body as UTF-16, little-endian with a byte order mark, and updates the XML declaration.
    pub(super) fn encode_as_utf16(&mut self) {
        let text = String::from_utf8_lossy(&self.content);
        let text = text.replacen(UTF_8, "encoding=\"utf-16\"", 1);
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        self.content = units.flat_map(u16::to_le_bytes).collect();
        self.padding = None;
    }

    /// Changes the encoding in the XML declaration, but not the body.
    pub(super) fn declare_encoding(&mut self, encoding: &str) {
        let start = &self.content[..self.content.len().min(MAX_DECLARATION)];
        if let Some(at) = find(start, UTF_8) {
            let after = at + UTF_8.len();
            self.replace(at..after, format!("encoding=\"{encoding}\"").as_bytes());
        }
    }

    /// Removes everything in the root element. A body that is not XML stays as it is.
    pub(super) fn remove_items(&mut self) {
        if let Some(body) = str::from_utf8(&self.content).ok().and_then(without_items) {
            self.content = body.into();
            self.padding = None;
        }
    }

    /// Adds an unknown attribute and an unknown child to every element. A body that is not XML stays as it is.
    pub(super) fn add_unknown_parts(&mut self) {
        if let Some(body) = str::from_utf8(&self.content).ok().and_then(with_unknown_parts) {
            self.content = body.into();
            self.padding = None;
        }
    }

    /// Inserts a tag that does not end before the end tag of the root.
    pub(super) fn make_malformed(&mut self) {
        self.insert(self.start_of_last_tag(), b"<broken & ");
    }

    /// Inserts an unknown element with this number of letters before the end tag of the root. After a root without an
    /// end tag, inserts a comment instead.
    pub(super) fn oversize(&mut self, letters: u64) {
        let at = self.start_of_last_tag();
        let (before, after): (&[u8], &[u8]) = if self.content[at..].starts_with(b"</") {
            (b"<Padding>", b"</Padding>")
        } else {
            (b"<!--", b"-->")
        };
        self.insert(at, &[before, after].concat());
        let at = at + before.len();
        self.padding = Some(Padding { at, letters });
    }

    /// Returns the position of the last end tag, or the end of the body if it has none.
    fn start_of_last_tag(&self) -> usize {
        let tag = self.content.windows(2).rposition(|two| two == b"</");
        tag.unwrap_or(self.content.len())
    }

    fn insert(&mut self, at: usize, bytes: &[u8]) {
        let (before, after) = self.content.split_at(at);
        self.content = Bytes::from([before, bytes, after].concat());
        if let Some(padding) = &mut self.padding {
            padding.at += if at <= padding.at { bytes.len() } else { 0 };
        }
    }

    fn replace(&mut self, part: Range<usize>, bytes: &[u8]) {
        let (before, after) = (&self.content[..part.start], &self.content[part.end..]);
        self.content = Bytes::from([before, bytes, after].concat());
        if let Some(padding) = &mut self.padding {
            if padding.at >= part.end {
                padding.at = padding.at - part.len() + bytes.len();
            }
            padding.at = padding.at.min(self.content.len());
        }
    }
}

/// Returns the position of the first occurrence.
fn find(content: &[u8], wanted: &str) -> Option<usize> {
    content.windows(wanted.len()).position(|part| part == wanted.as_bytes())
}

/// Returns the body up to the start tag of its root, which becomes an empty element. `None` if it is not XML.
fn without_items(body: &str) -> Option<String> {
    let mut reader = Reader::from_str(body);
    loop {
        match reader.read_event().ok()? {
            Event::Eof => return None,
            Event::Empty(_) => return Some(body.to_owned()),
            Event::Start(_) => {
                let end = usize::try_from(reader.buffer_position()).ok()?;
                let start_tag = body.get(..end)?.strip_suffix('>')?;
                return Some(format!("{start_tag}/>"));
            }
            _ => {}
        }
    }
}

/// Returns the body with unknown parts in every element, or `None` if it is not XML.
fn with_unknown_parts(body: &str) -> Option<String> {
    let mut reader = Reader::from_str(body);
    let mut writer = Writer::new(Vec::new());
    loop {
        match reader.read_event().ok()? {
            Event::Eof => return String::from_utf8(writer.into_inner()).ok(),
            Event::Start(start) => write_start(&mut writer, start)?,
            Event::Empty(start) => {
                let name = start.name().as_ref().to_owned();
                write_start(&mut writer, start)?;
                writer.write_event(Event::End(BytesEnd::new(name))).ok()?;
            }
            other => writer.write_event(other).ok()?,
        }
    }
}

fn write_start(writer: &mut Writer<Vec<u8>>, mut start: BytesStart<'_>) -> Option<()> {
    start.push_attribute(("unknownAttribute", "1"));
    writer.write_event(Event::Start(start)).ok()?;
    writer.get_mut().extend_from_slice(UNKNOWN_PART.as_bytes());
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?><Events><Event id=\"1\"/></Events>";

    fn changed(body: &'static str, change: impl Fn(&mut ResponseBody)) -> (Vec<u8>, Option<Padding>) {
        let mut body = ResponseBody::from(Bytes::from(body));
        change(&mut body);
        (body.content.to_vec(), body.padding)
    }

    #[test]
    fn bodies_are_changed() {
        let text = |body, change: fn(&mut ResponseBody)| String::from_utf8(changed(body, change).0).expect("UTF-8");
        assert_eq!(text(BODY, |body| body.truncate(5)), "<?xml");
        assert_eq!(text(BODY, |body| body.truncate(500)), BODY);
        assert_eq!(text("<A/>", ResponseBody::add_byte_order_mark), "\u{feff}<A/>");
        assert_eq!(text("<A>b</A>", ResponseBody::make_malformed), "<A>b<broken & </A>");
        assert_eq!(text("<A/>", ResponseBody::make_malformed), "<A/><broken & ");
        assert_eq!(text("", ResponseBody::make_malformed), "<broken & ");
        let (bytes, _) = changed(BODY, ResponseBody::encode_as_utf16);
        assert_eq!(bytes[..6], *b"\xff\xfe<\0?\0");
        let units: Vec<u16> = bytes
            .chunks(2)
            .map(|two| u16::from_le_bytes([two[0], two[1]]))
            .collect();
        let decoded = String::from_utf16(&units).expect("UTF-16");
        assert_eq!(decoded, format!("\u{feff}{}", BODY.replace("utf-8", "utf-16")));
    }

    #[test]
    fn a_list_becomes_empty_and_stays_valid() {
        let cases = [
            (
                "<?xml version=\"1.0\"?><Events a='>'><Event/>x</Events>",
                "<?xml version=\"1.0\"?><Events a='>'/>",
            ),
            ("<Events/>", "<Events/>"),
            ("<Events></Events>", "<Events/>"),
            ("not XML", "not XML"),
            ("", ""),
        ];
        for (body, expected) in cases {
            let (bytes, _) = changed(body, ResponseBody::remove_items);
            assert_eq!(String::from_utf8(bytes).expect("UTF-8"), expected);
        }
    }

    #[test]
    fn only_the_declaration_names_another_encoding() {
        let (bytes, padding) = changed(BODY, |body| {
            body.oversize(3);
            body.declare_encoding("iso-8859-1");
        });
        let text = String::from_utf8(bytes).expect("UTF-8");
        let expected = BODY
            .replace("utf-8", "iso-8859-1")
            .replace("</Events>", "<Padding></Padding></Events>");
        assert_eq!(text, expected);
        assert_eq!(text.find("</Padding>"), padding.map(|padding| padding.at));
        assert_eq!(changed("<A/>", |body| body.declare_encoding("x")).0, b"<A/>");
    }

    #[test]
    fn an_oversized_body_is_well_formed_and_not_in_memory() {
        for (body, expected) in [
            ("<A><B/></A>", "<A><B/><Padding>xxx</Padding></A>"),
            ("<A/>", "<A/><!--xxx-->"),
        ] {
            let (mut bytes, padding) = changed(body, |body| body.oversize(3));
            let padding = padding.expect("padding");
            assert_eq!(padding.letters, 3);
            bytes.splice(padding.at..padding.at, *b"xxx");
            assert_eq!(String::from_utf8(bytes).expect("UTF-8"), expected);
        }
        let (_, padding) = changed("<A></A>", |body| {
            body.oversize(3);
            body.add_byte_order_mark();
        });
        assert_eq!(padding, Some(Padding { at: 15, letters: 3 }));
    }

    #[test]
    fn unknown_parts_are_added_to_every_element() {
        let body = with_unknown_parts("<?xml version=\"1.0\"?><A b=\"1\"><C>t &amp; u</C><D/></A>").expect("XML");
        let open = |tag: &str| format!("<{tag} unknownAttribute=\"1\">{UNKNOWN_PART}");
        let (root, leaf, empty) = (open("A b=\"1\""), open("C"), open("D"));
        let expected = format!("<?xml version=\"1.0\"?>{root}{leaf}t &amp; u</C>{empty}</D></A>");
        assert_eq!(body, expected);
        assert_eq!(with_unknown_parts("<A></B>"), None);
    }
}
