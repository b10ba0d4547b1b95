//! Tests the names of elements: prefixes, letters beyond ASCII, and invalid names.

use crate::support::{bands, check};

#[test]
fn prefixes_and_namespaces_are_ignored() {
    let seven = r#"[{"id":7,"name":"A"}]"#;
    check(
        &[
            (
                r#"<Bands xmlns="urn:x"><Band id="7"><Name>A</Name></Band></Bands>"#,
                seven,
            ),
            (
                r#"<s:Bands xmlns:s="urn:x"><s:Band id="7"><s:Name>A</s:Name></s:Band></s:Bands>"#,
                seven,
            ),
            (r#"<Bands><a:Band id="7"><b:Name>A</b:Name></a:Band></Bands>"#, seven),
            (
                r#"<Bands><Band id="7"><b:Name/><Name>A</Name></Band></Bands>"#,
                r#"[{"id":7,"name":""}]"#,
            ),
            // An end tag must repeat the prefix.
            (
                "<a:Bands></b:Bands>",
                "the body is not well-formed XML: found `</b:Bands>` where `</a:Bands>` was expected (in Bands, at byte 9)",
            ),
            (
                "<Bands><_Band/><größe/><b-2.x><Ω:é/></b-2.x><Band xsi:nil='true'/></Bands>",
                "[] ?Bands/_Band ?Bands/b-2.x ?Bands/größe",
            ),
        ],
        bands,
    );
}

#[test]
fn invalid_names_are_rejected() {
    let wrong = |name: &str| {
        format!("the body is not well-formed XML: `{name}` is not a valid element name (in Bands, at byte 8)")
    };
    check(
        &[
            ("<>", &wrong("")),
            (
                "</>",
                "the body is not well-formed XML: found `</>` where `</Bands>` was expected (in Bands, at byte 8)",
            ),
            ("<></>", &wrong("")),
            ("< x/>", &wrong("")),
            ("<1/>", &wrong("1")),
            ("<-a/>", &wrong("-a")),
            ("<a/b/>", &wrong("a/b")),
            ("<a/b>c</a/b>", &wrong("a/b")),
            ("<a<b/>", &wrong("a<b")),
            ("<a=\"1\"/>", &wrong("a=\\\"1\\\"")),
            ("<a:/>", &wrong("a:")),
            ("<:a/>", &wrong(":a")),
            ("<a:b:c/>", &wrong("a:b:c")),
            ("<a:1/>", &wrong("a:1")),
            ("<x><></></x>", &wrong("").replace("byte 8", "byte 11")),
            ("<x><2/></x>", &wrong("2").replace("byte 8", "byte 11")),
            ("<x/ >", &wrong("x/")),
            ("<Band/ id='1'>", &wrong("Band/")),
        ],
        |element| bands(&format!("<Bands> {element}</Bands>")),
    );
}
