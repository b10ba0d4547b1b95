//! What became of everything on the pages: counts in, counts out, and what is left to say.

use std::collections::BTreeSet;
use std::fmt;

use crate::lower::shape::PageModel;
use crate::model::{Model, TypeKind};

/// What became of the pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Schema pages read.
    pub pages: usize,
    /// Named types on them, each page counted for itself.
    pub types_on_pages: usize,
    /// Operations rendered.
    pub operations: usize,
    /// Types rendered, after those of one name were unified.
    pub types: usize,
    /// Identifiers rendered.
    pub ids: usize,
    /// Types that are nothing but a list, a reference or a user-defined attribute, by name.
    pub lowered_away: BTreeSet<String>,
    /// Parts that the overlay says nothing about.
    pub undocumented: Vec<String>,
}

impl Report {
    pub(crate) fn add_page(&mut self, _page: &str, model: &PageModel) {
        self.pages += 1;
        self.types_on_pages += model.types.len() + model.lowered_away.len();
        self.lowered_away.extend(model.lowered_away.iter().cloned());
    }

    pub(crate) fn count(&mut self, model: &Model) {
        self.operations = model.operations.len();
        self.types = model.types.len();
        self.ids = model.ids.len();
    }

    pub(crate) fn note_undocumented(&mut self, model: &Model) {
        let operations = model
            .operations
            .values()
            .filter(|operation| operation.notes.doc.is_empty());
        self.undocumented
            .extend(operations.map(|operation| operation.name.clone()));
        for (name, found) in &model.types {
            if found.doc.is_empty() {
                self.undocumented.push(name.clone());
            }
            if let TypeKind::Struct(fields) = &found.kind {
                let fields = fields.iter().filter(|field| field.doc.is_empty());
                self.undocumented
                    .extend(fields.map(|field| format!("{name}.{}", field.name)));
            }
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} operations; {} schema pages with {} types, unified into {} types and {} identifiers",
            self.operations, self.pages, self.types_on_pages, self.types, self.ids
        )?;
        let lowered: Vec<&str> = self.lowered_away.iter().map(String::as_str).collect();
        write!(
            f,
            "lowered away (lists, references, user-defined attributes): {}",
            lowered.join(", ")
        )?;
        if !self.undocumented.is_empty() {
            write!(f, "\nnot documented in the overlay: {}", self.undocumented.join(", "))?;
        }
        Ok(())
    }
}
