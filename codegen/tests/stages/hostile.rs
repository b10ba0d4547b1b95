//! Pages that nobody would write: each ends in a result, or in an error that names the page and the element.

use std::fmt::Write as _;

use spektrix_v2_codegen::load::{Sources, load};
use spektrix_v2_codegen::unify::{PageNames, unify};

use crate::feed;

const ROOT: &str = r#"<xs:element name="Thing" type="T0"/>"#;

fn page(body: &str) -> String {
    format!(r#"<Schemas><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{body}</xs:schema></Schemas>"#)
}

/// A type with one part of each of these types.
fn holding(name: &str, parts: &[&str]) -> String {
    let mut text = format!(r#"<xs:complexType name="{name}"><xs:sequence>"#);
    for (at, part) in parts.iter().enumerate() {
        let _ = write!(text, r#"<xs:element minOccurs="0" name="Part{at}" type="{part}"/>"#);
    }
    text + "</xs:sequence></xs:complexType>"
}

/// What becomes of the page: how many types, or the error.
fn outcome(schemas: Vec<String>) -> String {
    let mut sources = Sources::default();
    let operations = (0..schemas.len()).map(|at| format!("GET GetThing{at} things/{at}\n"));
    sources.insert("help.atom", feed::of(&operations.collect::<String>()));
    for (at, text) in schemas.into_iter().enumerate() {
        sources.insert(format!("GetThing{at}/response.xsd"), text);
    }
    let unified = load(&sources).and_then(|loaded| unify(&loaded, &PageNames::new()));
    match unified {
        Ok(unified) => format!("{} types", unified.model.types.len()),
        Err(error) => error.to_string(),
    }
}

#[test]
fn recursive_imports_are_not_followed() {
    let import = r#"<xs:import namespace="urn:b" schemaLocation="GetThing0/response.xsd"/>
        <xs:include schemaLocation="response.xsd"/>"#;
    assert_eq!(
        outcome(vec![page(&format!("{import}{ROOT}{}", holding("T0", &["T0"])))]),
        "1 types"
    );
}

#[test]
fn types_that_extend_each_other_are_named() {
    let extend = |name: &str, base: &str| {
        format!(
            r#"<xs:complexType name="{name}"><xs:complexContent><xs:extension base="{base}"/></xs:complexContent></xs:complexType>"#
        )
    };
    let cycle = page(&format!("{ROOT}{}{}", extend("T0", "T1"), extend("T1", "T0")));
    let told = outcome(vec![cycle]);
    assert!(told.contains("GetThing0 response") && told.contains("T0"), "{told}");
    let chain: String = (0..200)
        .map(|at| extend(&format!("T{at}"), &format!("T{}", at + 1)))
        .collect();
    let told = outcome(vec![page(&format!("{ROOT}{chain}{}", holding("T200", &[])))]);
    assert!(told.contains("GetThing0 response") && told.contains("T6"), "{told}");
}

#[test]
fn ten_thousand_types_are_read_and_two_such_pages_told_apart() {
    let chain = |last: &str| {
        let types = (0..10_000).map(|at| match at {
            9_999 => holding("T9999", &[last]),
            _ => holding(&format!("T{at}"), &[&format!("T{}", at + 1)]),
        });
        page(&format!("{ROOT}{}", types.collect::<String>()))
    };
    assert_eq!(outcome(vec![chain("xs:int")]), "10000 types");
    assert_eq!(outcome(vec![chain("xs:int"), chain("xs:string")]), "20000 types");
}

#[test]
fn types_in_place_may_be_many() {
    let inside = r#"<xs:complexType><xs:attribute name="a" type="xs:int"/></xs:complexType>"#;
    let parts = (0..2_000).map(|at| format!(r#"<xs:element name="E{at}">{inside}</xs:element>"#));
    let parts: String = parts.collect();
    let text = format!(r#"{ROOT}<xs:complexType name="T0"><xs:sequence>{parts}</xs:sequence></xs:complexType>"#);
    assert_eq!(outcome(vec![page(&text)]), "2001 types");
}

#[test]
fn what_is_too_large_or_too_deep_is_named() {
    let deep = |levels: usize| {
        let open = r#"<xs:complexType><xs:sequence><xs:element name="E">"#.repeat(levels);
        let close = "</xs:element></xs:sequence></xs:complexType>".repeat(levels);
        page(&format!(r#"<xs:element name="Thing">{open}{close}</xs:element>"#))
    };
    let bomb = |text: &str| format!("<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>{text}");
    let long = "N".repeat(1_000_000);
    let rows = [
        (
            page(&format!("{ROOT}{}", holding(&long, &["xs:int"]))),
            "has a name of 1000000 bytes in Schemas/schema",
        ),
        (
            page(&format!("{ROOT}{}", holding("T0", &[&long]))),
            "has a name of 1000000 bytes in Schemas/schema/complexType",
        ),
        (
            page(&format!("{ROOT}<!-- {} -->", "x".repeat(50_000_000))),
            "is larger than 16 MB",
        ),
        (
            deep(5_000),
            "has elements more than 40 deep in each other, below Schemas/schema/element",
        ),
        (
            bomb(&page(&format!("{ROOT}{}", holding("T0", &["xs:int"])))),
            "has a document type declaration",
        ),
    ];
    for (page, expected) in rows {
        let told = outcome(vec![page]);
        assert!(
            told.starts_with("GetThing0 response (GetThing0/response.xsd): ") && told.contains(expected),
            "{told:.300}"
        );
    }
    let told = outcome(vec![deep(100_000)]);
    assert!(
        told.starts_with("GetThing0/response.xsd: ") && told.contains("deeper than"),
        "{told:.300}"
    );
    // As deep as is allowed.
    assert_eq!(outcome(vec![deep(12)]), "12 types");
}

#[test]
fn an_example_that_is_too_deep_is_told() {
    use spektrix_v2_codegen::diff::difference_when_written_again;
    use spektrix_v2_codegen::examples::expect;
    use spektrix_v2_codegen::model::{Body, Model, Value};

    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let body = Body::One {
        root: "a".to_owned(),
        value: Value::Named("A".to_owned()),
    };
    let expected = expect(&Model::default(), &body, &deep);
    assert_eq!(expected.faults.len(), 1, "{expected:?}");
    let told = difference_when_written_again(&deep, "<a/>", &std::collections::BTreeSet::new());
    assert!(told.is_some_and(|told| told.contains("more than 200 deep")));
}
