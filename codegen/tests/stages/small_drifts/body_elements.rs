//! Elements that a body names itself.

use super::{Row, check, schemas};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row {
        what: "the root of a struct",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Stuff" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/></xs:sequence></xs:complexType>"#,
        request: &[
            "PutThing request: the root element was <Things> and is <Stuff> (breaks users and the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the root element was <Things> and is <Stuff> (breaks the wire, not users; operations::PutThing)",
        ],
    },
    Row {
        what: "the root of a list",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Stuff" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        request: &[
            "PutThing request: the root element was <Things> and is <Stuff> (breaks the wire, not users; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the root element was <Things> and is <Stuff> (breaks the wire, not users; operations::PutThing)",
        ],
    },
    Row {
        what: "the items of a list",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Part" type="xs:int"/></xs:sequence></xs:complexType>"#,
        request: &[
            "PutThing request: the item element was <Item> and is <Part> (breaks users and the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the item element was <Item> and is <Part> (breaks the wire, not users; operations::PutThing)",
        ],
    },
    Row {
        what: "the type of the items",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:long"/></xs:sequence></xs:complexType>"#,
        request: &[
            "PutThing request: held xs:int and holds xs:long (breaks users, not the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: held xs:int and holds xs:long (breaks users and the wire; operations::PutThing)",
        ],
    },
    Row {
        what: "a simple value of another type",
        old: r#"<xs:element name="A" type="xs:int"/>"#,
        new: r#"<xs:element name="A" type="xs:string"/>"#,
        request: &[
            "PutThing request: held xs:int and holds xs:string (breaks users, not the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: held xs:int and holds xs:string (breaks users and the wire; operations::PutThing)",
        ],
    },
    Row {
        what: "a list of other references",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="R"/></xs:sequence></xs:complexType><xs:complexType name="R"><xs:attribute name="id" type="xs:int" use="required"/></xs:complexType>"#,
        new: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="R"/></xs:sequence></xs:complexType><xs:complexType name="R"><xs:attribute name="id" type="xs:string" use="required"/></xs:complexType>"#,
        request: &[
            "R/@id: held xs:int and holds xs:string (breaks users, not the wire; operations::PutThing)",
        ],
        response: &[
            "R/@id: held xs:int and holds xs:string (breaks users and the wire; operations::PutThing)",
        ],
    },
    Row {
        what: "a list of references of another type",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="R"/></xs:sequence></xs:complexType><xs:complexType name="R"><xs:attribute name="id" type="xs:int" use="required"/></xs:complexType>"#,
        new: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="Q"/></xs:sequence></xs:complexType><xs:complexType name="Q"><xs:attribute name="id" type="xs:string" use="required"/></xs:complexType>"#,
        request: &[
            "PutThing request: held xs:int and holds xs:string (breaks users, not the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: held xs:int and holds xs:string (breaks users and the wire; operations::PutThing)",
        ],
    },
];

#[test]
fn elements_that_a_body_names_are_compared() {
    check(ROWS, schemas);
}
