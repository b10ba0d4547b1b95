//! What a body may and may not have around its items, and between them.

use spektrix_v2::{Band, BodyNames, DecodeOptions};

use crate::agreement::{check, stream};
use crate::chance::Chance;

pub(crate) const BANDS: BodyNames = BodyNames {
    root: "Bands",
    item: "Band",
};

const ONE: &str = "<Band id=\"1\"><Name>a</Name></Band>";

/// Names of the items that come, and how the error begins that ends them, if there is one.
fn read(body: &[u8]) -> (Vec<String>, String) {
    let read = stream::<Band>([body], BANDS, &DecodeOptions::default());
    let names = read.items.into_iter().map(|band| band.name).collect();
    (names, read.error.map(|error| error.to_string()).unwrap_or_default())
}

#[test]
fn bodies_that_are_read() {
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
        check::<Band>(body.as_bytes(), BANDS, &mut Chance::new(1));
    }
}

#[test]
fn bodies_that_end_with_an_error() {
    let bodies: &[(&[u8], usize, &str)] = &[
        (b"", 0, "the body is empty where XML was expected"),
        (b" \n", 0, "the body is empty where XML was expected"),
        (b"\xEF\xBB\xBF", 0, "the body is empty where XML was expected"),
        (
            b"\xEF\xBB",
            0,
            "the body is not well-formed XML: it stops in the middle of a character",
        ),
        (b"\xFF\xFE<\0", 0, "the body is not UTF-8: it looks like UTF-16"),
        (b"\0<", 0, "the body is not UTF-8: it looks like UTF-16"),
        (
            b"<?xml version='1.0' encoding='latin1'?><Bands>{}</Bands>",
            0,
            "the body is not UTF-8: its declaration",
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
            "the body is not well-formed XML: it starts with text",
        ),
        (b"<html><body/></html>", 0, "the body is an HTML page"),
        (b"<!DOCTYPE html><p>", 0, "the body is an HTML page"),
        (
            b"<!DOCTYPE a [<!ENTITY b '>'>]><Bands>{}</Bands>",
            0,
            "the body carries a document type",
        ),
        (
            b"<Bands>{}<!DOCTYPE a>{}</Bands>",
            1,
            "the body carries a document type",
        ),
        (b"<Events>{}</Events>", 0, "the root element is `Events`, not `Bands`"),
        (b"<Events/>", 0, "the root element is `Events`, not `Bands`"),
        (b"</Bands>", 0, "the body is not well-formed XML"),
        (
            b"<Bands>{}",
            1,
            "the body is not well-formed XML: it stops in the middle",
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
            "something stands behind the end of the root element",
        ),
        (
            b"<Bands>{}</Bands>text",
            1,
            "something stands behind the end of the root element",
        ),
        (
            b"<Bands>{}</Bands>\xEF\xBB\xBF",
            1,
            "something stands behind the end of the root element",
        ),
        (
            b"<Bands/><Bands/>",
            0,
            "something stands behind the end of the root element",
        ),
        (
            b"<Bands>{}<x/><Band id='b'/></Bands>",
            1,
            "`b` is not a whole number (xs:int) (in Bands/Band[2]/@id, at byte 45)",
        ),
        (b"<Bands>{}<Band id='2'></Band>{}</Bands>", 1, "`Name` is missing"),
    ];
    for (body, items, begins) in bodies {
        let body = replace(body, ONE.as_bytes());
        let (names, error) = read(&body);
        assert_eq!(names.len(), *items, "{}", body.escape_ascii());
        assert!(error.starts_with(begins), "{}: {error:?}", body.escape_ascii());
        check::<Band>(&body, BANDS, &mut Chance::new(1));
    }
}

/// Puts something in the place of each `{}`.
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
fn unknown_parts_are_listed_once_with_the_paths_of_the_whole() {
    let body = format!("<Bands x='1'>{ONE}<Other/><Band id='2' y='1'><Name>b</Name><New/></Band>{ONE}<Other/></Bands>");
    let options = DecodeOptions::default().report_unknown(true);
    let read = stream::<Band>(body.as_bytes().chunks(7), BANDS, &options);
    assert_eq!(read.error, None);
    let unknown: Vec<_> = read.unknown.iter().map(String::as_str).collect();
    assert_eq!(unknown, ["Bands/@x", "Bands/Band/@y", "Bands/Band/New", "Bands/Other"]);
}
