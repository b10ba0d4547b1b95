//! References, which hold an identifier.

use super::{Row, check, type_page};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row {
        what: "a struct instead of a reference",
        old: r#"<xs:sequence><xs:element name="A" type="Ref"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="Part"/></xs:sequence>"#,
        request: &[
            "Thing/A: held AId (xs:int) and holds Part (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held AId (xs:int) and holds Part (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "a number instead of a reference",
        old: r#"<xs:sequence><xs:element name="A" type="Ref"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="xs:int"/></xs:sequence>"#,
        request: &[
            "Thing/A: held AId (xs:int) and holds xs:int (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held AId (xs:int) and holds xs:int (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "a reference instead of a number",
        old: r#"<xs:sequence><xs:element name="A" type="xs:int"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="Ref"/></xs:sequence>"#,
        request: &[
            "Thing/A: held xs:int and holds AId (xs:int) (breaks users and the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held xs:int and holds AId (xs:int) (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "a reference that may lack its identifier",
        old: r#"<xs:sequence><xs:element name="A" type="Ref"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="OptionalRef"/></xs:sequence>"#,
        request: &[
            "Thing/A/@id: was required and is optional (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "Thing/A/@id: was required and is optional (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "a reference that has its identifier now",
        old: r#"<xs:sequence><xs:element name="A" type="OptionalRef"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A" type="Ref"/></xs:sequence>"#,
        request: &[
            "Thing/A/@id: was optional and is required (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "Thing/A/@id: was optional and is required (breaks users, not the wire; Thing::a)",
        ],
    },
    Row {
        what: "an optional reference",
        old: r#"<xs:sequence><xs:element name="A" type="Ref"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="A" type="Ref"/></xs:sequence>"#,
        request: &[
            "Thing/A: was required and is optional (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: was required and is optional (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "references instead of one",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element name="A" type="Ref"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element minOccurs="0" maxOccurs="unbounded" name="A" type="Ref"/></xs:sequence>"#,
        request: &[
            "Thing/A: held AId (xs:int) and holds a list of AId (xs:int) (breaks users, not the wire; Thing::a)",
        ],
        response: &[
            "Thing/A: held AId (xs:int) and holds a list of AId (xs:int) (breaks users and the wire; Thing::a)",
        ],
    },
    Row {
        what: "one reference instead of several",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element minOccurs="0" maxOccurs="unbounded" name="A" type="Ref"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element name="A" type="Ref"/></xs:sequence>"#,
        request: &[
            "Thing/A: held a list of AId (xs:int) and holds AId (xs:int) (breaks users and the wire; Thing::r#as)",
        ],
        response: &[
            "Thing/A: held a list of AId (xs:int) and holds AId (xs:int) (breaks users, not the wire; Thing::r#as)",
        ],
    },
    Row {
        what: "references that may lack their identifier",
        old: r#"<xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element minOccurs="0" maxOccurs="unbounded" name="A" type="Ref"/></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element minOccurs="0" name="Z" type="xs:int"/><xs:element minOccurs="0" maxOccurs="unbounded" name="A" type="OptionalRef"/></xs:sequence>"#,
        request: &[
            "Thing/A/@id: was required and is optional (breaks nothing; Thing::r#as)",
        ],
        response: &[
            "Thing/A/@id: was required and is optional (breaks the wire, not users; Thing::r#as)",
        ],
    },
];

#[test]
fn references_have_the_verdict_of_their_identifier() {
    check(ROWS, type_page);
}
