//! Tests how the text of an element is decoded: references, CDATA, comments, line breaks, whitespace, invalid text.

use crate::support::{bands, check};

#[test]
fn text_is_decoded() {
    check(
        &[
            ("", r#""""#),
            (" ", r#"" ""#),
            (" A\tB \n", r#"" A\tB \n""#),
            ("Café 🎭", r#""Café 🎭""#),
            // A line break is one character, unless it is written as a reference.
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
            // XML forbids this, but it cannot be misread.
            ("a]]>b", r#""a]]>b""#),
            ("a\u{b}b\u{1}c\u{fffe}\u{7f}", "\"a\\u000bb\\u0001c\u{fffe}\u{7f}\""),
            ("a&#xB;b&#1;&#xFFFF;", "\"a\\u000bb\\u0001\u{ffff}\""),
            // Line breaks only in XML 1.1.
            ("a\u{85}b\u{2028}", "\"a\u{85}b\u{2028}\""),
            ("\u{feff}a", "\"\u{feff}a\""),
            // References that cannot be resolved.
            ("a &nbsp; b", "! unknown reference `&nbsp;` @30"),
            ("&;", "! unknown reference `&;` @28"),
            ("&LT;", "! unknown reference `&LT;` @28"),
            ("&#0;", "! unknown reference `&#0;` @28"),
            ("&#;", "! unknown reference `&#;` @28"),
            ("&#x;", "! unknown reference `&#x;` @28"),
            ("&#+65;", "! unknown reference @28"),
            ("&#X41;", "! unknown reference `&#X41;` @28"),
            ("&# 65;", "! unknown reference @28"),
            ("&#xD800;", "! unknown reference `&#xD800;` @28"),
            ("&#xD83C;&#xDFAD;", r#""🎭""#),
            ("a&#55356;&#57261;&amp;<i/>b", r#""a🎭&b""#),
            ("&#xD83C;x&#xDFAD;", "! unknown reference `&#xD83C;` @28"),
            ("&#xD83C;&#65;", "! unknown reference `&#xD83C;` @28"),
            ("&#xDFAD;&#xD83C;", "! unknown reference `&#xDFAD;` @28"),
            ("&#x110000;", "! unknown reference `&#x110000;` @28"),
            ("&#99999999999999999999;", "! unknown reference @28"),
            ("a\r&bad;", "! unknown reference `&bad;` @30"),
            ("<i/>&bad;", "! unknown reference `&bad;` @32"),
            // An `&` that was not escaped.
            ("Fish & chips", "! an `&` is not escaped as `&amp;` @33"),
            ("a &amp b", "! an `&` is not escaped as `&amp;` @30"),
            ("a & b &amp; c", "! an `&` is not escaped as `&amp;` @30"),
            ("&&amp;", "! an `&` is not escaped as `&amp;` @28"),
            ("&", "! an `&` is not escaped as `&amp;` @28"),
            ("a & b; c", "! unknown reference @30"),
        ],
        name,
    );
}

#[test]
fn long_references_are_not_quoted() {
    let reference = "x".repeat(100_000);
    let outcome = name(&format!("&{reference};"));
    assert_eq!(outcome, "! unknown reference @28");
    let zeros = "0".repeat(1_000_000);
    assert_eq!(name(&format!("&#{zeros}65;")), r#""A""#);
}

/// In skipped text, references are not resolved. But each must have a `;`, because the tokenizer requires that.
#[test]
fn references_in_skipped_text_must_be_terminated() {
    let alone = |at: &str| format!("the body is not well-formed XML: an `&` is not escaped as `&amp;` (in {at})");
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
            ("<Bands>a\r\n&b;<Band xsi:nil='true'/></Bands>", "[]"),
        ],
        bands,
    );
}

/// Returns the text as JSON, or `!` with the error and its offset.
fn name(text: &str) -> String {
    const WRONG: &str = "the body is not well-formed XML: ";
    let outcome = bands(&format!(r#"<Bands><Band  id="7"> <Name>{text}</Name></Band></Bands>"#));
    if let Some(wrong) = outcome.strip_prefix(WRONG) {
        let (how, offset) = wrong.rsplit_once(" (in Bands/Band[1]/Name, at byte ").unwrap();
        return format!("! {how} @{}", offset.trim_end_matches(')'));
    }
    let end = outcome.rfind("}]").unwrap();
    outcome[..end].strip_prefix(r#"[{"id":7,"name":"#).unwrap().to_owned()
}
