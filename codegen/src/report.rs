//! What became of everything on the pages: counts in, counts out, and what is left to say.

mod text;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::error::{Error, Result};
use crate::lower::page_types::Opaque;
use crate::lower::shape::PageModel;
use crate::model::{Model, TypeKind, local_name};
use crate::overlay::Overlay;
use crate::unify::Clash;

/// What became of the pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Operations of the feed.
    pub operations_on_feed: usize,
    /// Operations rendered.
    pub operations: usize,
    /// Schema pages read.
    pub pages: usize,
    /// Named types on them, each page counted for itself.
    pub types_on_pages: usize,
    /// Those of them that became types in Rust, each page counted for itself.
    pub types_kept: usize,
    /// Those of them that are nothing but a list, a reference, a user-defined attribute or another name for a simple
    /// type, each page counted for itself.
    pub types_lowered_away: usize,
    /// Types that had to be made besides, each page counted for itself.
    pub types_made: usize,
    /// Types rendered, after those of one name were unified, and with those that were made.
    pub types: usize,
    /// Identifiers rendered.
    pub ids: usize,
    /// Types that stand on several pages and are one in Rust, and on how many.
    pub unified: BTreeMap<String, usize>,
    /// Types that are on no page: choices, and what may stand for a type that others extend.
    pub made: BTreeSet<String>,
    /// Types that were lowered away, by name.
    pub lowered_away: BTreeSet<String>,
    /// What is called otherwise because something else had its name. Only a preview goes on with any.
    pub named_apart: Vec<NamedApart>,
    /// What is called otherwise than the pages call it.
    pub renamed: BTreeMap<String, String>,
    /// What is passed over when reading, and why; bodies of which only the bytes are known.
    pub opaque: BTreeSet<Opaque>,
    /// What the service could not describe.
    pub faults: Vec<String>,
    /// Overlay entries that were applied.
    pub overlay_entries: usize,
    /// Overlay entries that were not, and why. Only a preview goes on with any.
    pub overlay_left_out: Vec<String>,
    /// Parts that the overlay says nothing about.
    pub undocumented: Vec<String>,
}

/// Something that got another name, because something else had its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct NamedApart {
    pub page: String,
    pub name: String,
    pub now: String,
    pub why: String,
}

impl Report {
    pub(crate) fn add_page(&mut self, model: &PageModel) {
        self.pages += 1;
        self.types_kept += model.types.len() - model.made.len();
        self.types_made += model.made.len();
        self.types_lowered_away += model.lowered_away.len();
        self.types_on_pages += model.declared;
        self.lowered_away.extend(model.lowered_away.iter().cloned());
        self.made.extend(model.made.iter().cloned());
        self.opaque.extend(model.opaque.iter().cloned());
    }

    pub(crate) fn add_bytes(&mut self, page: &str, why: &str, is_fault: bool) {
        self.opaque.insert(Opaque {
            place: page.to_owned(),
            why: why.to_owned(),
        });
        if is_fault {
            self.faults.push(format!("{page}: {why}"));
        }
    }

    pub(crate) fn note_clashes(&mut self, clashes: &[Clash]) {
        self.named_apart.extend(clashes.iter().map(|clash| NamedApart {
            page: clash.page.clone(),
            name: clash.name.clone(),
            now: clash.now.clone(),
            why: clash.error.to_string(),
        }));
    }

    /// Counts what there is, and makes sure that nothing was lost on the way.
    pub(crate) fn count(&mut self, model: &Model) -> Result<()> {
        self.operations = model.operations.len();
        self.types = model.types.len();
        self.ids = model.ids.len();
        let shared = model.types.iter().filter(|(_, found)| found.pages.len() > 1);
        self.unified = shared.map(|(name, found)| (name.clone(), found.pages.len())).collect();
        let stand: usize = model.types.values().map(|found| found.pages.len()).sum();
        let rows = [
            ("operations of the feed", self.operations_on_feed, self.operations),
            (
                "types on the pages",
                self.types_on_pages,
                self.types_kept + self.types_lowered_away,
            ),
            ("types kept and made", self.types_kept + self.types_made, stand),
        ];
        for (what, before, after) in rows {
            if before != after {
                let what = format!("{before} {what} went in, and {after} came out: this is a fault of codegen");
                return Err(Error::new("count", what));
            }
        }
        Ok(())
    }

    pub(crate) fn note_overlay(&mut self, overlay: &Overlay, left_out: &[Error]) {
        self.overlay_left_out = left_out.iter().map(ToString::to_string).collect();
        self.overlay_entries = overlay.entries() - left_out.len().min(overlay.entries());
        for (name, entry) in &overlay.types {
            self.note_rename(name, entry.name.as_deref());
            for (field, entry) in &entry.fields {
                self.note_rename(&format!("{name}.{field}"), entry.name.as_deref());
            }
        }
        for (name, entry) in &overlay.parameters {
            self.note_rename(&format!("?{name}"), entry.name.as_deref());
        }
        for (page, entry) in &overlay.pages {
            for (name, new) in &entry.types {
                self.note_rename(&format!("{page}: {name}"), Some(new));
            }
        }
    }

    fn note_rename(&mut self, old: &str, new: Option<&str>) {
        if let Some(new) = new {
            self.renamed.insert(old.to_owned(), new.to_owned());
        }
    }

    pub(crate) fn note_undocumented(&mut self, model: &Model) {
        for operation in model.operations.values() {
            if operation.notes.doc.is_empty() {
                self.undocumented.push(operation.name.clone());
            }
        }
        let parameters = model.operations.values().flat_map(|operation| &operation.parameters);
        let parameters = parameters.filter(|parameter| parameter.doc.is_empty());
        let names: BTreeSet<&str> = parameters.map(|parameter| parameter.name.as_str()).collect();
        self.undocumented
            .extend(names.into_iter().map(|name| format!("?{name}")));
        for (name, found) in &model.types {
            if found.doc.is_empty() {
                self.undocumented.push(name.clone());
            }
            let fields = found.kind.fields().iter().filter(|field| field.doc.is_empty());
            self.undocumented
                .extend(fields.map(|field| format!("{name}.{}", local_name(&field.name))));
            if let TypeKind::Enumeration(values) = &found.kind {
                let values = values.iter().filter(|value| value.doc.is_empty());
                self.undocumented
                    .extend(values.map(|value| format!("{name} {:?}", value.value)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Report;
    use crate::Sources;
    use crate::load::load;
    use crate::model::Model;
    use crate::unify::{PageNames, unify};

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

    type Lose = fn(&mut Model, &mut Report);

    fn counted() -> (Model, Report) {
        let mut sources = Sources::default();
        sources.insert("help.atom", FEED);
        sources.insert("GetThing/response.xsd", SCHEMA);
        let unified = load(&sources).and_then(|loaded| unify(&loaded, &PageNames::new()));
        let unified = unified.map_err(|error| error.to_string());
        unified.map_or_else(|error| panic!("{error}"), |unified| (unified.model, unified.report))
    }

    /// What goes wrong on the way: each row loses or invents something.
    #[test]
    fn nothing_is_lost_without_an_error() {
        let rows: [(&str, Lose); 5] = [
            ("1 operations of the feed went in, and 0 came out", |model, _| {
                model.operations.clear();
            }),
            ("1 types kept and made went in, and 0 came out", |model, _| {
                model.types.clear();
            }),
            ("3 types on the pages went in, and 2 came out", |_, report| {
                report.types_on_pages += 1;
            }),
            ("2 types on the pages went in, and 1 came out", |_, report| {
                report.types_lowered_away = 0;
            }),
            ("2 types kept and made went in, and 1 came out", |_, report| {
                report.types_made += 1;
            }),
        ];
        for (expected, lose) in rows {
            let (mut model, mut report) = counted();
            assert!(report.clone().count(&model).is_ok());
            lose(&mut model, &mut report);
            let told = report
                .count(&model)
                .map_or_else(|error| error.to_string(), |()| "nothing".to_owned());
            assert!(told.starts_with(&format!("count: {expected}")), "{told}");
        }
    }
}
