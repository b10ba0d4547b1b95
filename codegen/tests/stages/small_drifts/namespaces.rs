//! Namespaces: the form of elements and attributes, and the namespace of a schema.

use super::{Row, check, namespace_page};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row {
        what: "all elements",
        old: r#"targetNamespace="urn:t" elementFormDefault="qualified" attributeFormDefault="unqualified"|<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence><xs:attribute name="c" type="xs:int"/><xs:attribute name="d" type="xs:int"/>"#,
        new: r#"targetNamespace="urn:t" elementFormDefault="unqualified" attributeFormDefault="unqualified"|<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence><xs:attribute name="c" type="xs:int"/><xs:attribute name="d" type="xs:int"/>"#,
        request: &[
            "Thing: its names were in the namespace urn:t and are in no namespace (breaks the wire, not users; Thing)",
        ],
        response: &[
            "Thing: its names were in the namespace urn:t and are in no namespace (breaks nothing; Thing)",
        ],
    },
    Row {
        what: "all attributes",
        old: r#"targetNamespace="urn:t" elementFormDefault="qualified" attributeFormDefault="unqualified"|<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence><xs:attribute name="c" type="xs:int"/><xs:attribute name="d" type="xs:int"/>"#,
        new: r#"targetNamespace="urn:t" elementFormDefault="qualified" attributeFormDefault="qualified"|<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence><xs:attribute name="c" type="xs:int"/><xs:attribute name="d" type="xs:int"/>"#,
        request: &[
            "Thing: its names were in no namespace and are in the namespace urn:t (breaks the wire, not users; Thing)",
        ],
        response: &[
            "Thing: its names were in no namespace and are in the namespace urn:t (breaks the wire, not users; Thing)",
        ],
    },
    Row {
        what: "attributes that are in no namespace any more",
        old: r#"targetNamespace="urn:t" elementFormDefault="qualified" attributeFormDefault="qualified"|<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence><xs:attribute name="c" type="xs:int"/><xs:attribute name="d" type="xs:int"/>"#,
        new: r#"targetNamespace="urn:t" elementFormDefault="qualified" attributeFormDefault="unqualified"|<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence><xs:attribute name="c" type="xs:int"/><xs:attribute name="d" type="xs:int"/>"#,
        request: &[
            "Thing: its names were in the namespace urn:t and are in no namespace (breaks the wire, not users; Thing)",
        ],
        response: &[
            "Thing: its names were in the namespace urn:t and are in no namespace (breaks the wire, not users; Thing)",
        ],
    },
    Row {
        what: "one element",
        old: r#"targetNamespace="urn:t" elementFormDefault="qualified" attributeFormDefault="unqualified"|<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence>"#,
        new: r#"targetNamespace="urn:t" elementFormDefault="qualified" attributeFormDefault="unqualified"|<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element name="B" type="xs:int" form="unqualified" minOccurs="0"/></xs:sequence>"#,
        request: &[
            "Thing/B: it was in the namespace urn:t and is in no namespace (breaks the wire, not users; Thing::b)",
        ],
        response: &[
            "Thing/B: it was in the namespace urn:t and is in no namespace (breaks nothing; Thing::b)",
        ],
    },
    Row {
        what: "everything",
        old: r#"targetNamespace="urn:t" elementFormDefault="qualified" attributeFormDefault="unqualified"|<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence><xs:attribute name="c" type="xs:int"/><xs:attribute name="d" type="xs:int"/>"#,
        new: r#"targetNamespace="urn:other" elementFormDefault="qualified" attributeFormDefault="unqualified"|<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence><xs:attribute name="c" type="xs:int"/><xs:attribute name="d" type="xs:int"/>"#,
        request: &[
            "PutThing request: the root element and the names in Thing were in the namespace urn:t and are in the namespace urn:other (breaks the wire, not users; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the root element and the names in Thing were in the namespace urn:t and are in the namespace urn:other (breaks nothing; operations::PutThing)",
        ],
    },
    Row {
        what: "no namespace",
        old: r#"targetNamespace="urn:t" elementFormDefault="qualified" attributeFormDefault="unqualified"|<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence><xs:attribute name="c" type="xs:int"/><xs:attribute name="d" type="xs:int"/>"#,
        new: r#"elementFormDefault="qualified" attributeFormDefault="unqualified"|<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence><xs:attribute name="c" type="xs:int"/><xs:attribute name="d" type="xs:int"/>"#,
        request: &[
            "PutThing request: the root element and the names in Thing were in the namespace urn:t and are in no namespace (breaks the wire, not users; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the root element and the names in Thing were in the namespace urn:t and are in no namespace (breaks nothing; operations::PutThing)",
        ],
    },
    Row {
        what: "nothing",
        old: r#"targetNamespace="urn:t" elementFormDefault="qualified" attributeFormDefault="unqualified"|<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence><xs:attribute name="c" type="xs:int"/><xs:attribute name="d" type="xs:int"/>"#,
        new: r#"targetNamespace="urn:t" elementFormDefault="qualified" attributeFormDefault="unqualified"|<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence><xs:attribute name="c" type="xs:int"/><xs:attribute name="d" type="xs:int"/>"#,
        request: &[],
        response: &[],
    },
];

#[test]
fn namespaces_are_reported_at_their_cause() {
    check(ROWS, namespace_page);
}
