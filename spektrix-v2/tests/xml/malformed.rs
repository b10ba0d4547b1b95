//! Tests the errors for malformed markup: the message, the element and the byte.

use crate::support::{bands, check};

#[test]
fn malformed_markup_is_rejected_where_it_starts() {
    check(
        &[
            (
                "<Band",
                "tag not closed: `>` not found before end of input (in Bands, at byte 7)",
            ),
            (
                "<Band id='1",
                "attribute value not closed: `'` not found before end of input (in Bands, at byte 7)",
            ),
            (
                "<Band id=\"1>",
                "attribute value not closed: `\"` not found before end of input (in Bands, at byte 7)",
            ),
            (
                "<!-- a",
                "comment not closed: `-->` not found before end of input (in Bands, at byte 7)",
            ),
            (
                "<![CDATA[ a",
                "CDATA not closed: `]]>` not found before end of input (in Bands, at byte 7)",
            ),
            (
                "<?a",
                "processing instruction not closed: `?>` not found before end of input (in Bands, at byte 7)",
            ),
            ("<!x>", "unknown or missed symbol in markup (in Bands, at byte 7)"),
            (
                "<![cdata[x]]>",
                "CDATA not closed: `]]>` not found before end of input (in Bands, at byte 7)",
            ),
            ("&amp", "an `&` is not escaped as `&amp;` (in Bands, at byte 7)"),
            ("text", "it ends inside an element (in Bands, at byte 11)"),
            (
                "<Band id='1'>",
                "it ends inside an element (in Bands/Band[1], at byte 20)",
            ),
            (
                "<Band id='1'><Name>A</Name>",
                "it ends inside an element (in Bands/Band[1], at byte 34)",
            ),
            (
                "<Band id='1'><Name>A<",
                "tag not closed: `>` not found before end of input (in Bands/Band[1]/Name, at byte 27)",
            ),
            (
                "<Band id='1'><Name>A &amp; B",
                "it ends inside an element (in Bands/Band[1]/Name, at byte 35)",
            ),
            ("<Other><x/>", "it ends inside an element (in Bands, at byte 18)"),
        ],
        inside_bands,
    );
}

#[test]
fn end_tags_must_match() {
    check(
        &[
            (
                "</Band>",
                "found `</Band>` where `</Bands>` was expected (in Bands, at byte 7)",
            ),
            (
                "</Bands x='1'>",
                "found `</Bands x=\\'1\\'>` where `</Bands>` was expected (in Bands, at byte 7)",
            ),
            (
                "</ Bands>",
                "found `</ Bands>` where `</Bands>` was expected (in Bands, at byte 7)",
            ),
            (
                "<Band></Bands>",
                "found `</Bands>` where `</Band>` was expected (in Bands/Band[1], at byte 13)",
            ),
            (
                "<Band id='1'><Name>A</name></Band>",
                "found `</name>` where `</Name>` was expected (in Bands/Band[1]/Name, at byte 27)",
            ),
            (
                "<Band id='1'><Name>A</Name></band>",
                "found `</band>` where `</Band>` was expected (in Bands/Band[1], at byte 34)",
            ),
            // Also in elements that are skipped. Otherwise a lost end tag would hide what follows.
            (
                "<Other><x></Other>",
                "found `</Other>` where `</x>` was expected (in Bands, at byte 17)",
            ),
            (
                "<Other><a></b></Other></Bands>",
                "found `</b>` where `</a>` was expected (in Bands, at byte 17)",
            ),
            (
                "<Other>1</other></Bands>",
                "found `</other>` where `</Other>` was expected (in Bands, at byte 15)",
            ),
            (
                "<Band id='1'><?xml version='1.0'?></Band>",
                "an XML declaration inside an element (in Bands/Band[1], at byte 41)",
            ),
            (
                "<x><?xml version='1.0'?></x>",
                "an XML declaration inside an element (in Bands, at byte 31)",
            ),
        ],
        inside_bands,
    );
}

fn inside_bands(inside: &str) -> String {
    let outcome = bands(&format!("<Bands>{inside}"));
    outcome
        .strip_prefix("the body is not well-formed XML: ")
        .unwrap_or(&outcome)
        .to_owned()
}

#[test]
fn whitespace_in_tags_is_accepted() {
    let seven = r#"[{"id":7,"name":"A"}]"#;
    check(
        &[
            ("<Bands ><Band id='7' ><Name >A</Name ></Band\n></Bands\t>", seven),
            ("<Bands\n><Band\n\tid='7'\r\n><Name\n>A</Name></Band></Bands>", seven),
            ("<Bands><Band id='7'><Name>A</Name\r\n></Band></Bands>", seven),
            (
                "<Bands><Band id='7'><Name>A</Name></Band><Other /><Other\n/></Bands>",
                r#"[{"id":7,"name":"A"}] ?Bands/Other"#,
            ),
        ],
        bands,
    );
}
