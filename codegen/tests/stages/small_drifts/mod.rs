//! Tests of `diff` with small pages: two versions of one type or body, and the lines for each direction in which it is sent.

mod addresses;
mod bodies;
mod body_elements;
mod choices;
mod derived_types;
mod enumerations;
mod examples;
mod facets;
mod fields;
mod flattened;
mod formats;
mod namespaces;
mod notes;
mod presence;
mod primitives;
mod recursion;
mod references;
mod values;

use spektrix_v2_codegen::Sources;
use spektrix_v2_codegen::diff::{self, Drift, drift};

use crate::feed_builder::feed;

/// Two versions of a page, and what is reported about them.
struct Row {
    what: &'static str,
    old: &'static str,
    new: &'static str,
    /// The lines if the body is a request.
    request: &'static [&'static str],
    /// The lines if the body is a response.
    response: &'static [&'static str],
}

/// Compares rows, after a function made a page of each version.
fn check(rows: &[Row], page: impl Fn(&str) -> String) {
    let failures: Vec<String> = rows
        .iter()
        .flat_map(|row| {
            [("request", row.request), ("response", row.response)].map(|(side, lines)| {
                let found = lines_for(side, &page(row.old), &page(row.new));
                let expected = lines.concat();
                if found.concat() == expected {
                    String::new()
                } else {
                    format!("{} ({side})\n  expected {lines:#?}\n  found {found:#?}\n", row.what)
                }
            })
        })
        .collect();
    assert!(failures.concat().is_empty(), "{}", failures.concat());
}

/// Returns the lines, without the operation in Rust, which is the same for all.
fn lines_for(side: &str, old: &str, new: &str) -> Vec<String> {
    let found = compare(&sources(side, old), &sources(side, new));
    let text = diff::text(&found);
    let lines = text.lines().filter(|line| *line != "no drift");
    let notes = found.notes.iter().map(|note| format!("note: {note}"));
    lines
        .map(|line| line.replace("; spektrix_v2::", "; "))
        .chain(notes)
        .collect()
}

fn compare(old: &Sources, new: &Sources) -> Drift {
    drift(old, new, "").unwrap_or_else(|error| panic!("{error}"))
}

/// Returns pages with one operation, of which one body has a page.
fn sources(side: &str, page: &str) -> Sources {
    let mut sources = Sources::default();
    sources.insert("help.atom", feed("PUT PutThing thing\n"));
    for other in ["request", "response"] {
        let text = if other == side { page } else { "The body is empty." };
        sources.insert(
            format!("PutThing/{other}.xsd"),
            text.replace("The body", &format!("The {other} body")),
        );
    }
    sources
}

/// Returns a page with schemas. The first declares the prefix `u` for the namespace `urn:u`.
fn schemas(body: &str) -> String {
    format!(
        r#"<Schemas><xs:schema xmlns:u="urn:u" elementFormDefault="qualified" xmlns:xs="http://www.w3.org/2001/XMLSchema">{body}</xs:schema></Schemas>"#
    )
}

/// Returns a page whose root has a type with this content, and types that contents use.
fn type_page(content: &str) -> String {
    schemas(&format!(
        r#"<xs:element name="Thing" type="Thing"/><xs:complexType name="Thing">{content}</xs:complexType>{SHARED}"#
    ))
}

/// Types that the contents of rows use.
const SHARED: &str = r#"
    <xs:simpleType name="Colour"><xs:restriction base="xs:string"><xs:enumeration value="Red"/><xs:enumeration value="Blue"/></xs:restriction></xs:simpleType>
    <xs:complexType name="Part"><xs:sequence><xs:element name="Size" type="xs:int"/></xs:sequence></xs:complexType>
    <xs:complexType name="Ref"><xs:attribute name="id" type="xs:int" use="required"/></xs:complexType>
    <xs:complexType name="OtherRef"><xs:attribute name="id" type="xs:int" use="required"/></xs:complexType>
    <xs:complexType name="OptionalRef"><xs:attribute name="id" type="xs:int"/></xs:complexType>
    <xs:complexType name="ArrayOfPart"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Part" type="Part"/></xs:sequence></xs:complexType>
    <xs:complexType name="ArrayOfInt"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="int" type="xs:int"/></xs:sequence></xs:complexType>
    <xs:complexType name="ArrayOfLong"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="long" type="xs:long"/></xs:sequence></xs:complexType>
"#;

/// Returns a page whose schema has the attributes before the first `|`, and whose root has a type with the content after it.
fn namespace_page(text: &str) -> String {
    let (attributes, content) = text.split_once('|').unwrap_or_default();
    let prefix = if attributes.contains("targetNamespace") {
        "t:"
    } else {
        ""
    };
    let namespace = attributes.split('"').nth(1).unwrap_or_default();
    format!(
        r#"<Schemas><xs:schema {attributes} xmlns:t="{namespace}" xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="Thing" type="{prefix}Thing"/><xs:complexType name="Thing">{content}</xs:complexType></xs:schema></Schemas>"#
    )
}
