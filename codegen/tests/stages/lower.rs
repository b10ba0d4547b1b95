//! Tests of `lower`: a schema page → its types.

use spektrix_v2_codegen::lower::lower;
use spektrix_v2_codegen::model::Body;

use crate::{case, model_text};

#[test]
fn schema_pages_are_lowered_or_refused() -> std::io::Result<()> {
    case::check("lower", |case| {
        let lowered = lower("GetThing response", &case.text("page.xsd"), None);
        lowered
            .map(|page| model_text::of_page(&page))
            .map_err(|error| error.to_string())
    })
}

struct Row {
    what: &'static str,
    /// The schemas below the root of the page.
    schemas: &'static str,
    example: Option<&'static str>,
    /// The root element, or the start of the error.
    root: &'static str,
}

const NONE: &str = "error: GetThing response: the page declares no root element";
const SEVERAL: &str = "error: GetThing response: the page declares 2 root elements (A, B)";

#[rustfmt::skip]
const ROOTS: &[Row] = &[
    Row { what: "the only one", schemas: r#"<xs:schema><xs:element name="A" type="xs:int"/></xs:schema>"#, example: None, root: "A" },
    Row { what: "none", schemas: r#"<xs:schema><xs:complexType name="A"/></xs:schema>"#, example: None, root: NONE },
    Row { what: "only an abstract one", schemas: r#"<xs:schema><xs:element name="A" abstract="true" type="xs:int"/></xs:schema>"#, example: None, root: NONE },
    Row { what: "one of .NET's own", schemas: r#"<xs:schema targetNamespace="http://schemas.microsoft.com/2003/10/Serialization/"><xs:element name="int" type="xs:int"/></xs:schema>"#, example: None, root: NONE },
    Row { what: "one of .NET's own, in the example", schemas: r#"<xs:schema targetNamespace="http://schemas.microsoft.com/2003/10/Serialization/"><xs:element name="int" type="xs:int"/></xs:schema>"#, example: Some("{http://schemas.microsoft.com/2003/10/Serialization/}int"), root: "{http://schemas.microsoft.com/2003/10/Serialization/}int" },
    Row { what: "beside an abstract one", schemas: r#"<xs:schema><xs:element name="A" abstract="true" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:schema>"#, example: None, root: "B" },
    Row { what: "two", schemas: r#"<xs:schema><xs:element name="A" type="T"/><xs:element name="B" type="U"/><xs:complexType name="T"/><xs:complexType name="U"/></xs:schema>"#, example: None, root: SEVERAL },
    Row { what: "two, of which the example has one", schemas: r#"<xs:schema><xs:element name="A" type="T"/><xs:element name="B" type="U"/><xs:complexType name="T"/><xs:complexType name="U"/></xs:schema>"#, example: Some("B"), root: "B" },
    Row { what: "two, and the example has another one", schemas: r#"<xs:schema><xs:element name="A" type="T"/><xs:element name="B" type="U"/><xs:complexType name="T"/><xs:complexType name="U"/></xs:schema>"#, example: Some("C"), root: SEVERAL },
    Row { what: "the example is in another namespace", schemas: r#"<xs:schema><xs:element name="A" type="T"/><xs:element name="B" type="U"/><xs:complexType name="T"/><xs:complexType name="U"/></xs:schema>"#, example: Some("{urn:x}A"), root: "A" },
    Row { what: "one name in two namespaces", schemas: r#"<xs:schema targetNamespace="urn:x"><xs:element name="A" type="xs:int"/></xs:schema><xs:schema targetNamespace="urn:y"><xs:element name="A" type="xs:int"/></xs:schema>"#, example: Some("{urn:y}A"), root: "{urn:y}A" },
    Row { what: "the type of one is the item of the other", schemas: r#"<xs:schema><xs:element name="A" type="T"/><xs:element name="B" type="L"/><xs:complexType name="T"/><xs:complexType name="L"><xs:sequence><xs:element name="I" maxOccurs="unbounded" type="T"/></xs:sequence></xs:complexType></xs:schema>"#, example: None, root: "B" },
    Row { what: "the type of one is a branch of the other", schemas: r#"<xs:schema><xs:element name="A" type="T"/><xs:element name="B" type="L"/><xs:complexType name="T"/><xs:complexType name="L"><xs:choice><xs:element name="I" type="T"/><xs:element name="J" type="xs:int"/></xs:choice></xs:complexType></xs:schema>"#, example: None, root: "B" },
    Row { what: "the type of one is the base of the other", schemas: r#"<xs:schema><xs:element name="A" type="T"/><xs:element name="B" type="L"/><xs:complexType name="T"/><xs:complexType name="L"><xs:complexContent><xs:extension base="T"/></xs:complexContent></xs:complexType></xs:schema>"#, example: None, root: "B" },
    Row { what: "a type that contains itself is not used by another", schemas: r#"<xs:schema><xs:element name="A" type="T"/><xs:element name="B" type="L"/><xs:complexType name="T"/><xs:complexType name="L"><xs:sequence><xs:element name="I" type="T"/><xs:element name="L" minOccurs="0" type="L"/></xs:sequence></xs:complexType></xs:schema>"#, example: None, root: "B" },
    Row { what: "one is a simple type", schemas: r#"<xs:schema><xs:element name="A" type="xs:int"/><xs:element name="B" type="T"/><xs:complexType name="T"/></xs:schema>"#, example: None, root: "B" },
    Row { what: "one refers to the other", schemas: r#"<xs:schema><xs:element name="A" type="xs:int"/><xs:element name="B" type="T"/><xs:complexType name="T"><xs:sequence><xs:element ref="A"/></xs:sequence></xs:complexType></xs:schema>"#, example: None, root: "B" },
    Row { what: "one refers to the other, which has an anonymous type", schemas: r#"<xs:schema><xs:element name="A"><xs:complexType/></xs:element><xs:element name="B" type="T"/><xs:complexType name="T"><xs:sequence><xs:element ref="A"/></xs:sequence></xs:complexType></xs:schema>"#, example: None, root: "B" },
];

#[test]
fn the_root_is_what_the_example_or_nothing_else_uses() {
    for row in ROOTS {
        let text = format!(
            r#"<Schemas xmlns:xs="http://www.w3.org/2001/XMLSchema">{}</Schemas>"#,
            row.schemas
        );
        let found = match lower("GetThing response", &text, row.example) {
            Ok(page) => match page.body {
                Body::One { root, .. } | Body::List { root, .. } => root,
                other => format!("{other:?}"),
            },
            Err(error) => format!("error: {error}"),
        };
        let is_expected = if row.root.starts_with("error") {
            found.starts_with(row.root)
        } else {
            found == row.root
        };
        assert!(is_expected, "{}: {found}", row.what);
    }
}
