//! Tests the limits on depth, size and time: nothing grows faster than the body.

use std::fmt::Write as _;

use spektrix_v2::runtime::{Body, Children, Decoder, Element, Encoder, Field, Style, Tag};
use spektrix_v2::{Band, DecodeError, DecodeErrorKind, DecodeOptions};

use crate::support::{BANDS, bands, check, decode, on_a_small_stack, one};

const MILLION: usize = 1_000_000;

#[test]
fn a_million_nested_unknown_elements_are_skipped() {
    let (open, close) = ("<x>".repeat(MILLION), "</x>".repeat(MILLION));
    let body = format!("<Bands>{open}{close}<Band xsi:nil='true'/></Bands>");
    on_a_small_stack(|| {
        for fast_path in [true, false] {
            let options = DecodeOptions::default().fast_path(fast_path);
            assert_eq!(Vec::<Band>::decode(body.as_bytes(), BANDS, &options).unwrap().value, []);
        }
    });
}

#[test]
fn unknown_elements_in_known_ones_may_be_deep() {
    let (open, close) = ("<x>".repeat(20_000), "</x>".repeat(20_000));
    check(
        &[
            (
                &format!(r#"<Bands><Band id="7"><Name>A{open}{close}B</Name>{open}{close}</Band></Bands>"#),
                r#"[{"id":7,"name":"AB"}] ?Bands/Band/Name/x ?Bands/Band/x"#,
            ),
            (
                &format!("<Bands>{open}"),
                "the body is not well-formed XML: it ends inside an element (in Bands, at byte 60007)",
            ),
            (&open, "the root element is `x`, not `Bands` (at byte 0)"),
        ],
        bands,
    );
}

/// A recursive type.
#[derive(Debug, PartialEq, serde::Serialize)]
struct Folder {
    name: Option<String>,
    folders: Vec<Folder>,
}

impl Element for Folder {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        let (mut name, mut folders) = (None, Vec::new());
        xml.expect_no_attributes(&tag)?;
        xml.enter(&tag)?;
        let mut children = Children::new(const { &Field::all(["Name", "Folder"]) });
        while let Some(child) = xml.child(&mut children)? {
            match child {
                0 => xml.field(&mut name)?,
                1 => xml.item(&mut folders)?,
                _ => xml.skip()?,
            }
        }
        Ok(Self { name, folders })
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        xml.start(name);
        xml.optional("Name", self.name.as_ref());
        xml.list("Folder", &self.folders);
        xml.end();
    }
}

fn folders(deep: usize) -> String {
    format!("{}<Name>A</Name>{}", "<Folder>".repeat(deep), "</Folder>".repeat(deep))
}

#[test]
fn the_depth_of_known_elements_is_limited() {
    on_a_small_stack(|| {
        let read = |deep: usize, max: usize| {
            let options = DecodeOptions::default().max_depth(max);
            decode::<Folder>(folders(deep).as_bytes(), one("Folder"), &options)
        };
        let default = DecodeOptions::default().max_depth;
        for (deep, max) in [(1, 1), (3, 3), (3, 100), (default, default)] {
            assert_eq!(
                read(deep, max)
                    .unwrap()
                    .value
                    .encode(one("Folder"), Style::Request)
                    .unwrap()
                    .unwrap()
                    .len(),
                folders(deep).len() + 38
            );
        }
        for (deep, max, path) in [
            (1, 0, "Folder"),
            (2, 1, "Folder/Folder"),
            (4, 2, "Folder/Folder/Folder"),
        ] {
            let error = read(deep, max).unwrap_err();
            let limit = format!("elements are nested deeper than {max}");
            assert_eq!(*error.kind(), DecodeErrorKind::Limit(limit));
            assert_eq!((error.path(), error.offset()), (path, max * "<Folder>".len()));
        }
        let error = read(MILLION, default).unwrap_err();
        assert!(matches!(error.kind(), DecodeErrorKind::Limit(_)), "{error}");
    });
}

#[test]
fn the_size_of_a_body_is_limited() {
    on_a_small_stack(|| {
        let body = "<Bands> </Bands>";
        let read = |max: usize| decode::<Vec<Band>>(body.as_bytes(), BANDS, &DecodeOptions::default().max_bytes(max));
        assert!(read(body.len()).is_ok());
        let error = read(body.len() - 1).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the body exceeds a limit: it has 16 bytes, and at most 15 are allowed (at byte 0)"
        );
    });
}

#[test]
fn the_report_of_unknown_parts_is_limited() {
    let long = "n".repeat(MILLION);
    let mut body = format!("<Bands><{long} {long}='1'/><Band {long}='1'/>");
    for number in 0..1000 {
        write!(body, "<x{number}/>").unwrap();
    }
    body.push_str("</Bands>");
    on_a_small_stack(|| {
        let body =
            body.replace("='1'/>", "='1' id='1'><Name/></Band>")
                .replacen("='1' id='1'><Name/></Band>", "='1'/>", 1);
        let decoded = decode::<Vec<Band>>(body.as_bytes(), BANDS, &DecodeOptions::default()).unwrap();
        assert_eq!(decoded.unknown.len(), 256);
        assert!(decoded.unknown.iter().all(|path| path.chars().count() < 100));
    });
}

/// Each of these would take minutes if the time grew with the square of the size.
#[test]
fn large_parts_take_time_in_proportion_to_their_size() {
    let zeros = "0".repeat(MILLION);
    let (many, value) = (MILLION / 50, r#"[{"id":7,"name":"A"}]"#);
    let body = |attributes: &str, inside: &str| {
        format!(r#"<Bands><Band {attributes} id="7">{inside}<Name>A</Name></Band></Bands>"#)
    };
    let numbered = |template: &str| -> String {
        (0..many)
            .map(|number| template.replace('#', &number.to_string()))
            .collect()
    };
    on_a_small_stack(|| {
        let read = |body: &str| {
            let decoded = decode::<Vec<Band>>(body.as_bytes(), BANDS, &DecodeOptions::default()).unwrap();
            serde_json::to_string(&decoded.value).unwrap()
        };
        for body in [
            body(&numbered("a#='1' "), ""),
            body(&numbered("a=\"1\" "), ""),
            body("", &"<!---->".repeat(many)),
            body("", &"&amp;".repeat(many)),
            body("", &"<![CDATA[]]>".repeat(many)),
            body("", &"<x y='<'/> ".repeat(many)),
            body("", &numbered("<Name#/>").replace("<Name/>", "")),
            body(&format!("x='{}'", "&lt;".repeat(many)), ""),
        ] {
            assert_eq!(read(&body), value);
        }
        assert_eq!(
            read(&format!(r#"<Bands><Band id="{zeros}7"><Name>A</Name></Band></Bands>"#)),
            value
        );
        let text = "a<!---->&amp;<![CDATA[b]]>\r".repeat(many);
        let decoded = read(&format!(r#"<Bands><Band id="7"><Name>{text}</Name></Band></Bands>"#));
        assert_eq!(decoded.len(), value.len() - 1 + many * "a&b\\n".len());
    });
}
