//! Tests with hostile pages: each gives a result, or an error that names the page and the element.

use std::fmt::Write as _;

use spektrix_v2_codegen::load::{Sources, load};
use spektrix_v2_codegen::lower::{check_limits, lower_all};
use spektrix_v2_codegen::model::PageTypeNames;
use spektrix_v2_codegen::unify::unify;

use crate::feed_builder::feed;

const ROOT: &str = r#"<xs:element name="Thing" type="T0"/>"#;

fn page(body: &str) -> String {
    format!(r#"<Schemas><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{body}</xs:schema></Schemas>"#)
}

/// Returns a type with an element of each of these types.
fn holding(name: &str, parts: &[&str]) -> String {
    let mut text = format!(r#"<xs:complexType name="{name}"><xs:sequence>"#);
    for (at, part) in parts.iter().enumerate() {
        let _ = write!(text, r#"<xs:element minOccurs="0" name="Part{at}" type="{part}"/>"#);
    }
    text + "</xs:sequence></xs:complexType>"
}

/// Returns the number of types, or the error.
fn outcome(schemas: Vec<String>) -> String {
    let mut sources = Sources::default();
    let operations = (0..schemas.len()).map(|at| format!("GET GetThing{at} things/{at}\n"));
    sources.insert("help.atom", feed(&operations.collect::<String>()));
    for (at, text) in schemas.into_iter().enumerate() {
        sources.insert(format!("GetThing{at}/response.xsd"), text);
    }
    let unified = load(&sources).and_then(|loaded| {
        let pages = lower_all(&loaded)?;
        unify(&loaded, pages, &PageTypeNames::new())
    });
    match unified {
        Ok(unified) => format!("{} types", unified.model.types.len()),
        Err(error) => error.to_string(),
    }
}

#[test]
fn imports_are_not_followed() {
    let import = r#"<xs:import namespace="urn:b" schemaLocation="GetThing0/response.xsd"/>
        <xs:include schemaLocation="response.xsd"/>"#;
    assert_eq!(
        outcome(vec![page(&format!("{import}{ROOT}{}", holding("T0", &["T0"])))]),
        "1 types"
    );
}

#[test]
fn types_that_extend_each_other_are_an_error() {
    let extend = |name: &str, base: &str| {
        format!(
            r#"<xs:complexType name="{name}"><xs:complexContent><xs:extension base="{base}"/></xs:complexContent></xs:complexType>"#
        )
    };
    let cycle = page(&format!("{ROOT}{}{}", extend("T0", "T1"), extend("T1", "T0")));
    let found = outcome(vec![cycle]);
    assert!(found.contains("GetThing0 response") && found.contains("T0"), "{found}");
    let chain: String = (0..200)
        .map(|at| extend(&format!("T{at}"), &format!("T{}", at + 1)))
        .collect();
    let found = outcome(vec![page(&format!("{ROOT}{chain}{}", holding("T200", &[])))]);
    assert!(found.contains("GetThing0 response") && found.contains("T6"), "{found}");
}

#[test]
fn pages_with_ten_thousand_types_are_unified() {
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
fn thousands_of_anonymous_types_are_read() {
    let inside = r#"<xs:complexType><xs:attribute name="a" type="xs:int"/></xs:complexType>"#;
    let parts = (0..2_000).map(|at| format!(r#"<xs:element name="E{at}">{inside}</xs:element>"#));
    let parts: String = parts.collect();
    let text = format!(r#"{ROOT}<xs:complexType name="T0"><xs:sequence>{parts}</xs:sequence></xs:complexType>"#);
    assert_eq!(outcome(vec![page(&text)]), "2001 types");
}

#[test]
fn large_and_deep_pages_are_an_error_with_the_limit() {
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
            "the page has a name of 1000000 bytes, more than the limit of 1024, in Schemas/schema",
        ),
        (
            page(&format!("{ROOT}{}", holding("T0", &[&long]))),
            "the page has a name of 1000000 bytes, more than the limit of 1024, in Schemas/schema/complexType",
        ),
        (
            page(&format!("{ROOT}<!-- {} -->", "x".repeat(50_000_000))),
            "the page is larger than the limit of 4 MB",
        ),
        (
            deep(5_000),
            "the page has more than 40 levels of elements, in Schemas/schema/element",
        ),
        (
            bomb(&page(&format!("{ROOT}{}", holding("T0", &["xs:int"])))),
            "the page has a document type declaration",
        ),
    ];
    for (page, expected) in rows {
        let fetched =
            check_limits("GetThing0 response", &page).map_or_else(|error| error.to_string(), |()| String::new());
        assert!(fetched.contains(expected), "{fetched:.300}");
        let found = outcome(vec![page]);
        assert!(
            found.starts_with("GetThing0 response (GetThing0/response.xsd): ") && found.contains(expected),
            "{found:.300}"
        );
    }
    assert!(check_limits("GetThing0 response", &deep(12)).is_ok());
    let found = outcome(vec![deep(100_000)]);
    assert!(
        found.starts_with("GetThing0/response.xsd: ") && found.contains("deeper than"),
        "{found:.300}"
    );
    // As deep as the limit allows.
    assert_eq!(outcome(vec![deep(12)]), "12 types");
}

#[test]
fn each_limit_is_the_largest_value_that_is_allowed() {
    let padded = |size: usize| {
        let page = page(&format!("{ROOT}{}<!--COMMENT-->", holding("T0", &["xs:int"])));
        let missing = size - (page.len() - "COMMENT".len());
        page.replace("COMMENT", &"x".repeat(missing))
    };
    let named = |length: usize| {
        let name = "N".repeat(length);
        page(&format!(
            r#"<xs:element name="Thing" type="{name}"/>{}"#,
            holding(&name, &["xs:int"])
        ))
    };
    // The root of the page declares one namespace.
    let declared = |count: usize| {
        let (first, second) = (attributes(50, "xmlns:l"), attributes(count - 51, "xmlns:m"));
        let inside = format!("<a{first}><a{second}/></a>");
        page(&format!(
            "<xs:annotation><xs:appinfo>{inside}</xs:appinfo></xs:annotation>{ROOT}{}",
            holding("T0", &["xs:int"])
        ))
    };
    let rows = [
        (
            padded(4 * 1024 * 1024),
            padded(4 * 1024 * 1024 + 1),
            "the limit of 4 MB",
        ),
        (named(1024), named(1025), "a name of 1025 bytes"),
        (declared(100), declared(101), "more than 100 namespaces"),
    ];
    for (allowed, refused, expected) in rows {
        assert_eq!(outcome(vec![allowed]), "1 types", "{expected}");
        let found = outcome(vec![refused]);
        assert!(found.contains(expected), "{found:.300}");
    }
}

/// Each named group contains the next one twice, so that the last one would be there 2^40 times.
#[test]
fn named_groups_that_double_are_limited() {
    let group =
        |at: usize, inside: &str| format!(r#"<xs:group name="G{at}"><xs:sequence>{inside}</xs:sequence></xs:group>"#);
    let twice = |at: usize| format!(r#"<xs:group ref="G{at}"/><xs:group ref="G{at}"/>"#);
    let rows = [
        (
            r#"<xs:element name="Part" type="xs:int"/>"#,
            "expand to more than 250000 parts",
        ),
        ("", "expand to more than 250000 parts"),
    ];
    for (last, expected) in rows {
        let groups: String = (0..40).map(|at| group(at, &twice(at + 1))).collect();
        let types = format!(
            r#"<xs:complexType name="T0">{}</xs:complexType>"#,
            r#"<xs:group ref="G0"/>"#
        );
        let found = outcome(vec![page(&format!("{ROOT}{groups}{}{types}", group(40, last)))]);
        assert!(found.contains(expected), "{found:.300}");
    }
    let itself = group(0, &twice(0)) + r#"<xs:complexType name="T0"><xs:group ref="G0"/></xs:complexType>"#;
    let found = outcome(vec![page(&format!("{ROOT}{itself}"))]);
    assert!(found.contains("group G0 extends itself"), "{found:.300}");
}

/// Returns attributes with different names.
fn attributes(count: usize, prefix: &str) -> String {
    let attributes = (0..count).map(|at| format!(" {prefix}a{at}=\"urn:{at}\""));
    attributes.collect::<Vec<_>>().concat()
}

/// The XML reader of xsd-parser compares each attribute of a tag with all others (RUSTSEC-2026-0194) and stores every
/// namespace in scope (RUSTSEC-2026-0195). Without the limits, the first page takes 10 seconds.
#[test]
fn attributes_and_namespaces_of_a_tag_are_limited() {
    let rest = format!("{ROOT}{}", holding("T0", &["xs:int"]));
    let one_tag = |count| page(&format!("<xs:annotation{}/>{rest}", attributes(count, "")));
    let nested = |levels: usize, each: usize| {
        let open = (0..levels).map(|level| format!("<a{}>", attributes(each, &format!("xmlns:l{level}"))));
        let inside = open.collect::<Vec<_>>().concat() + &"</a>".repeat(levels);
        page(&format!(
            "<xs:annotation><xs:appinfo>{inside}</xs:appinfo></xs:annotation>{rest}"
        ))
    };
    let rows = [
        (
            one_tag(40_000),
            "the page has a tag with more than 64 attributes, in Schemas/schema",
        ),
        (
            one_tag(65),
            "the page has a tag with more than 64 attributes, in Schemas/schema",
        ),
        (
            nested(4, 30),
            "the page has more than 100 namespaces in scope, in Schemas/schema/annotation/appinfo/a/a/a",
        ),
    ];
    for (page, expected) in rows {
        let found = outcome(vec![page]);
        let expected = format!("GetThing0 response (GetThing0/response.xsd): {expected}");
        assert!(found.starts_with(&expected), "{found:.300}");
    }
    for page in [one_tag(64), nested(3, 30)] {
        assert_eq!(outcome(vec![page]), "1 types");
    }
}

/// Characters that are not shown, or that change how others are shown.
const INVISIBLE: &str = "\u{1}\u{7f}\u{85}\u{9b}\u{ad}\u{34f}\u{61c}\u{115f}\u{17b4}\u{180e}\u{200b}\u{200d}\u{200e}\
    \u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2060}\u{2066}\u{2067}\u{2068}\u{2069}\u{206f}\
    \u{3164}\u{fe0f}\u{feff}\u{ffa0}\u{fff9}\u{1d173}\u{e0001}\u{e0041}\u{e0100}";

fn find_invisible(text: &str) -> Option<char> {
    let is_meant = |character: &char| INVISIBLE.contains(*character);
    text.chars().find(is_meant)
}

#[test]
fn invisible_characters_reach_no_generated_file() {
    // XML has no control characters but three.
    let hidden = INVISIBLE.replace('\u{1}', "");
    let body = format!(
        r#"<xs:element name="Thing" type="T{hidden}0"/><xs:simpleType name="Kind{hidden}"><xs:restriction base="xs:string">
        <xs:enumeration value="a{hidden}b`&lt;b>"/></xs:restriction></xs:simpleType><xs:complexType name="T{hidden}0">
        <xs:sequence><xs:element name="Part{hidden}" type="xs:string" default="c{hidden}d"/>
        <xs:element name="Kind" type="Kind{hidden}"/></xs:sequence></xs:complexType>"#
    );
    let unspaced: String = hidden.split_whitespace().collect();
    let feed = feed(&format!(
        "GET GetThing things/{{x{unspaced}y}}?a{unspaced}b={{c{unspaced}d}}"
    ));
    let row = format!("<tr><td>Description</td><td>Does {hidden} <![CDATA[<b>`that`]]></td></tr><tr><td>Method");
    let mut sources = Sources::default();
    sources.insert("help.atom", feed.replace("<tr><td>Method", &row));
    sources.insert("GetThing/response.xsd", page(&body));
    let (files, _, report) = spektrix_v2_codegen::preview(&sources, "").unwrap_or_else(|error| panic!("{error}"));
    for file in &files {
        assert_eq!(find_invisible(&file.text), None, "{}: {}", file.name, file.text);
    }
    assert_eq!(find_invisible(&report.to_string()), None, "{report}");
    let operations = files.iter().find(|file| file.name == "operations.rs");
    let text = operations.map_or("", |file| file.text.as_str());
    assert!(text.contains(r"\u{202e}") && text.contains(r"\<b>\`that\`"), "{text}");
    let types = files.iter().find(|file| file.name == "types.rs");
    let text = types.map_or("", |file| file.text.as_str());
    assert!(text.contains(r"b\u{60}<b>`"), "{text}");
}

#[test]
fn invisible_characters_reach_no_error_and_no_excerpt() {
    use spektrix_v2_codegen::page::Page;
    use spektrix_v2_codegen::printable::excerpt;

    let hidden = INVISIBLE;
    let found = [
        outcome(vec![page(&format!(r#"<xs:element name="Thing" type="T{hidden}0"/>"#))]),
        outcome(vec![page(&format!(r#"<xs:element name="Thing"><a{hidden}>"#))]),
        outcome(vec![page(&format!("{ROOT}<xs:group{hidden}/>"))]),
        excerpt(&format!("a{hidden}b")),
        Page::parse(format!("a{hidden}b").as_bytes()).map_or_else(|error| error.to_string(), |_| String::new()),
        spektrix_v2_codegen::feed::parse(&feed(&format!("GET Get{hidden} things")))
            .map_or_else(|error| error.to_string(), |_| String::new()),
        spektrix_v2_codegen::feed::parse(&format!("<rss{hidden}/>"))
            .map_or_else(|error| error.to_string(), |_| String::new()),
    ];
    for text in found {
        assert_eq!(find_invisible(&text), None, "{text:?}");
        assert!(!text.is_empty() && text.len() < 3_000, "{text:?}");
    }
    let long = "N".repeat(100_000);
    let error = spektrix_v2_codegen::feed::parse(&feed(&format!("GET {long}! things")));
    let error = error.map_or_else(|error| error.to_string(), |_| String::new());
    assert!(error.contains("NNN") && error.len() < 3_000, "{error:.300}");
}

#[test]
fn a_deep_example_is_an_error() {
    use spektrix_v2_codegen::diff::round_trip_difference;
    use spektrix_v2_codegen::examples::expect;
    use spektrix_v2_codegen::model::{Body, Model, Value};

    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let body = Body::One {
        root: "a".to_owned(),
        value: Value::Named("A".to_owned()),
    };
    let expected = expect(&Model::default(), &body, &deep);
    assert_eq!(expected.faults.len(), 1, "{expected:?}");
    let found = round_trip_difference(&deep, "<a/>", &std::collections::BTreeSet::new());
    assert!(found.is_some_and(|found| found.contains("more than 200 levels")));
}
