//! Text: references, CDATA, comments, line breaks, blanks, and what XML forbids.

use crate::support::{bands, check};

#[test]
fn of_an_element() {
    check(
        &[
            ("", r#""""#),
            (" ", r#"" ""#),
            (" A\tB \n", r#"" A\tB \n""#),
            ("Café 🎭", r#""Café 🎭""#),
            // Line breaks are one character, unless a reference says otherwise.
            ("a\r\nb\rc\n\r\r\nd\r", r#""a\nb\nc\n\n\nd\n""#),
            ("a&#xD;&#10;b\r&#10;c", r#""a\r\nb\n\nc""#),
            ("a&#13;\nb", r#""a\r\nb""#),
            // References.
            ("&lt;&gt;&amp;&apos;&quot;", r#""<>&'\"""#),
            ("&amp;lt;", r#""&lt;""#),
            ("&#65;&#x41;&#x1F3AD;&#0000065;", r#""AA🎭A""#),
            ("x &amp; y &#38; z", r#""x & y & z""#),
            (";&amp;;", r#"";&;""#),
            // CDATA, comments and processing instructions, in and around text.
            ("<![CDATA[a < b & c]]>", r#""a < b & c""#),
            ("a<![CDATA[]]>b<!-- c -->d<?e f?>g", r#""abdg""#),
            ("<![CDATA[&amp;\r\n]]]]><![CDATA[>]]>", r#""&amp;\n]]>""#),
            ("a\r<![CDATA[\n]]>", r#""a\n\n""#),
            ("<!-- -- --->a", r#""a""#),
            ("<?xml-stylesheet href='x'?>a", r#""a""#),
            ("<!-->-->a", r#""a""#),
            // What XML forbids, but cannot be misread.
            ("a]]>b", r#""a]]>b""#),
            ("a\u{b}b\u{1}c\u{fffe}\u{7f}", "\"a\\u000bb\\u0001c\u{fffe}\u{7f}\""),
            ("a&#xB;b&#1;&#xFFFF;", "\"a\\u000bb\\u0001\u{ffff}\""),
            // Only XML 1.1 would take these for line breaks.
            ("a\u{85}b\u{2028}", "\"a\u{85}b\u{2028}\""),
            ("\u{feff}a", "\"\u{feff}a\""),
            // What stands for nothing.
            ("a &nbsp; b", "! `&nbsp;` stands for nothing @30"),
            ("&;", "! `&;` stands for nothing @28"),
            ("&LT;", "! `&LT;` stands for nothing @28"),
            ("&#0;", "! `&#0;` stands for nothing @28"),
            ("&#;", "! `&#;` stands for nothing @28"),
            ("&#x;", "! `&#x;` stands for nothing @28"),
            ("&#+65;", "! an `&` stands for nothing @28"),
            ("&#X41;", "! `&#X41;` stands for nothing @28"),
            ("&# 65;", "! an `&` stands for nothing @28"),
            ("&#xD800;", "! `&#xD800;` stands for nothing @28"),
            ("&#x110000;", "! `&#x110000;` stands for nothing @28"),
            ("&#99999999999999999999;", "! an `&` stands for nothing @28"),
            ("a\r&bad;", "! `&bad;` stands for nothing @30"),
            ("<i/>&bad;", "! `&bad;` stands for nothing @32"),
            // An `&` that begins no reference.
            ("Fish & chips", "! an `&` stands alone, where `&amp;` belongs @33"),
            ("a &amp b", "! an `&` stands alone, where `&amp;` belongs @30"),
            ("a & b &amp; c", "! an `&` stands alone, where `&amp;` belongs @30"),
            ("&&amp;", "! an `&` stands alone, where `&amp;` belongs @28"),
            ("&", "! an `&` stands alone, where `&amp;` belongs @28"),
            ("a & b; c", "! an `&` stands for nothing @30"),
        ],
        name,
    );
}

#[test]
fn of_long_references_is_not_quoted() {
    let reference = "x".repeat(100_000);
    let outcome = name(&format!("&{reference};"));
    assert_eq!(outcome, "! an `&` stands for nothing @28");
    let zeros = "0".repeat(1_000_000);
    assert_eq!(name(&format!("&#{zeros}65;")), r#""A""#);
}

/// What is passed over is not resolved, but a reference in it must have an end: the tokenizer asks for it.
#[test]
fn that_is_passed_over() {
    let alone =
        |at: &str| format!("the body is not well-formed XML: an `&` stands alone, where `&amp;` belongs (in {at})");
    let (unknown, band) = (alone("Bands/Band[1], at byte 43"), alone("Bands, at byte 14"));
    check(
        &[
            (
                r#"<Bands><Band id="7"><Name>A</Name><Other>x & y</Other></Band></Bands>"#,
                &unknown,
            ),
            (
                r#"<Bands><Band id="7"><Name>A</Name><Nam>&&;</Nam></Band></Bands>"#,
                &alone("Bands/Band[1], at byte 39"),
            ),
            ("<Bands><Other>&</Other></Bands>", &band),
            (
                r#"<Bands><Band id="7"><Name>A</Name>&bad;</Band>&bad;<C>&bad;</C></Bands>"#,
                r#"[{"id":7,"name":"A"}] ?Bands/C"#,
            ),
            (
                r#"<Bands><Band id="7">&bad;<Name>A</Name><Name>&bad;</Name></Band></Bands>"#,
                r#"[{"id":7,"name":"A"}]"#,
            ),
            ("<Bands>a & b</Bands>", &alone("Bands, at byte 9")),
            ("<Bands>a\r\n&b;</Bands>", "[]"),
        ],
        bands,
    );
}

/// The text as JSON; or `!`, what is wrong with the body, and where.
fn name(text: &str) -> String {
    const WRONG: &str = "the body is not well-formed XML: ";
    let outcome = bands(&format!(r#"<Bands><Band  id="7"> <Name>{text}</Name></Band></Bands>"#));
    if let Some(wrong) = outcome.strip_prefix(WRONG) {
        let (how, place) = wrong.rsplit_once(" (in Bands/Band[1]/Name, at byte ").unwrap();
        return format!("! {how} @{}", place.trim_end_matches(')'));
    }
    let end = outcome.rfind("}]").unwrap();
    outcome[..end].strip_prefix(r#"[{"id":7,"name":"#).unwrap().to_owned()
}
