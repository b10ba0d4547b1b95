//! Markup that is malformed: what is said, in which element, at which byte.

use crate::support::{bands, check};

#[test]
fn is_refused_where_it_begins() {
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
            (
                "&amp",
                "an `&` stands alone, where `&amp;` belongs (in Bands, at byte 7)",
            ),
            ("text", "it stops in the middle (in Bands, at byte 11)"),
            ("<Band id='1'>", "it stops in the middle (in Bands/Band[1], at byte 20)"),
            (
                "<Band id='1'><Name>A</Name>",
                "it stops in the middle (in Bands/Band[1], at byte 34)",
            ),
            (
                "<Band id='1'><Name>A<",
                "tag not closed: `>` not found before end of input (in Bands/Band[1]/Name, at byte 27)",
            ),
            (
                "<Band id='1'><Name>A &amp; B",
                "it stops in the middle (in Bands/Band[1]/Name, at byte 35)",
            ),
            ("<Other><x/>", "it stops in the middle (in Bands, at byte 18)"),
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
                "`</Band>` stands where `</Bands>` belongs (in Bands, at byte 7)",
            ),
            (
                "</Bands x='1'>",
                "`</Bands x=\\'1\\'>` stands where `</Bands>` belongs (in Bands, at byte 7)",
            ),
            (
                "</ Bands>",
                "`</ Bands>` stands where `</Bands>` belongs (in Bands, at byte 7)",
            ),
            (
                "<Band></Bands>",
                "`</Bands>` stands where `</Band>` belongs (in Bands/Band[1], at byte 13)",
            ),
            (
                "<Band id='1'><Name>A</name></Band>",
                "`</name>` stands where `</Name>` belongs (in Bands/Band[1]/Name, at byte 27)",
            ),
            (
                "<Band id='1'><Name>A</Name></band>",
                "`</band>` stands where `</Band>` belongs (in Bands/Band[1], at byte 34)",
            ),
            // In what is skipped, too: else a lost end tag would swallow what follows.
            (
                "<Other><x></Other>",
                "`</Other>` stands where `</x>` belongs (in Bands, at byte 17)",
            ),
            (
                "<Other><a></b></Other></Bands>",
                "`</b>` stands where `</a>` belongs (in Bands, at byte 17)",
            ),
            (
                "<Other>1</other></Bands>",
                "`</other>` stands where `</Other>` belongs (in Bands, at byte 15)",
            ),
            (
                "<Band id='1'><?xml version='1.0'?></Band>",
                "an XML declaration stands inside an element (in Bands/Band[1], at byte 41)",
            ),
            (
                "<x><?xml version='1.0'?></x>",
                "an XML declaration stands inside an element (in Bands, at byte 31)",
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
fn but_blanks_in_tags_are_fine() {
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
