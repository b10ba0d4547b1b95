//! How a body is spoilt by chance.

use super::chance::Chance;

/// What XML is made of, and what it is not.
pub(crate) const SCRAPS: &[&[u8]] = &[
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
];

/// Puts in a scrap, takes out some bytes, or repeats some.
pub(crate) fn damage(body: &mut Vec<u8>, chance: &mut Chance) {
    let from = chance.below(body.len() + 1);
    let to = (from + chance.below(30)).min(body.len());
    match chance.below(4) {
        0 => drop(body.drain(from..to)),
        1 => {
            let copy = body[from..to].to_vec();
            let at = chance.below(body.len() + 1);
            drop(body.splice(at..at, copy));
        }
        2 => drop(body.splice(from..to, chance.pick(SCRAPS).iter().copied())),
        _ => drop(body.splice(from..from, chance.pick(SCRAPS).iter().copied())),
    }
    if body.is_empty() {
        body.push(b'<');
    }
}
