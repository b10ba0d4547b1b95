//! Choices, and their branches.

use super::{Row, check, type_page};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row {
        what: "fields are a choice",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:choice><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:choice>"#,
        request: &[
            "Thing/choice(): is a choice now, of A, B (breaks users and the wire; Thing::choice)",
        ],
        response: &[
            "Thing/choice(): is a choice now, of A, B (breaks users, not the wire; Thing::choice)",
        ],
    },
    Row {
        what: "required fields are a choice",
        old: r#"<xs:sequence><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:choice><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:choice>"#,
        request: &[
            "Thing/choice(): is a choice now, of A, B (breaks users and the wire; Thing::choice)",
        ],
        response: &[
            "Thing/choice(): is a choice now, of A, B (breaks users and the wire; Thing::choice)",
        ],
    },
    Row {
        what: "one field is in a choice",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:choice><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:choice>"#,
        request: &[
            "Thing/choice(): is a choice now, of A, B (breaks users and the wire; Thing::choice)",
        ],
        response: &[
            "Thing/choice(): is a choice now, of A, B (breaks users, not the wire; Thing::choice)",
        ],
    },
    Row {
        what: "a field is gone while others are a choice",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/><xs:element minOccurs="0" name="D" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:choice><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:choice>"#,
        request: &[
            "Thing/D: the field is gone (breaks users and the wire; Thing::d)",
            "Thing/choice(): is a choice now, of A, B (breaks users and the wire; Thing::choice)",
        ],
        response: &[
            "Thing/D: the field is gone (breaks users, not the wire; Thing::d)",
            "Thing/choice(): is a choice now, of A, B (breaks users, not the wire; Thing::choice)",
        ],
    },
    Row {
        what: "a choice is two fields",
        old: r#"<xs:choice><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:choice>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/choice(): was a choice of A, B, which are separate elements now (breaks users, not the wire; Thing::choice)",
        ],
        response: &[
            "Thing/choice(): was a choice of A, B, which are separate elements now (breaks users and the wire; Thing::choice)",
        ],
    },
    Row {
        what: "a choice is two required fields",
        old: r#"<xs:choice><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:choice>"#,
        new: r#"<xs:sequence><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/choice(): was a choice of A, B, which are separate elements now (breaks users and the wire; Thing::choice)",
        ],
        response: &[
            "Thing/choice(): was a choice of A, B, which are separate elements now (breaks users and the wire; Thing::choice)",
        ],
    },
    Row {
        what: "a choice is one field",
        old: r#"<xs:choice><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:choice>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/A: the field is new: xs:int (breaks nothing; Thing::a)",
            "Thing/choice(): the field is gone (breaks users and the wire; Thing::choice)",
        ],
        response: &[
            "Thing/A: the field is new: xs:int (breaks nothing; Thing::a)",
            "Thing/choice(): the field is gone (breaks users and the wire; Thing::choice)",
        ],
    },
    Row {
        what: "attributes are no branches",
        old: r#"<xs:attribute name="A" type="xs:int"/><xs:attribute name="B" type="xs:int"/>"#,
        new: r#"<xs:choice><xs:element name="C" type="xs:int"/><xs:element name="D" type="xs:int"/></xs:choice><xs:attribute name="A" type="xs:int"/><xs:attribute name="B" type="xs:int"/>"#,
        request: &[
            "Thing/choice(): the field is new, and required: ThingChoice (breaks users and the wire; Thing::choice)",
        ],
        response: &[
            "Thing/choice(): the field is new, and required: ThingChoice (breaks users, not the wire; Thing::choice)",
        ],
    },
    Row {
        what: "a choice that repeats",
        old: r#"<xs:choice><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:choice>"#,
        new: r#"<xs:choice maxOccurs="unbounded"><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:choice>"#,
        request: &[
            "Thing/choice(): held ThingChoice and holds any number of ThingChoice (breaks users, not the wire; Thing::choice)",
        ],
        response: &[
            "Thing/choice(): held ThingChoice and holds any number of ThingChoice (breaks users and the wire; Thing::choice)",
        ],
    },
    Row {
        what: "a choice that occurs once",
        old: r#"<xs:choice maxOccurs="unbounded"><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:choice>"#,
        new: r#"<xs:choice><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:choice>"#,
        request: &[
            "Thing/choice(): held any number of ThingChoice and holds ThingChoice (breaks users and the wire; Thing::choices)",
        ],
        response: &[
            "Thing/choice(): held any number of ThingChoice and holds ThingChoice (breaks users, not the wire; Thing::choices)",
        ],
    },
    Row {
        what: "a branch is new",
        old: r#"<xs:choice><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:choice>"#,
        new: r#"<xs:choice><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/><xs:element name="D" type="xs:int"/></xs:choice>"#,
        request: &[
            "Thing/D: the branch is new: xs:int (breaks nothing; ThingChoice::D)",
        ],
        response: &[
            "Thing/D: the branch is new: xs:int (breaks the wire, not users; ThingChoice::D)",
        ],
    },
    Row {
        what: "a branch is new in an optional choice",
        old: r#"<xs:choice minOccurs="0"><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:choice>"#,
        new: r#"<xs:choice minOccurs="0"><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/><xs:element name="D" type="xs:int"/></xs:choice>"#,
        request: &[
            "Thing/D: the branch is new: xs:int (breaks nothing; ThingChoice::D)",
        ],
        response: &[
            "Thing/D: the branch is new: xs:int (breaks nothing; ThingChoice::D)",
        ],
    },
    Row {
        what: "a branch is gone",
        old: r#"<xs:choice><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/><xs:element name="D" type="xs:int"/></xs:choice>"#,
        new: r#"<xs:choice><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:choice>"#,
        request: &[
            "Thing/D: the branch is gone (breaks users and the wire; ThingChoice::D)",
        ],
        response: &[
            "Thing/D: the branch is gone (breaks users, not the wire; ThingChoice::D)",
        ],
    },
    Row {
        what: "a branch holds another type",
        old: r#"<xs:choice><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/></xs:choice>"#,
        new: r#"<xs:choice><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:string"/></xs:choice>"#,
        request: &[
            "Thing/B: held xs:int and holds xs:string (breaks users, not the wire; ThingChoice::B)",
        ],
        response: &[
            "Thing/B: held xs:int and holds xs:string (breaks users and the wire; ThingChoice::B)",
        ],
    },
];

#[test]
fn choices_are_compared_with_fields() {
    check(ROWS, type_page);
}
