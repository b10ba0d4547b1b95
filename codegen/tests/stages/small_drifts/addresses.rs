//! Addresses: two versions of a template, of an operation that returns a list.

use super::{compare, schemas};
use crate::feed_builder::feed;
use spektrix_v2_codegen::Sources;
use spektrix_v2_codegen::diff::{drift, text};

struct Row {
    what: &'static str,
    old: &'static str,
    new: &'static str,
    lines: &'static [&'static str],
}

const PAGED: &str = "offset={offset}&limit={limit}&all={all}";

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row { what: "the same", old: "x?PAGED&a={a}", new: "x?PAGED&a={a}", lines: &[] },
    Row { what: "another order of the query", old: "x?a={a}&b={b}", new: "x?b={b}&a={a}", lines: &[] },
    Row { what: "all parameters of pages are gone", old: "x?PAGED", new: "x", lines: &["GetThings: the pages of the list are gone, with the parameters offset, limit, all (breaks users and the wire; operations::GetThings)"] },
    Row { what: "two parameters of pages are gone", old: "x?PAGED", new: "x?offset={offset}", lines: &["GetThings: the pages of the list are gone, with the parameters limit, all (breaks users and the wire; operations::GetThings)"] },
    Row { what: "one parameter of pages is gone", old: "x?PAGED", new: "x?offset={offset}&limit={limit}", lines: &["GetThings?all: the parameter is gone, and with it the pages of the list (breaks users and the wire; operations::GetThings::all)"] },
    Row { what: "all parameters of pages are new", old: "x", new: "x?PAGED", lines: &["GetThings: the pages of the list are new, with the parameters offset, limit, all (breaks the wire, not users; operations::GetThings)"] },
    Row { what: "two parameters of pages are new", old: "x?offset={offset}", new: "x?PAGED", lines: &["GetThings: the pages of the list are new, with the parameters limit, all (breaks users and the wire; operations::GetThings)"] },
    Row { what: "one parameter of pages is new", old: "x?offset={offset}&limit={limit}", new: "x?PAGED", lines: &["GetThings?all: the parameter is new, and with it the pages of the list (breaks users, not the wire; operations::GetThings::all)"] },
    Row { what: "a parameter is new", old: "x?a={a}", new: "x?a={a}&b={b}", lines: &["GetThings?b: the parameter is new (breaks nothing; operations::GetThings::b)"] },
    Row { what: "a parameter is gone", old: "x?a={a}&b={b}", new: "x?a={a}", lines: &["GetThings?b: the parameter is gone (breaks users and the wire; operations::GetThings::b)"] },
    Row { what: "a renamed parameter", old: "x?a={a}&b={b}", new: "x?a={a}&c={c}", lines: &["GetThings?b: renamed to c (a guess: it has the same position) (breaks users and the wire; operations::GetThings::b)"] },
    Row { what: "another position is no rename", old: "x?a={a}&b={b}", new: "x?c={c}&a={a}", lines: &["GetThings?b: the parameter is gone (breaks users and the wire; operations::GetThings::b)", "GetThings?c: the parameter is new (breaks nothing; operations::GetThings::c)"] },
    Row { what: "another number is no rename", old: "x?a={a}&b={b}", new: "x?a={a}&c={c}&d={d}", lines: &["GetThings?b: the parameter is gone (breaks users and the wire; operations::GetThings::b)", "GetThings?c: the parameter is new (breaks nothing; operations::GetThings::c)", "GetThings?d: the parameter is new (breaks nothing; operations::GetThings::d)"] },
    Row { what: "two lost parameters are no rename", old: "x?a={a}&b={b}", new: "x?c={c}&d={d}", lines: &["GetThings?a: the parameter is gone (breaks users and the wire; operations::GetThings::a)", "GetThings?b: the parameter is gone (breaks users and the wire; operations::GetThings::b)", "GetThings?c: the parameter is new (breaks nothing; operations::GetThings::c)", "GetThings?d: the parameter is new (breaks nothing; operations::GetThings::d)"] },
    Row { what: "a parameter is in the path now", old: "x?a={a}", new: "x/{a}", lines: &["GetThings: the path was x and is x/{a} (breaks users and the wire; operations::GetThings)"] },
    Row { what: "a parameter of another name is in the path now", old: "x?a_id={a}", new: "x/{a}", lines: &["GetThings: the path was x and is x/{a} (breaks users and the wire; operations::GetThings)"] },
    Row { what: "a parameter is in the path, and another one has its position", old: "x?a={a}", new: "x/{a}?b={b}", lines: &["GetThings: the path was x and is x/{a} (breaks users and the wire; operations::GetThings)", "GetThings?b: the parameter is new (breaks nothing; operations::GetThings::b)"] },
    Row { what: "a part of the path is a parameter, and another one is gone", old: "x/{a}?b={b}", new: "x?a={a}", lines: &["GetThings: the path was x/{a} and is x (breaks users and the wire; operations::GetThings)", "GetThings?b: the parameter is gone (breaks users and the wire; operations::GetThings::b)"] },
    Row { what: "a variable of the path is renamed", old: "x/{a}", new: "x/{b}", lines: &["GetThings?a: the variable of the path is called b now (breaks users, not the wire; operations::GetThings::a)"] },
    Row { what: "a variable of the path is spelled in another way", old: "x/{thingId}", new: "x/{thing_id}", lines: &["GetThings?thingId: the variable of the path is called thing_id now (breaks nothing; operations::GetThings::thing_id)"] },
    Row { what: "two variables change places", old: "x/{a}/{b}", new: "x/{b}/{a}", lines: &["GetThings?a: the variable of the path is called b now (breaks users, not the wire; operations::GetThings::a)", "GetThings?b: the variable of the path is called a now (breaks users, not the wire; operations::GetThings::b)"] },
    Row { what: "another folder", old: "x/{a}", new: "y/{a}", lines: &["GetThings: the path was x/{a} and is y/{a} (breaks the wire, not users; operations::GetThings)"] },
    Row { what: "the rest of the path", old: "x/{a}", new: "x/{*a}", lines: &["GetThings: the path was x/{a} and is x/{*a} (breaks users and the wire; operations::GetThings)"] },
    Row { what: "a slash at the end", old: "x", new: "x/", lines: &["GetThings: the path was x and is x/ (breaks the wire, not users; operations::GetThings)"] },
    Row { what: "a new fixed value", old: "x", new: "x?k=1", lines: &["GetThings?k: the fixed value \"1\" is new (breaks the wire, not users; operations::GetThings)"] },
    Row { what: "a fixed value is gone", old: "x?k=1", new: "x", lines: &["GetThings?k: the fixed value \"1\" is gone (breaks nothing; operations::GetThings)"] },
    Row { what: "another fixed value", old: "x?k=1&l=1", new: "x?k=2&l=1", lines: &["GetThings?k: the value was always \"1\" and is always \"2\" (breaks the wire, not users; operations::GetThings)"] },
    Row { what: "a fixed value can be chosen", old: "x?k=1", new: "x?k={k}", lines: &["GetThings?k: the value was always \"1\" and can be chosen now (breaks nothing; operations::GetThings)"] },
    Row { what: "a fixed value can be chosen, and a parameter is gone", old: "x?k=1&b={b}", new: "x?k={k}", lines: &["GetThings?b: the parameter is gone (breaks users and the wire; operations::GetThings::b)", "GetThings?k: the value was always \"1\" and can be chosen now (breaks nothing; operations::GetThings)"] },
    Row { what: "a value that could be chosen is fixed", old: "x?k={k}", new: "x?k=1", lines: &["GetThings?k: the value could be chosen and is always \"1\" (breaks users and the wire; operations::GetThings)"] },
    Row { what: "a value is fixed, and a parameter is new", old: "x?k={k}", new: "x?k=1&b={b}", lines: &["GetThings?b: the parameter is new (breaks nothing; operations::GetThings::b)", "GetThings?k: the value could be chosen and is always \"1\" (breaks users and the wire; operations::GetThings)"] },
    Row { what: "a parameter holds an identifier", old: "x?a={a}", new: "x?a={thingId}", lines: &["GetThings?a: the parameter held xs:string and holds ThingId (xs:int) (breaks users, not the wire; operations::GetThings::a)"] },
    Row { what: "a part of the path holds an identifier", old: "x/{thingId}", new: "x/{thingId}/y", lines: &["GetThings: the path was x/{thingId} and is x/{thingId}/y (breaks the wire, not users; operations::GetThings)"] },
];

/// Returns pages of an operation that returns a list of things, each with an identifier.
fn sources(template: &str) -> Sources {
    let page = schemas(
        r#"<xs:element name="Things" type="ArrayOfThing"/>
        <xs:complexType name="ArrayOfThing"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="Thing" type="Thing"/></xs:sequence></xs:complexType>
        <xs:complexType name="Thing"><xs:sequence><xs:element name="Name" type="xs:string"/></xs:sequence><xs:attribute name="id" type="xs:int"/></xs:complexType>"#,
    );
    let mut sources = Sources::default();
    sources.insert(
        "help.atom",
        feed(&format!("GET GetThings {}\n", template.replace("PAGED", PAGED))),
    );
    sources.insert("GetThings/response.xsd", page);
    sources
}

#[test]
fn templates_are_compared_by_their_parts() {
    for row in ROWS {
        let found = text(&compare(&sources(row.old), &sources(row.new))).replace("; spektrix_v2::", "; ");
        let expected = if row.lines.is_empty() {
            "no drift\n".to_owned()
        } else {
            row.lines.join("\n") + "\n"
        };
        assert_eq!(found, expected, "{}", row.what);
    }
}

#[test]
fn parameters_have_the_names_of_the_overlay() {
    let overlay = "[parameter.a]\ndoc = \"The first.\"\nname = \"first\"\n";
    let found = drift(&sources("x?a={a}"), &sources("x"), overlay).unwrap_or_else(|error| panic!("{error}"));
    let expected =
        "GetThings?a: the parameter is gone (breaks users and the wire; spektrix_v2::operations::GetThings::first)\n";
    assert_eq!(text(&found), expected);
}
