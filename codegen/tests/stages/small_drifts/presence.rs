//! Whether fields may be absent, empty or repeated.

use super::{Row, check, type_page};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row {
        what: "nil",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int" nillable="true"/></xs:sequence>"#,
        request: &[
            "Thing/A: can be nil now (breaks nothing; Thing::a)",
        ],
        response: &[
            "Thing/A: can be nil now (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "not nil",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int" nillable="true"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/A: can no longer be nil (breaks nothing; Thing::a)",
        ],
        response: &[
            "Thing/A: can no longer be nil (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "nil, and so optional",
        old: r#"<xs:sequence><xs:element name="A" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="xs:int" nillable="true"/></xs:sequence>"#,
        request: &[
            "Thing/A: was required and is optional: it can be nil now (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: was required and is optional: it can be nil now (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "not nil, and so required",
        old: r#"<xs:sequence><xs:element name="A" type="xs:int" nillable="true"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/A: was optional and is required: it can no longer be nil (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: was optional and is required: it can no longer be nil (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "a default",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int" default="1"/></xs:sequence>"#,
        request: &[
            "Thing/A: its absence meant nothing and means \"1\" (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/A: its absence meant nothing and means \"1\" (breaks the wire, not users; Thing::a)",
        ],
    },
    Row {
        what: "no default",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int" default="1"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/A: its absence meant \"1\" and means nothing (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/A: its absence meant \"1\" and means nothing (breaks the wire, not users; Thing::a)",
        ],
    },
    Row {
        what: "another default",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int" default="1"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int" default="2"/></xs:sequence>"#,
        request: &[
            "Thing/A: its absence meant \"1\" and means \"2\" (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/A: its absence meant \"1\" and means \"2\" (breaks the wire, not users; Thing::a)",
        ],
    },
    Row {
        what: "a wrapper is required",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="L" type="ArrayOfInt"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="L" type="ArrayOfInt"/></xs:sequence>"#,
        request: &[
            "Thing/L: the wrapper was optional and is required (breaks the wire, not users; Thing::l)",
        ],
        response: &[
            "Thing/L: the wrapper was optional and is required (breaks nothing; Thing::l)",
        ],
    },
    Row {
        what: "a wrapper is optional",
        old: r#"<xs:sequence><xs:element name="L" type="ArrayOfInt"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="L" type="ArrayOfInt"/></xs:sequence>"#,
        request: &[
            "Thing/L: the wrapper was required and is optional (breaks nothing; Thing::l)",
        ],
        response: &[
            "Thing/L: the wrapper was required and is optional (breaks nothing; Thing::l)",
        ],
    },
    Row {
        what: "a list is a required field",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element minOccurs="0" maxOccurs="unbounded" name="A" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element name="A" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/A: held a list of xs:int and holds xs:int (breaks users and the wire; Thing::r#as)",
        ],
        response: &[
            "Thing/A: held a list of xs:int and holds xs:int (breaks users, not the wire; Thing::r#as)",
        ],
    },
    Row {
        what: "a field is a list",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element name="A" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element minOccurs="0" maxOccurs="unbounded" name="A" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/A: held xs:int and holds a list of xs:int (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held xs:int and holds a list of xs:int (breaks users and the wire; Thing::a)",
        ],
    },
];

#[test]
fn presence_has_a_verdict_for_each_direction() {
    check(ROWS, type_page);
}
