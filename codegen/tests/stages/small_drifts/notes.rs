//! Notes: what is no difference, but affects the code that is generated next.

use super::{compare, type_page};
use crate::feed_builder::feed;
use spektrix_v2_codegen::Sources;
use spektrix_v2_codegen::diff::text;

const INT: &str = r#"<xs:sequence><xs:element name="A" type="xs:int"/></xs:sequence>"#;
const LONG: &str = r#"<xs:sequence><xs:element name="A" type="xs:long"/></xs:sequence>"#;
const OTHER: &str = r#"<xs:sequence><xs:element name="B" type="xs:int"/></xs:sequence>"#;

/// Returns pages of operations with a template, of which each returns a type with this content.
fn sources(operations: &[(&str, &str, &str)]) -> Sources {
    let mut sources = Sources::default();
    let lines: Vec<String> = operations
        .iter()
        .map(|(name, template, _)| format!("GET {name} {template}"))
        .collect();
    sources.insert("help.atom", feed(&lines.join("\n")));
    for (name, _, content) in operations {
        let page = if content.is_empty() {
            "<Schemas/>".to_owned()
        } else {
            type_page(content)
        };
        sources.insert(format!("{name}/response.xsd"), page);
    }
    sources
}

struct Row {
    what: &'static str,
    old: &'static [(&'static str, &'static str, &'static str)],
    new: &'static [(&'static str, &'static str, &'static str)],
    lines: &'static [&'static str],
    notes: &'static [&'static str],
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row {
        what: "a page that cannot be read any more",
        old: &[("GetA", "a", INT)],
        new: &[("GetA", "a", "")],
        lines: &["GetA response: the body was <Thing>, Thing and is bytes (the page cannot be read) (breaks users and the wire; operations::GetA)"],
        notes: &["the page GetA response cannot be read, so its body is bytes here: GetA response (GetA/response.xsd): the page has no schema. Fetch it again; if it still has none, the service does not describe this body"],
    },
    Row {
        what: "a new operation that Rust cannot represent",
        old: &[("GetA", "a", INT)],
        new: &[("GetA", "a", INT), ("GetB", "b{", INT)],
        lines: &[],
        notes: &["the new operation GetB would be left out: GetB: the template `b{` has a brace in its path that is not closed. Add a rule for this in codegen/src/template.rs"],
    },
    Row {
        what: "a known operation that Rust cannot represent any more",
        old: &[("GetA", "a", INT), ("GetB", "b", INT)],
        new: &[("GetA", "a", INT), ("GetB", "b{", INT)],
        lines: &["GetB: the operation would be left out (GetB: the template `b{` has a brace in its path that is not closed. Add a rule for this in codegen/src/template.rs) (breaks users and the wire; operations::GetB)"],
        notes: &[],
    },
    Row {
        what: "the new pages disagree on a type",
        old: &[("GetA", "a", INT), ("GetB", "b", INT)],
        new: &[("GetA", "a", INT), ("GetB", "b", LONG)],
        lines: &["Thing/A: held xs:int and holds xs:long (breaks users and the wire; Thing::a)"],
        notes: &["the new pages disagree on the type Thing: GetB response has a different one, which is called ThingInGetB here"],
    },
    Row {
        what: "the old pages disagree on a type",
        old: &[("GetA", "a", INT), ("GetB", "b", OTHER)],
        new: &[("GetA", "a", INT), ("GetB", "b", INT)],
        lines: &["Thing/B: renamed to A (a guess: it has the same position and the same type) (breaks users and the wire; ThingInGetB::b)"],
        notes: &["the type ThingInGetB is called Thing on the new pages. The name alone is no drift, but the type would be renamed in Rust"],
    },
    Row {
        what: "both disagree in the same way",
        old: &[("GetA", "a", INT), ("GetB", "b", OTHER)],
        new: &[("GetA", "a", INT), ("GetB", "b", OTHER)],
        lines: &[],
        notes: &[],
    },
    Row {
        what: "operations that change their names are guessed only if nothing else is like them",
        old: &[("GetA", "a", INT), ("GetB", "a", INT)],
        new: &[("GetC", "a", INT)],
        lines: &[
            "GetA: the operation is gone (breaks users and the wire; operations::GetA)",
            "GetB: the operation is gone (breaks users and the wire; operations::GetB)",
            "GetC: the operation is new (breaks nothing; operations::GetC)",
        ],
        notes: &[],
    },
    Row {
        what: "an operation is gone, and its type is still used",
        old: &[("GetA", "a", INT), ("GetB", "b", INT)],
        new: &[("GetA", "a", INT)],
        lines: &["GetB: the operation is gone (breaks users and the wire; operations::GetB)"],
        notes: &[],
    },
    Row {
        what: "an operation is gone, and the only use of its type",
        old: &[("GetA", "a", INT), ("GetB", "b", OTHER)],
        new: &[("GetA", "a", INT)],
        lines: &["GetB: the operation is gone, and with it ThingInGetB (breaks users and the wire; operations::GetB)"],
        notes: &[],
    },
];

#[test]
fn notes_name_pages_types_and_operations() {
    for row in ROWS {
        let found = compare(&sources(row.old), &sources(row.new));
        let lines = text(&found).replace("; spektrix_v2::", "; ");
        let expected = if row.lines.is_empty() {
            "no drift\n".to_owned()
        } else {
            row.lines.join("\n") + "\n"
        };
        assert_eq!(lines, expected, "{}", row.what);
        assert_eq!(found.notes, row.notes, "{}", row.what);
    }
}
