//! Bodies that are spoilt by chance: whatever is wrong, a stream says what decoding the whole says.

use std::fmt::Debug;

use spektrix_v2::operations::{GetEvents, GetInstances, GetPriceLists, GetTagGroups};
use spektrix_v2::xml::Element;
use spektrix_v2::{Band, Operation};

use crate::agreement::check;
use crate::chance::Chance;
use crate::edges::BANDS;
use crate::lists::example;

/// What XML is made of, and what it is not.
const SCRAPS: &[&[u8]] = &[
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

#[test]
fn a_vendored_body_with_a_few_faults() {
    spoil::<GetEvents, _>(2);
    spoil::<GetInstances, _>(3);
    spoil::<GetPriceLists, _>(4);
    spoil::<GetTagGroups, _>(5);
}

fn spoil<O, T>(seed: u64)
where
    O: Operation<Response = Vec<T>>,
    T: Element + Debug + PartialEq,
{
    let body = example(O::INFO.name);
    let mut chance = Chance::new(seed);
    for _ in 0..150 {
        let mut spoilt = body.clone();
        for _ in 0..=chance.below(3) {
            damage(&mut spoilt, &mut chance);
        }
        check::<T>(&spoilt, O::INFO.response, &mut chance);
    }
}

/// Puts in a scrap, takes out some bytes, or repeats some.
fn damage(body: &mut Vec<u8>, chance: &mut Chance) {
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

#[test]
fn bodies_made_of_scraps_alone() {
    let mut chance = Chance::new(6);
    for round in 0..8000 {
        let mut body = Vec::new();
        if round % 2 == 0 {
            body.extend_from_slice(b"<Bands>");
        }
        for _ in 0..chance.below(12) {
            body.extend_from_slice(chance.pick(SCRAPS));
        }
        check::<Band>(&body, BANDS, &mut chance);
    }
}
