//! What fields hold.

use super::{Row, check, type_page};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row {
        what: "an enumeration instead of a string",
        old: r#"<xs:sequence><xs:element name="A" type="xs:string"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="Colour"/></xs:sequence>"#,
        request: &[
            "Thing/A: held xs:string and holds Colour (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held xs:string and holds Colour (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "a string instead of an enumeration",
        old: r#"<xs:sequence><xs:element name="A" type="Colour"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="xs:string"/></xs:sequence>"#,
        request: &[
            "Thing/A: held Colour and holds xs:string (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held Colour and holds xs:string (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "a number instead of an enumeration",
        old: r#"<xs:sequence><xs:element name="A" type="Colour"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/A: held Colour and holds xs:int (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held Colour and holds xs:int (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "tokens instead of one value",
        old: r#"<xs:sequence><xs:element name="A" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: held xs:int and holds whitespace-separated values of xs:int (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held xs:int and holds whitespace-separated values of xs:int (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "tokens instead of a string",
        old: r#"<xs:sequence><xs:element name="A" type="xs:string"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:list itemType="xs:string"/></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: held xs:string and holds whitespace-separated values of xs:string (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held xs:string and holds whitespace-separated values of xs:string (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "a string instead of tokens",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:list itemType="xs:string"/></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="xs:string"/></xs:sequence>"#,
        request: &[
            "Thing/A: held whitespace-separated values of xs:string and holds xs:string (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held whitespace-separated values of xs:string and holds xs:string (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "tokens of another type",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:list itemType="xs:long"/></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: held xs:int and holds xs:long (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held xs:int and holds xs:long (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "tokens of a narrower type",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:list itemType="xs:string"/></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: held xs:string and holds xs:int (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held xs:string and holds xs:int (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "the same tokens",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[],
        response: &[],
    },
    Row {
        what: "any XML instead of a struct",
        old: r#"<xs:sequence><xs:element name="A" type="Part"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="xs:anyType"/></xs:sequence>"#,
        request: &[
            "Thing/A: held Part and holds any XML (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held Part and holds any XML (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "a struct instead of any XML",
        old: r#"<xs:sequence><xs:element name="A" type="xs:anyType"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="Part"/></xs:sequence>"#,
        request: &[
            "Thing/A: held any XML and holds Part (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held any XML and holds Part (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "a string instead of any XML",
        old: r#"<xs:sequence><xs:element name="A" type="xs:anyType"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="xs:string"/></xs:sequence>"#,
        request: &[
            "Thing/A: held any XML and holds xs:string (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held any XML and holds xs:string (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "any XML instead of a number",
        old: r#"<xs:sequence><xs:element name="A" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="xs:anyType"/></xs:sequence>"#,
        request: &[
            "Thing/A: held xs:int and holds any XML (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held xs:int and holds any XML (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "a struct instead of a string",
        old: r#"<xs:sequence><xs:element name="A" type="xs:string"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="Part"/></xs:sequence>"#,
        request: &[
            "Thing/A: held xs:string and holds Part (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held xs:string and holds Part (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "an enumeration instead of a struct",
        old: r#"<xs:sequence><xs:element name="A" type="Part"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="Colour"/></xs:sequence>"#,
        request: &[
            "Thing/A: held Part and holds Colour (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held Part and holds Colour (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "a list of another type",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element minOccurs="0" maxOccurs="unbounded" name="A" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element minOccurs="0" maxOccurs="unbounded" name="A" type="xs:long"/></xs:sequence>"#,
        request: &[
            "Thing/A: held xs:int and holds xs:long (breaks users, not the wire; Thing::r#as)",
        ],
        response: &[
            "Thing/A: held xs:int and holds xs:long (breaks users and the wire; Thing::r#as)",
        ],
    },
    Row {
        what: "items of another type in the same wrapper",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="L" type="ArrayOfInt"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="L" type="ArrayOfLong"/></xs:sequence>"#,
        request: &[
            "Thing/L: held xs:int and holds xs:long (breaks users, not the wire; Thing::l)",
            "Thing/L/int: the items are called long now (breaks the wire, not users; Thing::l)",
        ],
        response: &[
            "Thing/L: held xs:int and holds xs:long (breaks users and the wire; Thing::l)",
            "Thing/L/int: the items are called long now (breaks the wire, not users; Thing::l)",
        ],
    },
    Row {
        what: "a wrapper instead of a list",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element minOccurs="0" maxOccurs="unbounded" name="L" type="Part"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element minOccurs="0" name="L" type="ArrayOfPart"/></xs:sequence>"#,
        request: &[
            "Thing/L: held a list of Part and holds a list of Part in <Part> (breaks users and the wire; Thing::ls)",
        ],
        response: &[
            "Thing/L: held a list of Part and holds a list of Part in <Part> (breaks users and the wire; Thing::ls)",
        ],
    },
    Row {
        what: "a list instead of a wrapper",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element minOccurs="0" name="L" type="ArrayOfPart"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element minOccurs="0" maxOccurs="unbounded" name="L" type="Part"/></xs:sequence>"#,
        request: &[
            "Thing/L: held a list of Part in <Part> and holds a list of Part (breaks users and the wire; Thing::l)",
        ],
        response: &[
            "Thing/L: held a list of Part in <Part> and holds a list of Part (breaks users and the wire; Thing::l)",
        ],
    },
    Row {
        what: "an attribute of another type",
        old: r#"<xs:attribute name="a" type="xs:int"/>"#,
        new: r#"<xs:attribute name="a" type="xs:string"/>"#,
        request: &[
            "Thing/@a: held xs:int and holds xs:string (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "Thing/@a: held xs:int and holds xs:string (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "an attribute of a narrower type",
        old: r#"<xs:attribute name="a" type="xs:string"/>"#,
        new: r#"<xs:attribute name="a" type="xs:int"/>"#,
        request: &[
            "Thing/@a: held xs:string and holds xs:int (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "Thing/@a: held xs:string and holds xs:int (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "an identifier that is no identifier any more",
        old: r#"<xs:attribute name="id" type="xs:int"/>"#,
        new: r#"<xs:attribute name="id" type="xs:double"/>"#,
        request: &[
            "Thing/@id: held ThingId (xs:int) and holds xs:double (breaks users, not the wire; Thing::id)",
        ],
        response: &[
            "Thing/@id: held ThingId (xs:int) and holds xs:double (breaks users and the wire; Thing::id)",
        ],
    },
    Row {
        what: "text of another type",
        old: r#"<xs:simpleContent><xs:extension base="xs:int"><xs:attribute name="a" type="xs:int"/></xs:extension></xs:simpleContent>"#,
        new: r#"<xs:simpleContent><xs:extension base="xs:long"><xs:attribute name="a" type="xs:int"/></xs:extension></xs:simpleContent>"#,
        request: &[
            "Thing/text(): held xs:int and holds xs:long (breaks users, not the wire; Thing::value)",
        ],
        response: &[
            "Thing/text(): held xs:int and holds xs:long (breaks users and the wire; Thing::value)",
        ],
    },
    Row {
        what: "a date instead of a time",
        old: r#"<xs:sequence><xs:element name="A" type="xs:dateTime"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="xs:date"/></xs:sequence>"#,
        request: &[
            "Thing/A: held xs:dateTime and holds xs:date (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held xs:dateTime and holds xs:date (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "a GUID instead of bytes",
        old: r#"<xs:sequence><xs:element name="A" type="xs:base64Binary"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="xs:string"/></xs:sequence>"#,
        request: &[
            "Thing/A: held xs:base64Binary and holds xs:string (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held xs:base64Binary and holds xs:string (breaks users and the wire; Thing::a)",
        ],
    },
];

#[test]
fn values_of_another_type_have_both_verdicts() {
    check(ROWS, type_page);
}
