//! Types that contain themselves.

use super::{Row, check, schemas};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row {
        what: "a field of a recursive type",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element minOccurs="0" name="Next" type="Thing"/><xs:element minOccurs="0" name="A" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element minOccurs="0" name="Next" type="Thing"/><xs:element minOccurs="0" name="A" type="xs:long"/></xs:sequence></xs:complexType>"#,
        request: &[
            "Thing/A: held xs:int and holds xs:long (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held xs:int and holds xs:long (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "a recursive field is a list",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element minOccurs="0" name="Next" type="Thing"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element minOccurs="0" maxOccurs="unbounded" name="Next" type="Thing"/></xs:sequence></xs:complexType>"#,
        request: &[
            "Thing/Next: held Thing and holds a list of Thing (breaks users, not the wire; Thing::next)",
        ],
        response: &[
            "Thing/Next: held Thing and holds a list of Thing (breaks users and the wire; Thing::next)",
        ],
    },
];

#[test]
fn types_may_contain_themselves() {
    check(ROWS, schemas);
}
