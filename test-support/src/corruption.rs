//! Corrupts XML at random.

use crate::rng::Rng;

/// Fragments of XML, valid and invalid.
pub const FRAGMENTS: &[&[u8]] = &[
    b"<",
    b">",
    b"/",
    b"/>",
    b"</",
    b"<!",
    b"<!-",
    b"<!--",
    b"-->",
    b"->",
    b"--",
    b"-",
    b"<![CDATA[",
    b"<![",
    b"]]>",
    b"]",
    b"<?",
    b"?>",
    b"?",
    b"'",
    b"\"",
    b"=",
    b"&",
    b"&amp;",
    b"&#9;",
    b";",
    b" ",
    b"\r\n",
    b"\n  ",
    b" /",
    b"x:",
    b"\0",
    b"\xFF",
    b"\xC3",
    b"\xEF\xBB\xBF",
    b"\xF0\x9F\x98\x80",
    b"<!DOCTYPE a>",
    b"<!D",
    b"<Bands>",
    b"</Bands>",
    b"<Band>",
    b"</Band>",
    b"<Band/>",
    b"<Band id='1'>",
    b"<Name>",
    b"</Name>",
    b"<x:Band x:nil='1'>",
    b"<a b='>'>",
    b"</a>",
    b"<>",
    b"</>",
    // What the decoder predicts, in places where it should not.
    b" id=\"1\"",
    b"<Value/>",
    b"</Name><Value>",
    b"&#xD;",
    b"12345678",
    b"T24:00:00.5",
    b"Z",
];

/// Corrupts a body in one place: removes or repeats some bytes, or inserts a fragment.
pub fn corrupt(body: &mut Vec<u8>, rng: &mut Rng) {
    let from = rng.below(body.len() + 1);
    let to = (from + rng.below(30)).min(body.len());
    match rng.below(4) {
        0 => drop(body.drain(from..to)),
        1 => {
            let copy = body[from..to].to_vec();
            let at = rng.below(body.len() + 1);
            drop(body.splice(at..at, copy));
        }
        2 => drop(body.splice(from..to, rng.pick(FRAGMENTS).iter().copied())),
        _ => drop(body.splice(from..from, rng.pick(FRAGMENTS).iter().copied())),
    }
    // Tests have separate cases for an empty body.
    if body.is_empty() {
        body.push(b'<');
    }
}
