//! Spoils the bytes of a body.

use bytes::Bytes;

use super::delivery::{Delivery, Padding};
use super::unknown_parts::unknown_parts;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

pub(super) fn truncate(delivery: &mut Delivery, after: usize) {
    delivery.content.truncate(after);
    delivery.padding = None;
}

pub(super) fn byte_order_mark(delivery: &mut Delivery) {
    insert(delivery, 0, BYTE_ORDER_MARK);
}

/// Little-endian, with a byte order mark, and a declaration that says so if there was one.
pub(super) fn utf16(delivery: &mut Delivery) {
    let text = String::from_utf8_lossy(&delivery.content);
    let text = text.replacen("encoding=\"utf-8\"", "encoding=\"utf-16\"", 1);
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    delivery.content = units.flat_map(u16::to_le_bytes).collect();
    delivery.padding = None;
}

pub(super) fn add_unknown_parts(delivery: &mut Delivery) {
    if let Some(body) = str::from_utf8(&delivery.content).ok().and_then(unknown_parts) {
        delivery.content = body.into();
        delivery.padding = None;
    }
}

/// A tag that never ends and is never ended, before the end of the root.
pub(super) fn malform(delivery: &mut Delivery) {
    let at = before_last_tag(&delivery.content);
    insert(delivery, at, b"<broken & ");
}

/// An element that no schema knows, before the end of the root, filled with so many letters; around a root without
/// content a comment.
pub(super) fn oversize(delivery: &mut Delivery, letters: u64) {
    let at = before_last_tag(&delivery.content);
    let (before, after): (&[u8], &[u8]) = match delivery.content[at..].starts_with(b"</") {
        true => (b"<Padding>", b"</Padding>"),
        false => (b"<!--", b"-->"),
    };
    insert(delivery, at, &[before, after].concat());
    let at = at + before.len();
    delivery.padding = Some(Padding { at, letters });
}

/// Where the last end tag begins, or the body ends if it has none.
fn before_last_tag(content: &[u8]) -> usize {
    let tag = content.windows(2).rposition(|two| two == b"</");
    tag.unwrap_or(content.len())
}

fn insert(delivery: &mut Delivery, at: usize, what: &[u8]) {
    let (before, after) = delivery.content.split_at(at);
    delivery.content = Bytes::from([before, what, after].concat());
    if let Some(padding) = &mut delivery.padding {
        padding.at += if at <= padding.at { what.len() } else { 0 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?><Events><Event id=\"1\"/></Events>";

    fn spoilt(body: &'static str, spoil: impl Fn(&mut Delivery)) -> (Vec<u8>, Option<Padding>) {
        let mut delivery = Delivery::from(Bytes::from(body));
        spoil(&mut delivery);
        (delivery.content.to_vec(), delivery.padding)
    }

    #[test]
    fn each_spoils_in_its_own_way() {
        let text = |body, spoil: fn(&mut Delivery)| String::from_utf8(spoilt(body, spoil).0).expect("text");
        assert_eq!(text(BODY, |d| truncate(d, 5)), "<?xml");
        assert_eq!(text(BODY, |d| truncate(d, 500)), BODY);
        assert_eq!(text("<A/>", byte_order_mark), "\u{feff}<A/>");
        assert_eq!(text("<A>b</A>", malform), "<A>b<broken & </A>");
        assert_eq!(text("<A/>", malform), "<A/><broken & ");
        assert_eq!(text("", malform), "<broken & ");
        let (bytes, _) = spoilt(BODY, utf16);
        assert_eq!(bytes[..6], *b"\xff\xfe<\0?\0");
        let units: Vec<u16> = bytes
            .chunks(2)
            .map(|two| u16::from_le_bytes([two[0], two[1]]))
            .collect();
        let back = String::from_utf16(&units).expect("UTF-16");
        assert_eq!(back, format!("\u{feff}{}", BODY.replace("utf-8", "utf-16")));
    }

    #[test]
    fn an_oversized_body_is_well_formed_and_not_kept_in_memory() {
        for (body, expected) in [
            ("<A><B/></A>", "<A><B/><Padding>xxx</Padding></A>"),
            ("<A/>", "<A/><!--xxx-->"),
        ] {
            let (mut bytes, padding) = spoilt(body, |delivery| oversize(delivery, 3));
            let padding = padding.expect("padding");
            assert_eq!(padding.letters, 3);
            bytes.splice(padding.at..padding.at, *b"xxx");
            assert_eq!(String::from_utf8(bytes).expect("text"), expected);
        }
        let (_, padding) = spoilt("<A></A>", |delivery| {
            oversize(delivery, 3);
            byte_order_mark(delivery);
        });
        assert_eq!(padding, Some(Padding { at: 15, letters: 3 }));
    }
}
