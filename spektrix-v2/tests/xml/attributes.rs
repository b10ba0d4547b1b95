//! Attributes: quotes, blanks, references, and what is malformed.

use spektrix_v2::PostcodeLookup;

use crate::support::{bands, check, one, read};

#[test]
fn as_they_may_be_written() {
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
            // Blanks between attributes may be missing: nothing can be misread.
            (r#"x="1"id="7""#, r#"[{"id":7,"name":""}] ?Bands/Band/@x"#),
            // The first of two counts, whatever the second is.
            (r#"id="7" id="x""#, seven),
        ],
        band,
    );
}

#[test]
fn that_are_malformed() {
    let no_value = "an attribute has no value";
    let no_quotes = "the value of an attribute is not in quotes";
    let wrong = |how: &str| format!("the body is not well-formed XML: {how} (in Bands/Band[1], at byte 7)");
    check(
        &[
            ("id", &wrong(no_value)),
            (r#"id="7" x"#, &wrong(no_value)),
            ("id=7", &wrong(no_quotes)),
            ("id=", &wrong(no_quotes)),
            (r#"id="7" "x""#, &wrong(no_value)),
            (r#"id="7" ="x""#, &wrong(no_value)),
            (r#"id="7" a,b="x""#, &wrong("`a,b` is no name of an attribute")),
            (r#"id="<""#, &wrong("a `<` stands in the attribute `id`")),
            (r#"id="7" x="a<b""#, &wrong("a `<` stands in the attribute `x`")),
            (
                r#"id="7" x="a & b""#,
                &wrong("an `&` in the attribute `x` stands for nothing"),
            ),
            (
                r#"id="7" x="&nbsp;""#,
                &wrong("an `&` in the attribute `x` stands for nothing"),
            ),
            (
                r#"id="7" x="&#0;""#,
                &wrong("an `&` in the attribute `x` stands for nothing"),
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

/// Nothing looks at the attributes of elements that the schema does not know.
#[test]
fn of_what_is_passed_over() {
    check(
        &[
            ("<Bands><x a=b c/></Bands>", "[] ?Bands/x"),
            ("<Bands><x a='<&'></x></Bands>", "[] ?Bands/x"),
            (r#"<Bands><Band x a=b xsi:nil="true"/></Bands>"#, "[]"),
        ],
        bands,
    );
}

/// Those of what is known are looked at, though none is expected there.
#[test]
fn where_none_belongs() {
    check(
        &[
            (
                r#"<Bands><Band id="7"><Name x=1>A</Name></Band></Bands>"#,
                "the body is not well-formed XML: the value of an attribute is not in quotes \
                 (in Bands/Band[1]/Name, at byte 20)",
            ),
            (
                r#"<Bands><Band id="7"><Name x=1/></Band></Bands>"#,
                "the body is not well-formed XML: the value of an attribute is not in quotes \
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
fn that_hold_text() {
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

fn band(attributes: &str) -> String {
    let outcome = bands(&format!("<Bands><Band {attributes}><Name/></Band></Bands>"));
    let without_blank = attributes.trim_end();
    if outcome.starts_with('[') && !without_blank.ends_with('/') {
        let empty = bands(&format!("<Bands><Band {attributes}/></Bands>"));
        assert!(empty.starts_with("`Name` is missing"), "{empty}");
    }
    outcome
}
