//! Tests of `diff`: the vendored pages compared with changed copies.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use spektrix_v2_codegen::Sources;
use spektrix_v2_codegen::diff::{self, drift};

use crate::case;

type Pages = BTreeMap<String, String>;
type Change = fn(&mut Pages);

fn workspace(below: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(below)
}

fn vendored() -> io::Result<Pages> {
    let mut pages = Pages::new();
    let mut folders = vec![workspace("schemas")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(workspace("schemas")).unwrap_or(&path);
                let name = name.to_string_lossy().replace('\\', "/");
                pages.insert(name, fs::read_to_string(&path)?);
            }
        }
    }
    Ok(pages)
}

fn sources(pages: &Pages) -> Sources {
    let mut sources = Sources::default();
    for (path, text) in pages {
        sources.insert(path, text.clone());
    }
    sources
}

/// Returns the lines for a change of the pages.
fn lines(change: impl FnOnce(&mut Pages)) -> io::Result<String> {
    let pages = vendored()?;
    let mut changed = pages.clone();
    change(&mut changed);
    assert_ne!(pages, changed, "the change has no effect");
    let overlay = fs::read_to_string(workspace("codegen/overlay.toml"))?;
    let found = drift(&sources(&pages), &sources(&changed), &overlay);
    Ok(found.map_or_else(
        |error| format!("error: {error}\n"),
        |found| {
            let notes = found.notes.iter().map(|note| format!("note: {note}\n"));
            diff::text(&found) + &notes.collect::<String>()
        },
    ))
}

fn replace(pages: &mut Pages, path: &str, from: &str, to: &str) {
    if let Some(text) = pages.get_mut(path) {
        assert!(text.contains(from), "{path} does not contain {from}");
        *text = text.replace(from, to);
    }
}

/// Replaces a text on every page, because pages must agree.
fn everywhere(pages: &mut Pages, from: &str, to: &str) {
    assert!(
        pages.values().any(|text| text.contains(from)),
        "no page contains {from}"
    );
    for (_, text) in pages.iter_mut().filter(|(path, _)| path.as_str() != "help.atom") {
        *text = text.replace(from, to);
    }
}

fn without_operation(pages: &mut Pages, name: &str) {
    let feed = pages.remove("help.atom").unwrap_or_default();
    let id = format!("<id>http://tmpuri.org/{name}</id>");
    let at = feed.find(&id).and_then(|at| feed[..at].rfind("<entry>"));
    let end = at.and_then(|at| Some(at + feed[at..].find("</entry>")? + "</entry>".len()));
    if let (Some(at), Some(end)) = (at, end) {
        pages.insert("help.atom".to_owned(), format!("{}{}", &feed[..at], &feed[end..]));
    }
}

#[test]
fn equivalent_pages_have_no_drift() -> io::Result<()> {
    let rows: &[(&str, Change)] = &[
        ("whitespace", |pages| {
            everywhere(pages, "<xs:complexType", "\r\n\t <xs:complexType");
        }),
        ("the prefix", |pages| {
            everywhere(pages, "xs:", "xsd:");
            everywhere(pages, "xmlns:xs=", "xmlns:xsd=");
        }),
        ("the order of attributes", |pages| {
            everywhere(
                pages,
                "minOccurs=\"0\" maxOccurs=\"1\"",
                "maxOccurs=\"1\" minOccurs=\"0\"",
            );
        }),
        ("default occurrences", |pages| {
            everywhere(pages, " minOccurs=\"1\" maxOccurs=\"1\"", "");
        }),
        ("the identifier and time of the feed", |pages| {
            replace(pages, "help.atom", "<id>urn:uuid:", "<id>urn:uuid:f");
        }),
        ("the name of a wrapper", |pages| {
            everywhere(pages, "type=\"Reference\"", "type=\"Pointer\"");
        }),
        ("the syntax of an example", |pages| {
            replace(pages, "GetEvents/response.xml", "<Event ", "<!-- c --><Event  ");
        }),
    ];
    for (what, change) in rows {
        let found = lines(|pages| {
            change(pages);
            if *what == "the name of a wrapper" {
                everywhere(pages, "name=\"Reference\"", "name=\"Pointer\"");
            }
        })?;
        assert_eq!(found, "no drift\n", "{what}");
    }
    Ok(())
}

#[test]
fn a_renamed_type_is_a_note_but_no_drift() -> io::Result<()> {
    let found = lines(|pages| {
        everywhere(pages, "type=\"Event\"", "type=\"EventDto\"");
        everywhere(pages, "complexType name=\"Event\"", "complexType name=\"EventDto\"");
    })?;
    assert!(
        found.starts_with("no drift\nnote: the type Event is called EventDto on the new pages"),
        "{found}"
    );
    Ok(())
}

/// Each row changes one field. The snapshot has the lines.
#[test]
fn each_change_has_a_line_with_whom_it_breaks() -> io::Result<()> {
    const DURATION: &str = "<xs:element minOccurs=\"1\" maxOccurs=\"1\" name=\"Duration\" type=\"xs:int\"/>";
    let swap = |with: &'static str| move |pages: &mut Pages| replace(pages, "GetEvents/response.xsd", DURATION, with);
    let mut found = Vec::new();
    let rows = [
        ("gone", ""),
        (
            "renamed",
            "<xs:element minOccurs=\"1\" maxOccurs=\"1\" name=\"Minutes\" type=\"xs:int\"/>",
        ),
        (
            "optional",
            "<xs:element minOccurs=\"0\" maxOccurs=\"1\" name=\"Duration\" type=\"xs:int\"/>",
        ),
        (
            "a list",
            "<xs:element minOccurs=\"0\" maxOccurs=\"unbounded\" name=\"Duration\" type=\"xs:int\"/>",
        ),
        (
            "nillable",
            "<xs:element minOccurs=\"0\" maxOccurs=\"1\" name=\"Duration\" nillable=\"true\" type=\"xs:int\"/>",
        ),
        (
            "one more",
            "<xs:element name=\"Duration\" type=\"xs:int\"/><xs:element name=\"New\" type=\"xs:int\"/>",
        ),
    ];
    for (what, with) in rows {
        found.push(format!("{what}:\n{}", lines(swap(with))?));
    }
    found.push(format!(
        "method and parameter:\n{}",
        lines(|pages| {
            replace(
                pages,
                "help.atom",
                "instance_start_from={instanceStartFrom}",
                "from={from}",
            );
            let feed = pages.get_mut("help.atom").map(std::mem::take).unwrap_or_default();
            pages.insert("help.atom".to_owned(), feed.replacen("PATCH", "PUT", 1));
        })?
    ));
    found.push(format!(
        "order:\n{}",
        lines(|pages| {
            replace(pages, "GetEvents/response.xsd", DURATION, "");
            replace(
                pages,
                "GetEvents/response.xsd",
                "</xs:sequence>\n      <xs:attribute",
                &format!("{DURATION}</xs:sequence>\n      <xs:attribute"),
            );
        })?
    ));
    let found = found.concat();
    insta::assert_snapshot!(found);
    Ok(())
}

#[test]
fn a_missing_page_is_an_error() -> io::Result<()> {
    let found = lines(|pages| drop(pages.remove("GetEvents/response.xsd")))?;
    assert!(
        found.starts_with("error: GetEvents/response.xsd: the file is missing"),
        "{found}"
    );
    Ok(())
}

#[test]
fn three_changes_give_three_lines() -> io::Result<()> {
    let found = lines(|pages| {
        everywhere(
            pages,
            "name=\"Duration\" type=\"xs:int\"",
            "name=\"Duration\" type=\"xs:string\"",
        );
        without_operation(pages, "KeepAlive");
        everywhere(
            pages,
            "<xs:enumeration value=\"Cobo\"/>",
            "<xs:enumeration value=\"Cobo\"/><xs:enumeration value=\"Courier\"/>",
        );
    })?;
    insta::assert_snapshot!(found);
    Ok(())
}

/// Returns whether a cell of the table is a single code span.
fn is_code_span(cell: &str) -> bool {
    let inside = cell.trim().strip_prefix('`').and_then(|cell| cell.strip_suffix('`'));
    inside.is_some_and(|inside| !inside.is_empty() && !inside.contains(['`', '|']))
}

#[test]
fn names_from_a_page_stay_in_their_code_span() -> io::Result<()> {
    let hostile = "@team ![x](https://evil.example/x.png) [y](//z) Fixes #1 <b>|a`b|\u{202e}&#10;| end`";
    let value = |name: &str| format!("<xs:enumeration value=\"{}\"/>", name.replace('<', "&lt;"));
    let element = format!(
        "<xs:element name=\"{}\" minOccurs=\"0\" type=\"xs:string\"/><xs:element minOccurs=\"1\" maxOccurs=\"1\" name=\"Duration\"",
        hostile.replace('<', "&lt;")
    );
    let pages = vendored()?;
    let mut changed = pages.clone();
    everywhere(&mut changed, "<xs:enumeration value=\"Cobo\"/>", &value(hostile));
    everywhere(
        &mut changed,
        "<xs:element minOccurs=\"1\" maxOccurs=\"1\" name=\"Duration\"",
        &element,
    );
    let type_name = hostile.replace('<', "&lt;").replace(':', "");
    everywhere(&mut changed, "type=\"Band\"", &format!("type=\"{type_name}\""));
    everywhere(
        &mut changed,
        "complexType name=\"Band\"",
        &format!("complexType name=\"{type_name}\""),
    );
    let found = drift(&sources(&pages), &sources(&changed), "").unwrap_or_else(|error| panic!("{error}"));
    let text = diff::markdown(&found);
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(rows.len(), found.changes.len(), "{text}");
    assert!(text.matches("Fixes #1").count() >= 3, "{text}");
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let [place, what, breaks, rust] = cells.as_slice() else {
            panic!("not 4 cells: {row}");
        };
        assert!([place, what, rust].iter().all(|cell| is_code_span(cell)), "{row}");
        assert!(
            breaks.trim().chars().all(|c| c.is_alphabetic() || " ,".contains(c)),
            "{row}"
        );
    }
    for note in text.lines().filter(|line| line.starts_with("- ")) {
        assert!(is_code_span(&note[2..]), "{note}");
    }
    let outside = text.split('`').step_by(2).collect::<String>();
    assert!(!outside.contains(['@', '#', '[', '<', '!']), "{outside}");
    for text in [text, diff::text(&found)] {
        assert!(!text.contains('\u{202e}') && text.contains(r"\u{202e}\n"), "{text}");
    }
    Ok(())
}

/// Changes prefixes, whitespace, and the order of attributes, schemas and operations.
fn rewrite(path: &str, text: &str) -> String {
    if path == "help.atom" {
        let mut entries: Vec<&str> = text.trim_end_matches("</feed>").split("<entry>").collect();
        let head = entries.remove(0).replace("urn:uuid:", "urn:uuid:0");
        entries.reverse();
        return format!("{head}<entry>{}</feed>", entries.join("<entry>"));
    }
    if Path::new(path).extension().is_some_and(|extension| extension == "xml") {
        return text.replace("xmlns:i=", "xmlns:j=").replace(" i:", " j:");
    }
    let text = text.replace("xs:", "xsd:").replace("xmlns:xs=", "xmlns:xsd=");
    let text = text.replace(
        "minOccurs=\"0\" maxOccurs=\"unbounded\"",
        "maxOccurs=\"unbounded\" minOccurs=\"0\"",
    );
    let text = text
        .replace("minOccurs=\"0\" maxOccurs=\"1\"", "minOccurs=\"0\"")
        .replace('\n', "\r\n\t");
    let mut schemas: Vec<&str> = text.split_inclusive("</xsd:schema>").collect();
    let Some(end) = schemas.pop().filter(|_| schemas.len() > 1) else {
        return text;
    };
    let first = schemas.remove(0).trim_start_matches("<Schemas>");
    format!("<Schemas>{}{first}{end}", schemas.concat())
}

#[test]
fn equivalent_pages_of_each_construct_have_no_drift() -> io::Result<()> {
    for case in case::all("constructs")? {
        let (pages, rewritten) = (case.sources(), case.rewritten_sources(rewrite));
        assert_ne!(pages, rewritten, "{}", case.name());
        let found = drift(&pages, &rewritten, "");
        let found = found.map_or_else(|error| error.to_string(), |found| diff::text(&found));
        assert_eq!(found, "no drift\n", "{}", case.name());
    }
    Ok(())
}
