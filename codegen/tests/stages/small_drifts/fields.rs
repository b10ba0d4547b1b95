//! Fields that are gone, new, renamed, moved or in another order.

use super::{Row, check, type_page};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row {
        what: "two fields change places",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="B" type="xs:int"/><xs:element minOccurs="0" name="A" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing: the order of the elements differs, from A on, where B is now (breaks the wire, not users; Thing)",
        ],
        response: &[
            "Thing: the order of the elements differs, from A on, where B is now (breaks nothing; Thing)",
        ],
    },
    Row {
        what: "two attributes change places",
        old: r#"<xs:attribute name="a" type="xs:int"/><xs:attribute name="b" type="xs:int"/>"#,
        new: r#"<xs:attribute name="b" type="xs:int"/><xs:attribute name="a" type="xs:int"/>"#,
        request: &[],
        response: &[],
    },
    Row {
        what: "a rename between neighbors",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/><xs:element minOccurs="0" name="C" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="X" type="xs:int"/><xs:element minOccurs="0" name="C" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/B: renamed to X (a guess: it has the same position and the same type) (breaks users and the wire; Thing::b)",
        ],
        response: &[
            "Thing/B: renamed to X (a guess: it has the same position and the same type) (breaks users and the wire; Thing::b)",
        ],
    },
    Row {
        what: "a rename after the same neighbor",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/><xs:element minOccurs="0" name="C" type="xs:string"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="X" type="xs:int"/><xs:element minOccurs="0" name="D" type="xs:boolean"/></xs:sequence>"#,
        request: &[
            "Thing/B: renamed to X (a guess: it has the same position and the same type) (breaks users and the wire; Thing::b)",
            "Thing/C: the field is gone (breaks users and the wire; Thing::c)",
            "Thing/D: the field is new: xs:boolean (breaks nothing; Thing::d)",
        ],
        response: &[
            "Thing/B: renamed to X (a guess: it has the same position and the same type) (breaks users and the wire; Thing::b)",
            "Thing/C: the field is gone (breaks users, not the wire; Thing::c)",
            "Thing/D: the field is new: xs:boolean (breaks nothing; Thing::d)",
        ],
    },
    Row {
        what: "a rename before the same neighbor",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="D" type="xs:string"/><xs:element minOccurs="0" name="B" type="xs:int"/><xs:element minOccurs="0" name="C" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="E" type="xs:boolean"/><xs:element minOccurs="0" name="X" type="xs:int"/><xs:element minOccurs="0" name="C" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/B: renamed to X (a guess: it has the same position and the same type) (breaks users and the wire; Thing::b)",
            "Thing/D: the field is gone (breaks users and the wire; Thing::d)",
            "Thing/E: the field is new: xs:boolean (breaks nothing; Thing::e)",
        ],
        response: &[
            "Thing/B: renamed to X (a guess: it has the same position and the same type) (breaks users and the wire; Thing::b)",
            "Thing/D: the field is gone (breaks users, not the wire; Thing::d)",
            "Thing/E: the field is new: xs:boolean (breaks nothing; Thing::e)",
        ],
    },
    Row {
        what: "another position is no rename",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="B" type="xs:int"/><xs:element minOccurs="0" name="C" type="xs:string"/><xs:element minOccurs="0" name="D" type="xs:string"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="C" type="xs:string"/><xs:element minOccurs="0" name="D" type="xs:string"/><xs:element minOccurs="0" name="X" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/B: the field is gone (breaks users and the wire; Thing::b)",
            "Thing/X: the field is new: xs:int (breaks nothing; Thing::x)",
        ],
        response: &[
            "Thing/B: the field is gone (breaks users, not the wire; Thing::b)",
            "Thing/X: the field is new: xs:int (breaks nothing; Thing::x)",
        ],
    },
    Row {
        what: "another type is no rename",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="X" type="xs:string"/></xs:sequence>"#,
        request: &[
            "Thing/B: the field is gone (breaks users and the wire; Thing::b)",
            "Thing/X: the field is new: xs:string (breaks nothing; Thing::x)",
        ],
        response: &[
            "Thing/B: the field is gone (breaks users, not the wire; Thing::b)",
            "Thing/X: the field is new: xs:string (breaks nothing; Thing::x)",
        ],
    },
    Row {
        what: "another presence is no rename",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element name="X" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/B: the field is gone (breaks users and the wire; Thing::b)",
            "Thing/X: the field is new, and required: xs:int (breaks users and the wire; Thing::x)",
        ],
        response: &[
            "Thing/B: the field is gone (breaks users, not the wire; Thing::b)",
            "Thing/X: the field is new, and required: xs:int (breaks users, not the wire; Thing::x)",
        ],
    },
    Row {
        what: "a list is no rename",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" maxOccurs="unbounded" name="X" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/B: the field is gone (breaks users and the wire; Thing::b)",
            "Thing/X: the field is new: a list of xs:int (breaks nothing; Thing::xs)",
        ],
        response: &[
            "Thing/B: the field is gone (breaks users, not the wire; Thing::b)",
            "Thing/X: the field is new: a list of xs:int (breaks nothing; Thing::xs)",
        ],
    },
    Row {
        what: "an attribute is no rename of an element",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/></xs:sequence><xs:attribute name="x" type="xs:int"/>"#,
        request: &[
            "Thing/@x: the field is new: xs:int (breaks nothing; Thing::x)",
            "Thing/B: the field is gone (breaks users and the wire; Thing::b)",
        ],
        response: &[
            "Thing/@x: the field is new: xs:int (breaks nothing; Thing::x)",
            "Thing/B: the field is gone (breaks users, not the wire; Thing::b)",
        ],
    },
    Row {
        what: "two candidates are no rename",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="X" type="xs:int"/><xs:element minOccurs="0" name="Y" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/B: the field is gone (breaks users and the wire; Thing::b)",
            "Thing/X: the field is new: xs:int (breaks nothing; Thing::x)",
            "Thing/Y: the field is new: xs:int (breaks nothing; Thing::y)",
        ],
        response: &[
            "Thing/B: the field is gone (breaks users, not the wire; Thing::b)",
            "Thing/X: the field is new: xs:int (breaks nothing; Thing::x)",
            "Thing/Y: the field is new: xs:int (breaks nothing; Thing::y)",
        ],
    },
    Row {
        what: "two lost fields and one candidate",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="B" type="xs:int"/><xs:element minOccurs="0" name="M" type="xs:int"/><xs:element minOccurs="0" name="C" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="M" type="xs:int"/><xs:element minOccurs="0" name="X" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/B: the field is gone (breaks users and the wire; Thing::b)",
            "Thing/C: renamed to X (a guess: it has the same position and the same type) (breaks users and the wire; Thing::c)",
        ],
        response: &[
            "Thing/B: the field is gone (breaks users, not the wire; Thing::b)",
            "Thing/C: renamed to X (a guess: it has the same position and the same type) (breaks users and the wire; Thing::c)",
        ],
    },
    Row {
        what: "a reference is renamed",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="Ref"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="X" type="Ref"/></xs:sequence>"#,
        request: &[
            "Thing/B: renamed to X (a guess: it has the same position and the same type) (breaks users and the wire; Thing::b)",
        ],
        response: &[
            "Thing/B: renamed to X (a guess: it has the same position and the same type) (breaks users and the wire; Thing::b)",
        ],
    },
    Row {
        what: "another type of reference is no rename",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="Ref"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="X" type="OtherRef"/></xs:sequence>"#,
        request: &[
            "Thing/B: the field is gone (breaks users and the wire; Thing::b)",
            "Thing/X: the field is new: XId (xs:int) (breaks nothing; Thing::x)",
        ],
        response: &[
            "Thing/B: the field is gone (breaks users, not the wire; Thing::b)",
            "Thing/X: the field is new: XId (xs:int) (breaks nothing; Thing::x)",
        ],
    },
    Row {
        what: "another reference is no rename",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="Ref"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="xs:int"/><xs:element minOccurs="0" name="X" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/B: the field is gone (breaks users and the wire; Thing::b)",
            "Thing/X: the field is new: xs:int (breaks nothing; Thing::x)",
        ],
        response: &[
            "Thing/B: the field is gone (breaks users, not the wire; Thing::b)",
            "Thing/X: the field is new: xs:int (breaks nothing; Thing::x)",
        ],
    },
    Row {
        what: "an attribute is an element now",
        old: r#"<xs:attribute name="a" type="xs:int"/>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="a" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/@a: was an attribute and is an element (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/@a: was an attribute and is an element (breaks the wire, not users; Thing::a)",
        ],
    },
    Row {
        what: "an element is an attribute now",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="a" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:attribute name="a" type="xs:int"/>"#,
        request: &[
            "Thing/a: was an element and is an attribute (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/a: was an element and is an attribute (breaks the wire, not users; Thing::a)",
        ],
    },
    Row {
        what: "an attribute is a required element",
        old: r#"<xs:attribute name="a" type="xs:int"/>"#,
        new: r#"<xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/@a: was an attribute and is an element (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "Thing/@a: was an attribute and is an element (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "an attribute is an element of another type",
        old: r#"<xs:attribute name="a" type="xs:int"/>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="a" type="xs:string"/></xs:sequence>"#,
        request: &[
            "Thing/@a: was an attribute and is an element (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "Thing/@a: was an attribute and is an element (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "an attribute is a list of elements",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/></xs:sequence><xs:attribute name="a" type="xs:int"/>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element minOccurs="0" maxOccurs="unbounded" name="a" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/@a: was an attribute and is an element (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "Thing/@a: was an attribute and is an element (breaks users and the wire; Thing::a)",
        ],
    },
];

#[test]
fn fields_are_matched_by_name_and_position() {
    check(ROWS, type_page);
}
