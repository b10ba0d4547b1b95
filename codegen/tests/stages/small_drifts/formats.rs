//! The formats of a report: text, a table in Markdown, and JSON.

use super::{compare, sources, type_page};
use spektrix_v2_codegen::diff::{json, markdown, text};

const OLD: &str = r#"<xs:sequence><xs:element name="A" type="xs:int"/><xs:element minOccurs="0" name="B" type="xs:int"/></xs:sequence>"#;

#[test]
fn each_format_has_every_change() {
    let new = OLD
        .replace("xs:int\"/></xs:sequence>", "xs:long\"/></xs:sequence>")
        .replace("\"A\"", "\"X\"");
    let found = compare(
        &sources("response", &type_page(OLD)),
        &sources("response", &type_page(&new)),
    );
    insta::assert_snapshot!(format!("{}\n{}\n{}", text(&found), markdown(&found), json(&found)));
}

#[test]
fn no_drift_is_a_line_with_the_notes() {
    let page = type_page(OLD);
    let renamed = page
        .replace(r#"type="Thing""#, r#"type="Other""#)
        .replace(r#"complexType name="Thing""#, r#"complexType name="Other""#);
    let rows = [
        (page.as_str(), "No drift.\n"),
        (
            renamed.as_str(),
            "No drift.\n\n- `the type Thing is called Other on the new pages. The name alone is no drift, but the type would be renamed in Rust`\n",
        ),
    ];
    for (new, expected) in rows {
        let found = compare(&sources("response", &page), &sources("response", new));
        assert_eq!(
            (markdown(&found).as_str(), text(&found).as_str()),
            (expected, "no drift\n")
        );
    }
}
