//! Enumerations.

use super::{Row, check, schemas};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row {
        what: "a new value",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Kind"/></xs:sequence></xs:complexType><xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="a"/><xs:enumeration value="b"/></xs:restriction></xs:simpleType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Kind"/></xs:sequence></xs:complexType><xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="a"/><xs:enumeration value="b"/><xs:enumeration value="c"/></xs:restriction></xs:simpleType>"#,
        request: &[
            "Kind: the value \"c\" is new (breaks nothing; Kind::C)",
        ],
        response: &[
            "Kind: the value \"c\" is new (breaks nothing; Kind::C)",
        ],
    },
    Row {
        what: "a value is gone",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Kind"/></xs:sequence></xs:complexType><xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="a"/><xs:enumeration value="b"/><xs:enumeration value="c"/></xs:restriction></xs:simpleType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Kind"/></xs:sequence></xs:complexType><xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="a"/><xs:enumeration value="b"/></xs:restriction></xs:simpleType>"#,
        request: &[
            "Kind: the value \"c\" is gone (breaks users and the wire; Kind::C)",
        ],
        response: &[
            "Kind: the value \"c\" is gone (breaks users, not the wire; Kind::C)",
        ],
    },
    Row {
        what: "a renamed value",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Kind"/></xs:sequence></xs:complexType><xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="a"/><xs:enumeration value="b"/></xs:restriction></xs:simpleType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Kind"/></xs:sequence></xs:complexType><xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="a"/><xs:enumeration value="c"/></xs:restriction></xs:simpleType>"#,
        request: &[
            "Kind: the value \"b\" is called \"c\" now (a guess: it has the same position) (breaks users and the wire; Kind::B)",
        ],
        response: &[
            "Kind: the value \"b\" is called \"c\" now (a guess: it has the same position) (breaks users, not the wire; Kind::B)",
        ],
    },
    Row {
        what: "two renamed values",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Kind"/></xs:sequence></xs:complexType><xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="a"/><xs:enumeration value="b"/><xs:enumeration value="c"/></xs:restriction></xs:simpleType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Kind"/></xs:sequence></xs:complexType><xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="a"/><xs:enumeration value="d"/><xs:enumeration value="e"/></xs:restriction></xs:simpleType>"#,
        request: &[
            "Kind: the value \"b\" is gone (breaks users and the wire; Kind::B)",
            "Kind: the value \"c\" is gone (breaks users and the wire; Kind::C)",
            "Kind: the value \"d\" is new (breaks nothing; Kind::D)",
            "Kind: the value \"e\" is new (breaks nothing; Kind::E)",
        ],
        response: &[
            "Kind: the value \"b\" is gone (breaks users, not the wire; Kind::B)",
            "Kind: the value \"c\" is gone (breaks users, not the wire; Kind::C)",
            "Kind: the value \"d\" is new (breaks nothing; Kind::D)",
            "Kind: the value \"e\" is new (breaks nothing; Kind::E)",
        ],
    },
    Row {
        what: "a value at another position is no rename",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Kind"/></xs:sequence></xs:complexType><xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="a"/><xs:enumeration value="b"/></xs:restriction></xs:simpleType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Kind"/></xs:sequence></xs:complexType><xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="c"/><xs:enumeration value="a"/></xs:restriction></xs:simpleType>"#,
        request: &[
            "Kind: the value \"b\" is gone (breaks users and the wire; Kind::B)",
            "Kind: the value \"c\" is new (breaks nothing; Kind::C)",
        ],
        response: &[
            "Kind: the value \"b\" is gone (breaks users, not the wire; Kind::B)",
            "Kind: the value \"c\" is new (breaks nothing; Kind::C)",
        ],
    },
    Row {
        what: "one more value is no rename",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Kind"/></xs:sequence></xs:complexType><xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="a"/><xs:enumeration value="b"/></xs:restriction></xs:simpleType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Kind"/></xs:sequence></xs:complexType><xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="a"/><xs:enumeration value="c"/><xs:enumeration value="d"/></xs:restriction></xs:simpleType>"#,
        request: &[
            "Kind: the value \"b\" is gone (breaks users and the wire; Kind::B)",
            "Kind: the value \"c\" is new (breaks nothing; Kind::C)",
            "Kind: the value \"d\" is new (breaks nothing; Kind::D)",
        ],
        response: &[
            "Kind: the value \"b\" is gone (breaks users, not the wire; Kind::B)",
            "Kind: the value \"c\" is new (breaks nothing; Kind::C)",
            "Kind: the value \"d\" is new (breaks nothing; Kind::D)",
        ],
    },
    Row {
        what: "another order",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Kind"/></xs:sequence></xs:complexType><xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="a"/><xs:enumeration value="b"/></xs:restriction></xs:simpleType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Kind"/></xs:sequence></xs:complexType><xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="b"/><xs:enumeration value="a"/></xs:restriction></xs:simpleType>"#,
        request: &[],
        response: &[],
    },
];

#[test]
fn values_of_enumerations_are_matched() {
    check(ROWS, schemas);
}
