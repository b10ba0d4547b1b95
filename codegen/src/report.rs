//! The report of a run: the result for each part of the pages, as data and as text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use crate::error::{Error, Result};
use crate::model::{Model, TypeKind, local_name};
use crate::printable::visible;

/// The result for each part of the pages. The stages fill it in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The operations of the feed, except for those that are left out.
    pub operations_on_feed: usize,
    /// The operations that are rendered.
    pub operations: usize,
    /// The schema pages.
    pub pages: usize,
    /// The named types of each page, summed over the pages.
    pub types_on_pages: usize,
    /// The number of these types that became types in Rust.
    pub types_kept: usize,
    /// The number of these types that were flattened: lists, references, user-defined attributes, and other names for
    /// simple types.
    pub types_flattened: usize,
    /// The types that no page declares, summed over the pages.
    pub types_added: usize,
    /// The types that are rendered, after unifying those of the same name.
    pub types: usize,
    /// The identifiers that are rendered.
    pub ids: usize,
    /// The types that several pages declare, with the number of pages.
    pub unified: BTreeMap<String, usize>,
    /// The types that no page declares: choices, and base types with the types that extend them.
    pub added: BTreeSet<String>,
    /// The types that were flattened.
    pub flattened: BTreeSet<String>,
    /// The names that were changed because another part has the same name. Only a preview continues if there are any.
    pub collisions: Vec<Collision>,
    /// The names that the overlay changed.
    pub renamed: BTreeMap<String, String>,
    /// The parts that are skipped when reading, and the bodies of which only the bytes are known.
    pub skipped: BTreeSet<Skipped>,
    /// The pages that cannot be read, with the reason. Their bodies are bytes.
    pub unreadable: Vec<String>,
    /// The operations that are left out, with the reason. Only a preview continues if there are any.
    pub left_out: Vec<String>,
    /// The pages that the service could not generate.
    pub faults: Vec<String>,
    /// The number of overlay entries that were applied.
    pub overlay_entries: usize,
    /// The overlay entries that could not be applied, with the reason. Only a preview continues if there are any.
    pub overlay_not_applied: Vec<String>,
    /// The parts that the overlay does not document.
    pub undocumented: Vec<String>,
}

/// A part of a page that has no counterpart in Rust.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Skipped {
    /// The location: `GetThing response: Thing/*`.
    pub location: String,
    /// The reason.
    pub reason: String,
}

/// Two parts with the same name in Rust, of which one was renamed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Collision {
    /// The error to report where a collision is not allowed.
    pub error: Error,
    /// The page of the renamed part: `GetEvents response`.
    pub page: String,
    /// Its name on the page.
    pub name: String,
    /// Its new name.
    pub renamed_to: String,
}

impl Report {
    /// Records a body of which only the bytes are known.
    pub(crate) fn record_bytes(&mut self, page: &str, reason: &str, is_fault: bool) {
        self.skipped.insert(Skipped {
            location: page.to_owned(),
            reason: reason.to_owned(),
        });
        if is_fault {
            self.faults.push(format!("{page}: {reason}"));
        }
    }

    /// Records a row of the feed that is not interpreted.
    pub(crate) fn record_row(&mut self, operation: &str, label: &str) {
        self.skipped.insert(Skipped {
            location: format!("{operation} help.atom: the row {label:?}"),
            reason: "a row of an unknown kind".to_owned(),
        });
    }

    /// Records what the overlay does not document.
    pub(crate) fn record_undocumented(&mut self, model: &Model) {
        let operations = model.operations.values();
        let undocumented = operations.clone().filter(|operation| operation.notes.doc.is_empty());
        self.undocumented
            .extend(undocumented.map(|operation| operation.name.clone()));
        let parameters = operations.flat_map(|operation| &operation.parameters);
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

    /// Counts the parts of the model, and checks that no part of the pages was lost.
    pub(crate) fn count(&mut self, model: &Model) -> Result<()> {
        self.operations = model.operations.len();
        self.types = model.types.len();
        self.ids = model.ids.len();
        let shared = model.types.iter().filter(|(_, found)| found.pages.len() > 1);
        self.unified = shared.map(|(name, found)| (name.clone(), found.pages.len())).collect();
        let in_model: usize = model.types.values().map(|found| found.pages.len()).sum();
        let rows = [
            ("operations of the feed", self.operations_on_feed, self.operations),
            (
                "types on the pages",
                self.types_on_pages,
                self.types_kept + self.types_flattened,
            ),
            ("types kept and added", self.types_kept + self.types_added, in_model),
        ];
        for (what, before, after) in rows {
            if before != after {
                let description = format!("{before} {what} went in, but {after} came out: a bug in codegen");
                return Err(Error::new("count", description));
            }
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} operations; {} schema pages with {} types, unified into {} types and {} identifiers",
            self.operations, self.pages, self.types_on_pages, self.types, self.ids
        )?;
        write!(
            f,
            "of the types on the pages, {} became types ({} of them are on several pages) and {} were flattened; {} \
             types were added; {} overlay entries were applied",
            self.types_kept,
            self.unified.len(),
            self.types_flattened,
            self.added.len(),
            self.overlay_entries
        )?;
        let joined = |names: &BTreeSet<String>| names.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        line(
            f,
            "flattened (lists, references, user-defined attributes)",
            &joined(&self.flattened),
        )?;
        line(
            f,
            "added (choices, and base types with the types that extend them)",
            &joined(&self.added),
        )?;
        let renamed = self.renamed.iter().map(|(old, new)| format!("{old} to {new}"));
        line(f, "renamed by the overlay", &renamed.collect::<Vec<_>>().join(", "))?;
        for Collision {
            error,
            page,
            name,
            renamed_to,
        } in &self.collisions
        {
            let text = format!("{name} of {page} is called {renamed_to} ({error})");
            line(f, "name collision", &text)?;
        }
        for Skipped { location, reason } in &self.skipped {
            line(f, "skipped", &format!("{location} ({reason})"))?;
        }
        for page in &self.unreadable {
            line(f, "cannot be read, so its body is bytes", page)?;
        }
        for operation in &self.left_out {
            line(f, "operation left out", operation)?;
        }
        for entry in &self.overlay_not_applied {
            line(f, "not applied", entry)?;
        }
        let undocumented = if self.overlay_entries == 0 {
            format!("{} parts: there is no overlay", self.undocumented.len())
        } else {
            self.undocumented.join(", ")
        };
        line(f, "not documented in the overlay", &undocumented)?;
        for fault in &self.faults {
            line(f, "FAULT of the service", fault)?;
        }
        Ok(())
    }
}

/// Writes a line, unless its text is empty. Names from a page may contain line breaks, so they are escaped.
fn line(f: &mut fmt::Formatter<'_>, label: &str, text: &str) -> fmt::Result {
    if text.is_empty() {
        return Ok(());
    }
    write!(f, "\n{label}: {}", visible(text))
}
