//! Derived types.

use super::{Row, check, schemas};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row {
        what: "a type gets a derived type",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Base"/></xs:sequence></xs:complexType><xs:complexType name="Base"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Base"/></xs:sequence></xs:complexType><xs:complexType name="Base"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType><xs:complexType name="One"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element minOccurs="0" name="Y" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"#,
        request: &[
            "Base: other types extend it now: One (breaks users, not the wire; Base)",
        ],
        response: &[
            "Base: other types extend it now: One (breaks users, not the wire; Base)",
        ],
    },
    Row {
        what: "a type gets two derived types",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Base"/></xs:sequence></xs:complexType><xs:complexType name="Base"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Base"/></xs:sequence></xs:complexType><xs:complexType name="Base"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType><xs:complexType name="One"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element minOccurs="0" name="Y" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType><xs:complexType name="Two"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"#,
        request: &[
            "Base: other types extend it now: One, Two (breaks users, not the wire; Base)",
        ],
        response: &[
            "Base: other types extend it now: One, Two (breaks users, not the wire; Base)",
        ],
    },
    Row {
        what: "a type is abstract now",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Base"/></xs:sequence></xs:complexType><xs:complexType name="Base"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Base"/></xs:sequence></xs:complexType><xs:complexType name="Base" abstract="true"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType><xs:complexType name="One"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element minOccurs="0" name="Y" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"#,
        request: &[
            "Base: it is abstract now, and other types extend it: One (breaks users and the wire; Base)",
        ],
        response: &[
            "Base: it is abstract now, and other types extend it: One (breaks users, not the wire; Base)",
        ],
    },
    Row {
        what: "a type loses its derived types",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Base"/></xs:sequence></xs:complexType><xs:complexType name="Base"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType><xs:complexType name="One"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element minOccurs="0" name="Y" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Base"/></xs:sequence></xs:complexType><xs:complexType name="Base"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType>"#,
        request: &[
            "Base: no other types extend it any more: One (breaks users and the wire; AnyBase)",
        ],
        response: &[
            "Base: no other types extend it any more: One (breaks users, not the wire; AnyBase)",
        ],
    },
    Row {
        what: "an abstract type is no longer abstract",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Base"/></xs:sequence></xs:complexType><xs:complexType name="Base" abstract="true"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType><xs:complexType name="One"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element minOccurs="0" name="Y" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Base"/></xs:sequence></xs:complexType><xs:complexType name="Base"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType>"#,
        request: &[
            "AnyBase: no other types extend it any more: One (breaks users and the wire; AnyBase)",
            "note: the type AnyBase is called Base on the new pages. The name alone is no drift, but the type would be renamed in Rust",
        ],
        response: &[
            "AnyBase: no other types extend it any more: One (breaks users and the wire; AnyBase)",
            "note: the type AnyBase is called Base on the new pages. The name alone is no drift, but the type would be renamed in Rust",
        ],
    },
    Row {
        what: "a derived type is new",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Base"/></xs:sequence></xs:complexType><xs:complexType name="Base" abstract="true"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType><xs:complexType name="One"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element minOccurs="0" name="Y" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Base"/></xs:sequence></xs:complexType><xs:complexType name="Base" abstract="true"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType><xs:complexType name="One"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element minOccurs="0" name="Y" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType><xs:complexType name="Two"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"#,
        request: &[
            "Base: the derived type Two is new (breaks nothing; AnyBase)",
        ],
        response: &[
            "Base: the derived type Two is new (breaks nothing; AnyBase)",
        ],
    },
    Row {
        what: "a derived type is gone",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Base"/></xs:sequence></xs:complexType><xs:complexType name="Base" abstract="true"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType><xs:complexType name="One"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element minOccurs="0" name="Y" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType><xs:complexType name="Two"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Base"/></xs:sequence></xs:complexType><xs:complexType name="Base" abstract="true"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType><xs:complexType name="One"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element minOccurs="0" name="Y" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"#,
        request: &[
            "Base: the derived type Two is gone (breaks users and the wire; AnyBase)",
        ],
        response: &[
            "Base: the derived type Two is gone (breaks users, not the wire; AnyBase)",
        ],
    },
    Row {
        what: "a field of a derived type",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Base"/></xs:sequence></xs:complexType><xs:complexType name="Base" abstract="true"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType><xs:complexType name="One"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element minOccurs="0" name="Y" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType><xs:complexType name="Two"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Base"/></xs:sequence></xs:complexType><xs:complexType name="Base" abstract="true"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType><xs:complexType name="One"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element minOccurs="0" name="Y" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType><xs:complexType name="Two"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element minOccurs="0" name="Z" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"#,
        request: &[
            "Two/Z: held xs:int and holds xs:string (breaks users, not the wire; Two::z)",
        ],
        response: &[
            "Two/Z: held xs:int and holds xs:string (breaks users and the wire; Two::z)",
        ],
    },
    Row {
        what: "a field of the base type",
        old: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Base"/></xs:sequence></xs:complexType><xs:complexType name="Base"><xs:sequence><xs:element name="X" type="xs:int"/></xs:sequence></xs:complexType><xs:complexType name="One"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element minOccurs="0" name="Y" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"#,
        new: r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing"><xs:sequence><xs:element name="A" type="Base"/></xs:sequence></xs:complexType><xs:complexType name="Base"><xs:sequence><xs:element name="X" type="xs:string"/></xs:sequence></xs:complexType><xs:complexType name="One"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element minOccurs="0" name="Y" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"#,
        request: &[
            "Base/X: held xs:int and holds xs:string (breaks users, not the wire; Base::x)",
            "One/X: held xs:int and holds xs:string (breaks users, not the wire; One::x)",
        ],
        response: &[
            "Base/X: held xs:int and holds xs:string (breaks users and the wire; Base::x)",
            "One/X: held xs:int and holds xs:string (breaks users and the wire; One::x)",
        ],
    },
];

#[test]
fn derived_types_have_both_verdicts() {
    check(ROWS, schemas);
}
