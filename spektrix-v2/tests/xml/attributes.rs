//! Tests how attributes are decoded: quotes, whitespace, references, and malformed attributes.

use spektrix_v2::PostcodeLookup;

use crate::support::{bands, check, one, read};

#[test]
fn attributes_are_accepted_in_any_form() {
    let seven = r#"[{"id":7,"name":""}]"#;
    check(
        &[
            (r#"id="7""#, seven),
            ("id='7'", seven),
            (" id = '7' ", seven),
            ("\n\tid\r\n=\t\"7\"\n", seven),
            (r#"id=" 7 ""#, seven),
            (r#"id="&#55;""#, seven),
            (
                r#"id="7" x=">" y='a/>b' z="'""#,
                r#"[{"id":7,"name":""}] ?Bands/Band/@x ?Bands/Band/@y ?Bands/Band/@z"#,
            ),
            (r#"x='"' id="7""#, r#"[{"id":7,"name":""}] ?Bands/Band/@x"#),
            (
                r#"ID="8" p:id="9" id="7""#,
                r#"[{"id":7,"name":""}] ?Bands/Band/@ID ?Bands/Band/@p:id"#,
            ),
            (r#"größe="1" id="7""#, r#"[{"id":7,"name":""}] ?Bands/Band/@größe"#),
            (
                r#"xmlns="urn:x" xmlns:p="urn:y" xml:space="preserve" xsi:type="a" i:type="b" i:schemaLocation="c" id="7""#,
                seven,
            ),
            (
                r#"xmlnsx="1" type="2" id="7""#,
                r#"[{"id":7,"name":""}] ?Bands/Band/@type ?Bands/Band/@xmlnsx"#,
            ),
            // Whitespace between attributes may be missing, because nothing can be misread.
            (r#"x="1"id="7""#, r#"[{"id":7,"name":""}] ?Bands/Band/@x"#),
            // The first of two counts. The second one need not even be valid.
            (r#"id="7" id="x""#, seven),
        ],
        band,
    );
}

#[test]
fn malformed_attributes_are_rejected() {
    let no_value = "an attribute has no value";
    let no_quotes = "an attribute value is not quoted";
    let wrong = |how: &str| format!("the body is not well-formed XML: {how} (in Bands/Band[1], at byte 7)");
    check(
        &[
            ("id", &wrong(no_value)),
            (r#"id="7" x"#, &wrong(no_value)),
            ("id=7", &wrong(no_quotes)),
            ("id=", &wrong(no_quotes)),
            (r#"id="7" "x""#, &wrong(no_value)),
            (r#"id="7" ="x""#, &wrong(no_value)),
            (r#"id="7" a,b="x""#, &wrong("`a,b` is not a valid attribute name")),
            (r#"id="<""#, &wrong("the attribute `id` contains a `<`")),
            (r#"id="7" x="a<b""#, &wrong("the attribute `x` contains a `<`")),
            (
                r#"id="7" x="a & b""#,
                &wrong("the attribute `x` contains an invalid reference"),
            ),
            (
                r#"id="7" x="&nbsp;""#,
                &wrong("the attribute `x` contains an invalid reference"),
            ),
            (
                r#"id="7" x="&#0;""#,
                &wrong("the attribute `x` contains an invalid reference"),
            ),
            (
                r#"id="""#,
                "`` is not a whole number (xs:int) (in Bands/Band[1]/@id, at byte 7)",
            ),
            (
                r#"id="7.0""#,
                "`7.0` is not a whole number (xs:int) (in Bands/Band[1]/@id, at byte 7)",
            ),
        ],
        band,
    );
}

#[test]
fn attributes_of_skipped_elements_are_not_checked() {
    check(
        &[
            (r#"<Bands><x a=b c/><Band xsi:nil="true"/></Bands>"#, "[] ?Bands/x"),
            (r#"<Bands><x a='<&'></x><Band xsi:nil="true"/></Bands>"#, "[] ?Bands/x"),
            (r#"<Bands><Band x a=b xsi:nil="true"/></Bands>"#, "[]"),
        ],
        bands,
    );
}

#[test]
fn attributes_are_checked_where_the_schema_has_none() {
    check(
        &[
            (
                r#"<Bands><Band id="7"><Name x=1>A</Name></Band></Bands>"#,
                "the body is not well-formed XML: an attribute value is not quoted \
                 (in Bands/Band[1]/Name, at byte 20)",
            ),
            (
                r#"<Bands><Band id="7"><Name x=1/></Band></Bands>"#,
                "the body is not well-formed XML: an attribute value is not quoted \
                 (in Bands/Band[1]/Name, at byte 20)",
            ),
            (
                "\n<Bands x><Band/></Bands>",
                "the body is not well-formed XML: an attribute has no value (in Bands, at byte 1)",
            ),
        ],
        bands,
    );
}

#[test]
fn attribute_values_are_normalized() {
    check(
        &[
            ("", r#""""#),
            (" a  b ", r#"" a  b ""#),
            ("a\r\nb\tc\rd\ne", r#""a b c d e""#),
            ("a&#xD;&#xA;&#x9;b", r#""a\r\n\tb""#),
            ("&amp;lt;&lt;&quot;&apos;", r#""&lt;<\"'""#),
            ("]]>é🎭", r#""]]>é🎭""#),
            ("a\u{b}&#xB;", r#""a\u000b\u000b""#),
        ],
        |text| {
            let outcome = read::<PostcodeLookup>(format!(r#"<P id="{text}"/>"#), one("P"));
            outcome
                .strip_prefix(r#"{"id":"#)
                .unwrap()
                .trim_end_matches('}')
                .to_owned()
        },
    );
}

/// Decodes a band with these attributes, as an element and as an empty element.
fn band(attributes: &str) -> String {
    let outcome = bands(&format!("<Bands><Band {attributes}><Name/></Band></Bands>"));
    let trimmed = attributes.trim_end();
    if outcome.starts_with('[') && !trimmed.ends_with('/') {
        let empty = bands(&format!("<Bands><Band {attributes}/></Bands>"));
        assert!(empty.starts_with("`Name` is missing"), "{empty}");
    }
    outcome
}
