//! Tests of bodies that are written in other ways: each has the same value, on the fast path and on the plain path.

use spektrix_v2::DecodeOptions;
use spektrix_v2::operations;
use spektrix_v2_tests::pages;
use spektrix_v2_tests::reading::{Side, read};

type Spell = fn(&str) -> String;

/// Other ways to write the same document, with their names.
const SPELLINGS: [(&str, Spell); 10] = [
    ("single quotes", |xml| xml.replace('"', "'")),
    ("whitespace before the end of tags", |xml| {
        xml.replace("/>", " />").replace("Name>", "Name >")
    }),
    ("whitespace around the equals sign", |xml| xml.replace("=\"", " =\n\"")),
    ("start and end tag instead of an empty tag", |xml| {
        xml.replace("<Event id=\"2147483647\"/>", "<Event id=\"2147483647\"></Event>")
    }),
    ("a prefix", |xml| {
        xml.replace("<Name>", "<x:Name>").replace("</Name>", "</x:Name>")
    }),
    ("CDATA", |xml| {
        xml.replace(">String content<", "><![CDATA[String content]]><")
    }),
    ("numeric references", |xml| {
        xml.replace(">String content<", ">&#83;tring&#x20;content<")
    }),
    ("references in attributes", |xml| {
        xml.replace("=\"2147483647\"", "=\"&#50;147483647\"")
    }),
    ("comments within text", |xml| {
        xml.replace(">String content<", ">String<!-- <Name> --> content<")
    }),
    ("a byte order mark, a declaration and whitespace", |xml| {
        format!(
            "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n{}\r\n",
            xml.replace("><", ">\r\n\t<")
        )
    }),
];

#[test]
fn every_spelling_has_the_same_value() -> anyhow::Result<()> {
    let (fast, slow) = (DecodeOptions::default(), DecodeOptions::default().fast_path(false));
    let mut tried = [0; SPELLINGS.len()];
    for info in operations::ALL {
        let Some(example) = pages::example(info.name, Side::Response)? else {
            continue;
        };
        let expected = read(info.name, Side::Response, example.as_bytes(), &fast)?;
        for ((what, spell), tried) in SPELLINGS.iter().zip(&mut tried) {
            let spelled = spell(&example);
            *tried += usize::from(spelled != example);
            for options in [&fast, &slow] {
                let found = read(info.name, Side::Response, spelled.as_bytes(), options)?;
                assert_eq!(found, expected, "{}, {what}", info.name);
            }
        }
    }
    for ((what, _), tried) in SPELLINGS.iter().zip(tried) {
        assert!(tried > 0, "no example has a part to be spelled with {what}");
    }
    Ok(())
}
