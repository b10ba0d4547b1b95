//! Examples of bodies, of which only the information is compared.

use super::{compare, sources, type_page};
use spektrix_v2_codegen::diff::text;

struct Row {
    what: &'static str,
    old: Option<&'static str>,
    new: Option<&'static str>,
    /// What the report says about the example, or an empty string.
    found: &'static str,
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row { what: "another syntax", old: Some("<A b='1' c='2'>x</A>"), new: Some("<A c=\"2\"  b=\"1\"><!-- c -->x</A>"), found: "" },
    Row { what: "an empty element", old: Some("<A></A>"), new: Some("<A/>"), found: "" },
    Row { what: "another prefix", old: Some("<p:A xmlns:p='urn:x'/>"), new: Some("<A xmlns='urn:x'/>"), found: "" },
    Row { what: "no namespace inside one", old: Some("<A xmlns='urn:x'><B xmlns=''/></A>"), new: Some("<p:A xmlns:p='urn:x'><B/></p:A>"), found: "" },
    Row { what: "a CDATA section", old: Some("<A>x</A>"), new: Some("<A><![CDATA[x]]></A>"), found: "" },
    Row { what: "whitespace between elements", old: Some("<A><B/></A>"), new: Some("<A>\n  <B/>\n</A>"), found: "" },
    Row { what: "whitespace in an element", old: Some("<A/>"), new: Some("<A> </A>"), found: "it had the end and has A = \" \"" },
    Row { what: "another text", old: Some("<A>x</A>"), new: Some("<A>y</A>"), found: "it had A = \"x\" and has A = \"y\"" },
    Row { what: "another text in a CDATA section", old: Some("<A>x</A>"), new: Some("<A><![CDATA[y]]></A>"), found: "it had A = \"x\" and has A = \"y\"" },
    Row { what: "another reference", old: Some("<A>&lt;</A>"), new: Some("<A>&gt;</A>"), found: "it had A = \"&lt;\" and has A = \"&gt;\"" },
    Row { what: "text after an element", old: Some("<A><B/></A>"), new: Some("<A><B/>x</A>"), found: "it had the end and has A = \"x\"" },
    Row { what: "another attribute", old: Some("<A b='1'/>"), new: Some("<A b='2'/>"), found: "it had A/@b = \"1\" and has A/@b = \"2\"" },
    Row { what: "an attribute in a namespace", old: Some("<A b='1'/>"), new: Some("<A xmlns:p='urn:x' p:b='1'/>"), found: "it had A/@b = \"1\" and has A/@{urn:x}b = \"1\"" },
    Row { what: "another namespace", old: Some("<A xmlns='urn:x'/>"), new: Some("<A xmlns='urn:y'/>"), found: "it had {urn:x}A and has {urn:y}A" },
    Row { what: "a longer one", old: Some("<A/>"), new: Some("<A><B/></A>"), found: "it had the end and has A/B" },
    Row { what: "a shorter one", old: Some("<A><B/></A>"), new: Some("<A/>"), found: "it had A/B and has the end" },
    Row { what: "a malformed one", old: Some("<A/>"), new: Some("<A>"), found: "the XML is malformed (it ends inside an element)" },
    Row { what: "one that was malformed", old: Some("<A>"), new: Some("<A/>"), found: "the XML was malformed (it ends inside an element)" },
    Row { what: "two that are malformed", old: Some("<A>"), new: Some("<B>"), found: "the XML is malformed in both" },
    Row { what: "the same malformed one", old: Some("<A>"), new: Some("<A>"), found: "" },
    Row { what: "JSON in another syntax", old: Some("{\"a\":1,\"b\":2}"), new: Some("{ \"b\": 2, \"a\": 1 }"), found: "" },
    Row { what: "another JSON", old: Some("{\"a\":1}"), new: Some("{\"a\":2}"), found: "the JSON differs" },
    Row { what: "a new one", old: None, new: Some("<A/>"), found: "new" },
    Row { what: "one that is gone", old: Some("<A/>"), new: None, found: "gone" },
];

#[test]
fn examples_are_compared_by_their_information() {
    let page = type_page(r#"<xs:sequence><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence>"#);
    for row in ROWS {
        let with_example = |example: Option<&str>| {
            let mut sources = sources("response", &page);
            if let Some(example) = example {
                sources.insert("PutThing/response.xml", example);
            }
            sources
        };
        let found = text(&compare(&with_example(row.old), &with_example(row.new)));
        let expected = match row.found {
            "" => "no drift\n".to_owned(),
            how => {
                let what = if matches!(how, "new" | "gone") {
                    format!("is {how}")
                } else {
                    format!("differs: {how}")
                };
                format!("PutThing response: the example {what} (breaks nothing; spektrix_v2::operations::PutThing)\n")
            }
        };
        assert_eq!(found, expected, "{}", row.what);
    }
}
