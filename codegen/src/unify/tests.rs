//! Tests that no part of the pages is lost or invented without an error.

use super::unify;
use crate::Sources;
use crate::load::load;
use crate::lower::lower_all;
use crate::model::{Model, PageTypeNames};
use crate::report::Report;

const FEED: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Service help page</title><entry>
    <id>http://tmpuri.org/GetThing</id><title>Api: GetThing</title><content type="xhtml">
    <div xmlns="http://www.w3.org/1999/xhtml"><table>
    <tr><td>UriTemplate</td><td>http://x/v1/thing</td></tr><tr><td>Method</td><td>GET</td></tr>
    <tr><td>Response Format</td><td>Xml</td></tr>
    <tr><td>Response Schema</td><td>http://x/v1/help/GetThing/response/schema</td></tr>
    <tr><td>Response Example</td><td>http://x/v1/help/GetThing/response/example</td></tr>
    </table></div></content></entry></feed>"#;
const SCHEMA: &str = r#"<Schemas><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
    <xs:element name="Thing" type="Thing"/>
    <xs:complexType name="Thing"><xs:sequence><xs:element name="Names" type="Names"/></xs:sequence></xs:complexType>
    <xs:complexType name="Names"><xs:sequence>
        <xs:element maxOccurs="unbounded" name="Name" type="xs:string"/></xs:sequence></xs:complexType>
    </xs:schema></Schemas>"#;

type Corrupt = fn(&mut Model, &mut Report);

fn counted() -> (Model, Report) {
    let mut sources = Sources::default();
    sources.insert("help.atom", FEED);
    sources.insert("GetThing/response.xsd", SCHEMA);
    let loaded = load(&sources).unwrap_or_else(|error| panic!("{error}"));
    let unified = lower_all(&loaded).and_then(|pages| unify(&loaded, pages, &PageTypeNames::new()));
    let unified = unified.unwrap_or_else(|error| panic!("{error}"));
    (unified.model, unified.report)
}

#[test]
fn lost_and_invented_parts_are_an_error() {
    // The error, and the change that loses or invents a part.
    let rows: [(&str, Corrupt); 5] = [
        ("1 operations of the feed went in, but 0 came out", |model, _| {
            model.operations.clear();
        }),
        ("1 types kept and added went in, but 0 came out", |model, _| {
            model.types.clear();
        }),
        ("3 types on the pages went in, but 2 came out", |_, report| {
            report.types_on_pages += 1;
        }),
        ("2 types on the pages went in, but 1 came out", |_, report| {
            report.types_flattened = 0;
        }),
        ("2 types kept and added went in, but 1 came out", |_, report| {
            report.types_added += 1;
        }),
    ];
    for (expected, corrupt) in rows {
        let (mut model, mut report) = counted();
        assert_eq!(report.clone().count(&model), Ok(()));
        corrupt(&mut model, &mut report);
        let error = report.count(&model).map_err(|error| error.to_string()).unwrap_err();
        assert!(error.starts_with(&format!("count: {expected}")), "{error}");
    }
}
