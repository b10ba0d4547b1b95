//! Bodies of another kind.

use super::{Row, check, schemas};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row {
        what: "a list gets an attribute",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence><xs:attribute name="n" type="xs:int"/></xs:complexType>"#,
        request: &[
            "PutThing request: the body was <Things>, a list of xs:int in <Item> and is <Things>, List (breaks users, not the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the body was <Things>, a list of xs:int in <Item> and is <Things>, List (breaks users, not the wire; operations::PutThing)",
        ],
    },
    Row {
        what: "a list gets a required attribute",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence><xs:attribute name="n" type="xs:int" use="required"/></xs:complexType>"#,
        request: &[
            "PutThing request: the body was <Things>, a list of xs:int in <Item> and is <Things>, List (breaks users and the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the body was <Things>, a list of xs:int in <Item> and is <Things>, List (breaks users, not the wire; operations::PutThing)",
        ],
    },
    Row {
        what: "a list gets an attribute, and other items",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:string"/></xs:sequence><xs:attribute name="n" type="xs:int"/></xs:complexType>"#,
        request: &[
            "PutThing request: the body was <Things>, a list of xs:int in <Item> and is <Things>, List (breaks users, not the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the body was <Things>, a list of xs:int in <Item> and is <Things>, List (breaks users and the wire; operations::PutThing)",
        ],
    },
    Row {
        what: "a list gets an attribute, and another root",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Stuff" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence><xs:attribute name="n" type="xs:int"/></xs:complexType>"#,
        request: &[
            "PutThing request: the body was <Things>, a list of xs:int in <Item> and is <Stuff>, List (breaks users and the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the body was <Things>, a list of xs:int in <Item> and is <Stuff>, List (breaks users and the wire; operations::PutThing)",
        ],
    },
    Row {
        what: "a list gets an attribute, and items of another name",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Part" type="xs:int"/></xs:sequence><xs:attribute name="n" type="xs:int"/></xs:complexType>"#,
        request: &[
            "PutThing request: the body was <Things>, a list of xs:int in <Item> and is <Things>, List (breaks users and the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the body was <Things>, a list of xs:int in <Item> and is <Things>, List (breaks users and the wire; operations::PutThing)",
        ],
    },
    Row {
        what: "a list is one value",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        request: &[
            "PutThing request: the body was <Things>, a list of xs:int in <Item> and is <Things>, List (breaks users and the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the body was <Things>, a list of xs:int in <Item> and is <Things>, List (breaks users and the wire; operations::PutThing)",
        ],
    },
    Row {
        what: "a struct is only a list now",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence><xs:attribute name="n" type="xs:int"/></xs:complexType>"#,
        new: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        request: &[
            "PutThing request: the body was <Things>, List and is <Things>, a list of xs:int in <Item> (breaks users and the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the body was <Things>, List and is <Things>, a list of xs:int in <Item> (breaks users, not the wire; operations::PutThing)",
        ],
    },
    Row {
        what: "a struct with a required attribute is only a list now",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence><xs:attribute name="n" type="xs:int" use="required"/></xs:complexType>"#,
        new: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        request: &[
            "PutThing request: the body was <Things>, List and is <Things>, a list of xs:int in <Item> (breaks users and the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the body was <Things>, List and is <Things>, a list of xs:int in <Item> (breaks users and the wire; operations::PutThing)",
        ],
    },
    Row {
        what: "a struct is a list of other items",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence><xs:attribute name="n" type="xs:int"/></xs:complexType>"#,
        new: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:string"/></xs:sequence></xs:complexType>"#,
        request: &[
            "PutThing request: the body was <Things>, List and is <Things>, a list of xs:string in <Item> (breaks users and the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the body was <Things>, List and is <Things>, a list of xs:string in <Item> (breaks users and the wire; operations::PutThing)",
        ],
    },
    Row {
        what: "a struct is a list with another root",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence><xs:attribute name="n" type="xs:int"/></xs:complexType>"#,
        new: r#"<xs:element name="Stuff" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        request: &[
            "PutThing request: the body was <Things>, List and is <Stuff>, a list of xs:int in <Item> (breaks users and the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the body was <Things>, List and is <Stuff>, a list of xs:int in <Item> (breaks users and the wire; operations::PutThing)",
        ],
    },
    Row {
        what: "a struct without that list is a list",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        request: &[
            "PutThing request: the body was <Things>, List and is <Things>, a list of xs:int in <Item> (breaks users and the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the body was <Things>, List and is <Things>, a list of xs:int in <Item> (breaks users and the wire; operations::PutThing)",
        ],
    },
    Row {
        what: "a simple value is a list",
        old: r#"<xs:element name="Things" type="xs:int"/>"#,
        new: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        request: &[
            "PutThing request: the body was <Things>, xs:int and is <Things>, a list of xs:int in <Item> (breaks users and the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the body was <Things>, xs:int and is <Things>, a list of xs:int in <Item> (breaks users and the wire; operations::PutThing)",
        ],
    },
    Row {
        what: "a struct is anything",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Things"/>"#,
        request: &[
            "PutThing request: the body was <Things>, List and is bytes (the root element may hold anything) (breaks users and the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the body was <Things>, List and is bytes (the root element may hold anything) (breaks users and the wire; operations::PutThing)",
        ],
    },
    Row {
        what: "anything is a struct",
        old: r#"<xs:element name="Things"/>"#,
        new: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        request: &[
            "PutThing request: the body was bytes (the root element may hold anything) and is <Things>, List (breaks users and the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the body was bytes (the root element may hold anything) and is <Things>, List (breaks users, not the wire; operations::PutThing)",
        ],
    },
    Row {
        what: "a list is anything",
        old: r#"<xs:element name="Things" type="List"/><xs:complexType name="List"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Item" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Things"/>"#,
        request: &[
            "PutThing request: the body was <Things>, a list of xs:int in <Item> and is bytes (the root element may hold anything) (breaks users and the wire; operations::PutThing)",
        ],
        response: &[
            "PutThing response: the body was <Things>, a list of xs:int in <Item> and is bytes (the root element may hold anything) (breaks users and the wire; operations::PutThing)",
        ],
    },
];

#[test]
fn bodies_of_another_kind_have_both_verdicts() {
    check(ROWS, schemas);
}
