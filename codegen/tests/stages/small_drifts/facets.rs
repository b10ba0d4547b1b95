//! Facets of simple types, which the service may check.

use super::{Row, check, type_page};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row {
        what: "a longer maximum",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="5"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="6"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet maxLength was 5 and is 6 (breaks nothing; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet maxLength was 5 and is 6 (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "a shorter maximum",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="6"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="5"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet maxLength was 6 and is 5 (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet maxLength was 6 and is 5 (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "a shorter minimum",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:minLength value="2"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:minLength value="1"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet minLength was 2 and is 1 (breaks nothing; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet minLength was 2 and is 1 (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "a longer minimum",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:minLength value="1"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:minLength value="2"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet minLength was 1 and is 2 (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet minLength was 1 and is 2 (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "a greater least value",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:int"><xs:minInclusive value="1"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:int"><xs:minInclusive value="2"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet minInclusive was 1 and is 2 (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet minInclusive was 1 and is 2 (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "a smaller least value",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:int"><xs:minInclusive value="2"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:int"><xs:minInclusive value="1"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet minInclusive was 2 and is 1 (breaks nothing; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet minInclusive was 2 and is 1 (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "a greater lower bound",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:int"><xs:minExclusive value="1"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:int"><xs:minExclusive value="2"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet minExclusive was 1 and is 2 (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet minExclusive was 1 and is 2 (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "a smaller greatest value",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:int"><xs:maxInclusive value="9"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:int"><xs:maxInclusive value="8"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet maxInclusive was 9 and is 8 (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet maxInclusive was 9 and is 8 (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "a smaller upper bound",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:int"><xs:maxExclusive value="9"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:int"><xs:maxExclusive value="8"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet maxExclusive was 9 and is 8 (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet maxExclusive was 9 and is 8 (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "a greater upper bound",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:int"><xs:maxExclusive value="8"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:int"><xs:maxExclusive value="9"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet maxExclusive was 8 and is 9 (breaks nothing; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet maxExclusive was 8 and is 9 (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "fewer digits",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:decimal"><xs:totalDigits value="5"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:decimal"><xs:totalDigits value="4"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet totalDigits was 5 and is 4 (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet totalDigits was 5 and is 4 (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "more digits",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:decimal"><xs:totalDigits value="4"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:decimal"><xs:totalDigits value="5"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet totalDigits was 4 and is 5 (breaks nothing; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet totalDigits was 4 and is 5 (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "fewer digits after the point",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:decimal"><xs:fractionDigits value="2"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:decimal"><xs:fractionDigits value="1"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet fractionDigits was 2 and is 1 (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet fractionDigits was 2 and is 1 (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "the same bound in other words",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:decimal"><xs:maxInclusive value="9.0"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:decimal"><xs:maxInclusive value="9.00"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet maxInclusive was 9.0 and is 9.00 (breaks nothing; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet maxInclusive was 9.0 and is 9.00 (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "the same least value in other words",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:decimal"><xs:minInclusive value="1.0"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:decimal"><xs:minInclusive value="1.00"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet minInclusive was 1.0 and is 1.00 (breaks nothing; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet minInclusive was 1.0 and is 1.00 (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "another length",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:length value="5"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:length value="6"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet length was 5 and is 6 (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet length was 5 and is 6 (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "another pattern",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="a+"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="b+"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet pattern was a+ and is b+ (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet pattern was a+ and is b+ (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "a new pattern",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="b+"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet pattern was missing and is b+ (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet pattern was missing and is b+ (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "no pattern",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="b+"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet pattern was b+ and is missing (breaks nothing; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet pattern was b+ and is missing (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "a second pattern",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="a"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="a"/><xs:pattern value="b"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet pattern was a and is a or b (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet pattern was a and is a or b (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "whitespace that is kept",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:whiteSpace value="collapse"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:whiteSpace value="preserve"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet whiteSpace was collapse and is preserve (breaks nothing; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet whiteSpace was collapse and is preserve (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "whitespace that is collapsed",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:whiteSpace value="collapse"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet whiteSpace was missing and is collapse (breaks nothing; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet whiteSpace was missing and is collapse (breaks nothing; Thing::a)",
        ],
    },
    Row {
        what: "two facets",
        old: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="9"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        new: r#"<xs:sequence><xs:element name="A"><xs:simpleType><xs:restriction base="xs:string"><xs:minLength value="2"/><xs:maxLength value="8"/></xs:restriction></xs:simpleType></xs:element></xs:sequence>"#,
        request: &[
            "Thing/A: the facet maxLength was 9 and is 8 (breaks the wire, not users; Thing::a)",
            "Thing/A: the facet minLength was 1 and is 2 (breaks the wire, not users; Thing::a)",
        ],
        response: &[
            "Thing/A: the facet maxLength was 9 and is 8 (breaks nothing; Thing::a)",
            "Thing/A: the facet minLength was 1 and is 2 (breaks nothing; Thing::a)",
        ],
    },
];

#[test]
fn facets_have_a_verdict_for_requests() {
    check(ROWS, type_page);
}
