//! One page joins the model: where it calls something by a name that is taken, they must be the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Error, Result};
use crate::lower::shape::PageModel;
use crate::model::{self, Body, Model, Type, TypeKind};

/// What becomes of one name for two types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Naming {
    /// It is an error, unless the overlay gives one of them another name: by page, old name, new name.
    Overlay(BTreeMap<String, BTreeMap<String, String>>),
    /// The later one is called after its page as well. For comparing pages, where any will do.
    KeepApart,
}

impl Default for Naming {
    fn default() -> Self {
        Self::Overlay(BTreeMap::new())
    }
}

impl Naming {
    /// What the overlay calls some of these types.
    pub(super) fn new_names(&self, page: &str, types: &BTreeSet<String>) -> BTreeSet<String> {
        let Self::Overlay(pages) = self else {
            return BTreeSet::new();
        };
        let names = pages.get(page).into_iter().flatten();
        names
            .filter(|(old, _)| types.contains(*old))
            .map(|(_, new)| new.clone())
            .collect()
    }
}

/// Joins a page to the model, and answers the body that it describes.
pub(super) fn merge(page: &str, mut lowered: PageModel, naming: &Naming, model: &mut Model) -> Result<Body> {
    match naming {
        Naming::Overlay(pages) => {
            if let Some(names) = pages.get(page) {
                lowered = checked(page, lowered, names)?;
            }
        }
        Naming::KeepApart => lowered = apart(page, lowered, model),
    }
    for (name, new) in lowered.types {
        match model.types.get_mut(&name) {
            None => drop(model.types.insert(name, new)),
            Some(known) if known.kind == new.kind => known.pages.extend(new.pages),
            Some(known) => {
                let what = differs(&name, known, &new);
                return Err(Error::new(page, what));
            }
        }
    }
    for (name, new) in lowered.ids {
        match model.ids.get(&name) {
            Some(known) if known.inner != new.inner && *naming != Naming::KeepApart => {
                let what = format!(
                    "{name} identifies {} by {}, and elsewhere {} by {}: pages must agree on one, so fetch them again; if \
                     it stays so, codegen/src/lower/shape.rs needs a rule",
                    new.subject,
                    new.inner.xsd_name(),
                    known.subject,
                    known.inner.xsd_name()
                );
                return Err(Error::new(page, what));
            }
            Some(known) if known.subject <= new.subject => {}
            _ => drop(model.ids.insert(name, new)),
        }
    }
    Ok(lowered.body)
}

fn differs(name: &str, known: &Type, new: &Type) -> String {
    let other = known.pages.first().map_or("another page", String::as_str);
    let part = match (&known.kind, &new.kind) {
        (TypeKind::Struct(known), TypeKind::Struct(new)) => {
            let differing = known.iter().zip(new).find(|(known, new)| known != new);
            match differing {
                Some((known, new)) if known.name == new.name => format!(" (in {})", known.name),
                Some((known, new)) => format!(" (where {} stands, {} stood there)", new.name, known.name),
                None => " (one has more parts)".to_owned(),
            }
        }
        _ => String::new(),
    };
    format!(
        "the type {name} differs from the one on the page {other}{part}; pages must agree, or one of them gets another \
         name in the overlay: [page.\"<page>\".types] {name} = \"<name>\""
    )
}

/// Renames, if the page has what is to be renamed.
fn checked(page: &str, lowered: PageModel, names: &BTreeMap<String, String>) -> Result<PageModel> {
    if let Some(name) = names.keys().find(|name| !lowered.types.contains_key(*name)) {
        let what =
            format!("the page has no type {name}, so this entry no longer applies: remove it, or correct its name");
        return Err(Error::new(format!("overlay entry [page.\"{page}\".types]"), what));
    }
    Ok(renamed(lowered, names))
}

fn renamed(mut lowered: PageModel, names: &BTreeMap<String, String>) -> PageModel {
    lowered.body.rename_type(names);
    model::rename_types(&mut lowered.types, names);
    lowered
}

/// Renames what clashes with the model, and what clashes because of that.
fn apart(page: &str, mut lowered: PageModel, model: &Model) -> PageModel {
    loop {
        let clashes = lowered.types.iter().filter(|(name, new)| {
            let known = model.types.get(*name);
            known.is_some_and(|known| known.kind != new.kind)
        });
        let names: BTreeMap<String, String> = clashes
            .map(|(name, _)| (name.clone(), format!("{name} ({page})")))
            .collect();
        if names.is_empty() {
            return lowered;
        }
        lowered = renamed(lowered, &names);
    }
}
