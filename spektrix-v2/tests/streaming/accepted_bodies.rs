//! Tests what a list may contain around and between its items.

use spektrix_v2::{Band, BodyNames, DecodeOptions};

use spektrix_v2_test_support::list_checks::{check, stream};
use spektrix_v2_test_support::rng::Rng;

pub(crate) const BANDS: BodyNames = BodyNames {
    root: "Bands",
    item: "Band",
};

const ONE: &str = "<Band id=\"1\"><Name>a</Name></Band>";

/// Streams a body. Returns the names of the items, and the error, or an empty string.
fn read(body: &[u8]) -> (Vec<String>, String) {
    let streamed = stream::<Band>([body], BANDS, &DecodeOptions::default());
    let names = streamed.items.into_iter().map(|band| band.name).collect();
    (names, streamed.error.map(|error| error.to_string()).unwrap_or_default())
}

#[test]
fn these_bodies_are_accepted() {
    let bodies: &[(&str, &[&str])] = &[
        ("<Bands/>", &[]),
        ("<Bands></Bands>", &[]),
        (
            "\u{FEFF}<?xml version=\"1.0\"?>\n<!-- > --><?x > ?>\n<Bands a='>' b=\"/>\">{}</Bands>",
            &["a"],
        ),
        (
            "<Bands>{}<!--->--><Band id='2'><Name>b</Name></Band>\r\n</Bands>\n<!-- -- --><??>\n ",
            &["a", "b"],
        ),
        (
            "<x:Bands xmlns:x='y'><x:Band id='1'><x:Name>a</x:Name></x:Band></x:Bands >",
            &["a"],
        ),
        ("<Bands>text &amp; <![CDATA[</Bands>]]>{}</Bands>", &["a"]),
        (
            "<Bands><Band id='1'><Name><![CDATA[]]]]><![CDATA[>]]></Name></Band></Bands>",
            &["]]>"],
        ),
        (
            "<Bands><Band id='1' x='/Band>'><Name>ä€😀</Name></Band >{}</Bands>",
            &["ä€😀", "a"],
        ),
        (
            "<Bands><Other><Band id='7'/></Other>{}<Other/><Band xsi:nil='true'/></Bands>",
            &["a"],
        ),
        (
            "<Bands><Band id='1'><Band><Band/></Band><Name>b</Name></Band>{}</Bands>",
            &["b", "a"],
        ),
        (
            "<Bands><Band id='1'><Name>b</Name><?x </Band> ?><!-- </Band> --></Band></Bands>",
            &["b"],
        ),
    ];
    for (body, names) in bodies {
        let body = body.replace("{}", ONE);
        assert_eq!(
            read(body.as_bytes()),
            (names.iter().map(ToString::to_string).collect(), String::new()),
            "{body}"
        );
        check::<Band>(body.as_bytes(), BANDS, &mut Rng::new(1));
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn these_bodies_end_with_an_error() {
    let bodies: &[(&[u8], usize, &str)] = &[
        (b"", 0, "the body is empty where XML was expected"),
        (b" \n", 0, "the body is empty where XML was expected"),
        (b"\xEF\xBB\xBF", 0, "the body is empty where XML was expected"),
        (
            b"\xEF\xBB",
            0,
            "the body is not well-formed XML: it ends in the middle of a character",
        ),
        (b"\xFF\xFE<\0", 0, "the body is not UTF-8: it looks like UTF-16"),
        (b"\0<", 0, "the body is not UTF-8: it looks like UTF-16"),
        (
            b"<?xml version='1.0' encoding='big5'?><Bands>{}</Bands>",
            0,
            "the body is not UTF-8: its XML declaration names big5",
        ),
        (
            b"\x1F\x8B\x08\0",
            0,
            "the body is not UTF-8: it is compressed with gzip",
        ),
        (b"<Bands>{}\xC3<Band/></Bands>", 1, "the body is not UTF-8"),
        (
            b"<Bands>{}<Band id='2'>\xE2\x82</Band></Bands>",
            1,
            "the body is not UTF-8",
        ),
        (
            b"text<Bands>{}</Bands>",
            0,
            "the body is not well-formed XML: text before the root element",
        ),
        (b"<html><body/></html>", 0, "the body is an HTML page"),
        (b"<!DOCTYPE html><p>", 0, "the body is an HTML page"),
        (
            b"<!DOCTYPE a [<!ENTITY b '>'>]><Bands>{}</Bands>",
            0,
            "the body contains a document type",
        ),
        (
            b"<Bands>{}<!DOCTYPE a>{}</Bands>",
            1,
            "the body contains a document type",
        ),
        (b"<Events>{}</Events>", 0, "the root element is `Events`, not `Bands`"),
        (b"<Events/>", 0, "the root element is `Events`, not `Bands`"),
        (b"</Bands>", 0, "the body is not well-formed XML"),
        (
            b"<Bands><PriceBand id='1'/>\n<Total>1</Total></Bands>",
            0,
            "the list contains `PriceBand`, and no `Band`",
        ),
        (
            b"<Bands><!-- x --> Sorry, later</Bands>",
            0,
            "the list contains `Sorry, later`, and no `Band`",
        ),
        (b"<Bands><x/></Bands><y/>", 0, "the list contains `x`, and no `Band`"),
        (b"<Bands><x/>", 0, "the body is not well-formed XML"),
        (
            b"<Bands>{}",
            1,
            "the body is not well-formed XML: it ends inside an element",
        ),
        (b"<Bands>{}<", 1, "the body is not well-formed XML"),
        (b"<Bands>{}<!ELEMENT a>{}</Bands>", 1, "the body is not well-formed XML"),
        (b"<Bands>{}<!-->{}</Bands>", 1, "the body is not well-formed XML"),
        (b"<Bands>{}<?>{}</Bands>", 1, "the body is not well-formed XML"),
        (b"<Bands>{}& {}</Bands>", 1, "the body is not well-formed XML"),
        (
            b"<Bands>{}<Band id='2'></Name></Band></Bands>",
            1,
            "the body is not well-formed XML",
        ),
        (b"<Bands>{}</Band>{}", 1, "the body is not well-formed XML"),
        (
            b"<Bands>{}</Bands>{}",
            1,
            "the body continues after the end of the root element",
        ),
        (
            b"<Bands>{}</Bands>text",
            1,
            "the body continues after the end of the root element",
        ),
        (
            b"<Bands>{}</Bands>\xEF\xBB\xBF",
            1,
            "the body continues after the end of the root element",
        ),
        (
            b"<Bands/><Bands/>",
            0,
            "the body continues after the end of the root element",
        ),
        (
            b"<Bands>{}<x/><Band id='b'/></Bands>",
            1,
            "`b` is not a whole number (xs:int) (in Bands/Band[2]/@id, at byte 45)",
        ),
        (b"<Bands>{}<Band id='2'></Band>{}</Bands>", 1, "`Name` is missing"),
    ];
    for (body, items, start) in bodies {
        let body = replace(body, ONE.as_bytes());
        let (names, error) = read(&body);
        assert_eq!(names.len(), *items, "{}", body.escape_ascii());
        assert!(error.starts_with(start), "{}: {error:?}", body.escape_ascii());
        check::<Band>(&body, BANDS, &mut Rng::new(1));
    }
}

/// Replaces each `{}`.
fn replace(body: &[u8], with: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = body;
    while let Some(at) = rest.windows(2).position(|window| window == b"{}") {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(with);
        rest = &rest[at + 2..];
    }
    out.extend_from_slice(rest);
    out
}

#[test]
fn unknown_parts_are_reported_once() {
    let body = format!("<Bands x='1'>{ONE}<Other/><Band id='2' y='1'><Name>b</Name><New/></Band>{ONE}<Other/></Bands>");
    let options = DecodeOptions::default().report_unknown(true);
    let read = stream::<Band>(body.as_bytes().chunks(7), BANDS, &options);
    assert_eq!(read.error, None);
    let unknown: Vec<_> = read.unknown.iter().map(String::as_str).collect();
    assert_eq!(unknown, ["Bands/@x", "Bands/Band/@y", "Bands/Band/New", "Bands/Other"]);
}
