//! Types that were flattened, or are now.

use super::{Row, check, schemas};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row {
        what: "a reference gets an attribute",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="R"/></xs:sequence></xs:complexType><xs:complexType name="R"><xs:attribute name="id" type="xs:int" use="required"/></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="R"/></xs:sequence></xs:complexType><xs:complexType name="R"><xs:attribute name="id" type="xs:int" use="required"/><xs:attribute name="name" type="xs:string"/></xs:complexType>"#,
        request: &[
            "R: was only an identifier, and has other parts now (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "R: was only an identifier, and has other parts now (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "a reference gets a required attribute",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="R"/></xs:sequence></xs:complexType><xs:complexType name="R"><xs:attribute name="id" type="xs:int" use="required"/></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="R"/></xs:sequence></xs:complexType><xs:complexType name="R"><xs:attribute name="id" type="xs:int" use="required"/><xs:attribute name="name" type="xs:string" use="required"/></xs:complexType>"#,
        request: &[
            "R: was only an identifier, and has other parts now (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "R: was only an identifier, and has other parts now (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "a reference gets parts and another identifier",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="R"/></xs:sequence></xs:complexType><xs:complexType name="R"><xs:attribute name="id" type="xs:int" use="required"/></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="R"/></xs:sequence></xs:complexType><xs:complexType name="R"><xs:attribute name="id" type="xs:string" use="required"/><xs:attribute name="name" type="xs:string"/></xs:complexType>"#,
        request: &[
            "R: was only an identifier, and has other parts now (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "R: was only an identifier, and has other parts now (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "a reference gets another reference",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="R"/></xs:sequence></xs:complexType><xs:complexType name="R"><xs:attribute name="id" type="xs:int" use="required"/></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="R"/></xs:sequence></xs:complexType><xs:complexType name="R"><xs:sequence><xs:element minOccurs="0" name="Plan" type="Q"/></xs:sequence><xs:attribute name="id" type="xs:int" use="required"/></xs:complexType><xs:complexType name="Q"><xs:attribute name="id" type="xs:int" use="required"/></xs:complexType>"#,
        request: &[
            "R: was only an identifier, and has other parts now (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "R: was only an identifier, and has other parts now (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "a type is only a reference now",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="R"/></xs:sequence></xs:complexType><xs:complexType name="R"><xs:attribute name="id" type="xs:int" use="required"/><xs:attribute name="name" type="xs:string"/></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="R"/></xs:sequence></xs:complexType><xs:complexType name="R"><xs:attribute name="id" type="xs:int" use="required"/></xs:complexType>"#,
        request: &[
            "R: had other parts, and is only an identifier now (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "R: had other parts, and is only an identifier now (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "a list gets an attribute",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="L"/></xs:sequence></xs:complexType><xs:complexType name="L"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="I" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="L"/></xs:sequence></xs:complexType><xs:complexType name="L"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="I" type="xs:int"/></xs:sequence><xs:attribute name="n" type="xs:int"/></xs:complexType>"#,
        request: &[
            "L: was only a list, and has other parts now (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "L: was only a list, and has other parts now (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "a list gets a required attribute",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="L"/></xs:sequence></xs:complexType><xs:complexType name="L"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="I" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="L"/></xs:sequence></xs:complexType><xs:complexType name="L"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="I" type="xs:int"/></xs:sequence><xs:attribute name="n" type="xs:int" use="required"/></xs:complexType>"#,
        request: &[
            "L: was only a list, and has other parts now (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "L: was only a list, and has other parts now (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "a list gets another list",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="L"/></xs:sequence></xs:complexType><xs:complexType name="L"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="I" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="L"/></xs:sequence></xs:complexType><xs:complexType name="L"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="I" type="xs:int"/><xs:element minOccurs="0" maxOccurs="unbounded" name="J" type="xs:int"/></xs:sequence></xs:complexType>"#,
        request: &[
            "L: was only a list, and has other parts now (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "L: was only a list, and has other parts now (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "a list gets an attribute and other items",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="L"/></xs:sequence></xs:complexType><xs:complexType name="L"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="I" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="L"/></xs:sequence></xs:complexType><xs:complexType name="L"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="I" type="xs:string"/></xs:sequence><xs:attribute name="n" type="xs:int"/></xs:complexType>"#,
        request: &[
            "L: was only a list, and has other parts now (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "L: was only a list, and has other parts now (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "a type is only a list now",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="L"/></xs:sequence></xs:complexType><xs:complexType name="L"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="I" type="xs:int"/></xs:sequence><xs:attribute name="n" type="xs:int"/></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="L"/></xs:sequence></xs:complexType><xs:complexType name="L"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="I" type="xs:int"/></xs:sequence></xs:complexType>"#,
        request: &[
            "L: had other parts, and is only a list now (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "L: had other parts, and is only a list now (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "a name and a value get a third part",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="U"/></xs:sequence></xs:complexType><xs:complexType name="U"><xs:sequence><xs:element minOccurs="0" name="Name" type="xs:string"/><xs:element minOccurs="0" name="Value" type="xs:string"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="U"/></xs:sequence></xs:complexType><xs:complexType name="U"><xs:sequence><xs:element minOccurs="0" name="Name" type="xs:string"/><xs:element minOccurs="0" name="Value" type="xs:string"/><xs:element minOccurs="0" name="Kind" type="xs:int"/></xs:sequence></xs:complexType>"#,
        request: &[
            "U: was only a name and a value, and has other parts now (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "U: was only a name and a value, and has other parts now (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "a third part of a name and a value is gone",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="U"/></xs:sequence></xs:complexType><xs:complexType name="U"><xs:sequence><xs:element minOccurs="0" name="Name" type="xs:string"/><xs:element minOccurs="0" name="Value" type="xs:string"/><xs:element minOccurs="0" name="Kind" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="U"/></xs:sequence></xs:complexType><xs:complexType name="U"><xs:sequence><xs:element minOccurs="0" name="Name" type="xs:string"/><xs:element minOccurs="0" name="Value" type="xs:string"/></xs:sequence></xs:complexType>"#,
        request: &[
            "U: had other parts, and is only a name and a value now (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "U: had other parts, and is only a name and a value now (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "any XML gets parts",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="X"/></xs:sequence></xs:complexType><xs:complexType name="X"><xs:sequence><xs:any minOccurs="0"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="X"/></xs:sequence></xs:complexType><xs:complexType name="X"><xs:sequence><xs:element minOccurs="0" name="P" type="xs:int"/><xs:any minOccurs="0"/></xs:sequence></xs:complexType>"#,
        request: &[
            "X: was only a place for any XML, and has other parts now (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "X: was only a place for any XML, and has other parts now (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "a facet of a simple type",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="N"/></xs:sequence></xs:complexType><xs:simpleType name="N"><xs:restriction base="xs:string"><xs:maxLength value="5"/></xs:restriction></xs:simpleType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="N"/></xs:sequence></xs:complexType><xs:simpleType name="N"><xs:restriction base="xs:string"><xs:maxLength value="6"/></xs:restriction></xs:simpleType>"#,
        request: &[
            "N: the facet maxLength was 5 and is 6 (breaks nothing; Thing::a)",
        ],
        response: &[
            "N: the facet maxLength was 5 and is 6 (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "a facet of another simple type",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="N"/></xs:sequence></xs:complexType><xs:simpleType name="N"><xs:restriction base="xs:string"><xs:maxLength value="5"/></xs:restriction></xs:simpleType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="M"/></xs:sequence></xs:complexType><xs:simpleType name="M"><xs:restriction base="xs:string"><xs:maxLength value="6"/></xs:restriction></xs:simpleType>"#,
        request: &[
            "Thing/A: the facet maxLength was 5 and is 6 (breaks nothing; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet maxLength was 5 and is 6 (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "another name of a simple type",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="N"/></xs:sequence></xs:complexType><xs:simpleType name="N"><xs:restriction base="xs:int"/></xs:simpleType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="N"/></xs:sequence></xs:complexType><xs:simpleType name="N"><xs:restriction base="xs:string"/></xs:simpleType>"#,
        request: &[
            "N: held xs:int and holds xs:string (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "N: held xs:int and holds xs:string (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "the items of a wrapper",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="L"/></xs:sequence></xs:complexType><xs:complexType name="L"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="I" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="L"/></xs:sequence></xs:complexType><xs:complexType name="L"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="I" type="xs:string"/></xs:sequence></xs:complexType>"#,
        request: &[
            "L/I: held xs:int and holds xs:string (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "L/I: held xs:int and holds xs:string (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "the items of a wrapper are of a simple type",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="L"/></xs:sequence></xs:complexType><xs:complexType name="L"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="I" type="N"/></xs:sequence></xs:complexType><xs:simpleType name="N"><xs:restriction base="xs:int"/></xs:simpleType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="L"/></xs:sequence></xs:complexType><xs:complexType name="L"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="I" type="N"/></xs:sequence></xs:complexType><xs:simpleType name="N"><xs:restriction base="xs:string"/></xs:simpleType>"#,
        request: &[
            "N: held xs:int and holds xs:string (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "N: held xs:int and holds xs:string (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "the name of the items of a wrapper",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="L"/></xs:sequence></xs:complexType><xs:complexType name="L"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="I" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="L"/></xs:sequence></xs:complexType><xs:complexType name="L"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="J" type="xs:int"/></xs:sequence></xs:complexType>"#,
        request: &[
            "L/I: the items are called J now (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "L/I: the items are called J now (breaks the wire, not users; Thing::a)",
        ],
    },
    Row {
        what: "another wrapper with items of another name",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="L"/></xs:sequence></xs:complexType><xs:complexType name="L"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="I" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="M"/></xs:sequence></xs:complexType><xs:complexType name="M"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="J" type="xs:int"/></xs:sequence></xs:complexType>"#,
        request: &[
            "Thing/A/I: the items are called J now (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/A/I: the items are called J now (breaks the wire, not users; Thing::a)",
        ],
    },
    Row {
        what: "another wrapper with items of another type",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="L"/></xs:sequence></xs:complexType><xs:complexType name="L"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="I" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="M"/></xs:sequence></xs:complexType><xs:complexType name="M"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="I" type="xs:string"/></xs:sequence></xs:complexType>"#,
        request: &[
            "Thing/A: held xs:int and holds xs:string (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held xs:int and holds xs:string (breaks users and the wire; Thing::a)",
        ],
    },
];

#[test]
fn types_that_were_flattened_are_the_cause() {
    check(ROWS, schemas);
}
