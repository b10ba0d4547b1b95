//! Renames types and identifiers of the same name that differ between pages.
//!
//! Each renaming is returned as a [`Collision`], with the error to report where collisions are not allowed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::partition;
use crate::error::Error;
use crate::lower::{LoweredPage, PageModel};
use crate::model::{self, Id, PageTypeNames, Primitive, Type, TypeKind, Value};
use crate::names;
use crate::report::Collision;

/// Applies the names that the overlay gives to types of single pages. Returns an error for each that does not apply.
pub(super) fn apply_names(pages: &mut [LoweredPage], names: &PageTypeNames) -> Vec<Error> {
    let mut not_applied = Vec::new();
    for (page, names) in names {
        let mut refuse = |problem: String| {
            not_applied.push(Error::new(
                format!("overlay entry [page.\"{page}\".types]"),
                format!("{problem}, so this entry does not apply. Remove it, or correct its name"),
            ));
        };
        let Some(found) = pages.iter_mut().find(|found| found.name() == *page) else {
            refuse("no operation has this schema page".to_owned());
            continue;
        };
        let names = names.clone().into_iter();
        let (known, unknown): (BTreeMap<_, _>, BTreeMap<_, _>) =
            names.partition(|(name, _)| found.model.types.contains_key(name));
        for name in unknown.keys() {
            refuse(format!("the page has no type {name}"));
        }
        rename_types(&mut found.model, &known);
    }
    not_applied
}

/// Renames the types on which pages disagree. The type that most pages have keeps its name; the others are named after
/// the first operation that has them.
pub(super) fn types(pages: &mut [LoweredPage]) -> Vec<Collision> {
    let mut collisions = Vec::new();
    // The new names are applied at the end, so that the partition and all decisions refer to the names on the pages.
    let mut new_names: BTreeMap<usize, BTreeMap<String, String>> = BTreeMap::new();
    let partition = partition::partition(pages);
    // Names are compared as they are in Rust, because two names on the pages may become one.
    let mut taken: BTreeSet<String> = partition.keys().map(|name| names::type_name(name)).collect();
    for (name, groups) in &partition {
        let Some((largest, others)) = groups.split_first() else {
            continue;
        };
        let kept = largest.first().map(|page| &pages[*page].model.types[*name]);
        for group in others {
            let first = &pages[group[0]];
            let renamed_to = free_name(&taken, name, first);
            taken.insert(names::type_name(&renamed_to));
            collisions.push(Collision {
                error: Error::new(first.name(), difference(name, kept, &first.model.types[*name])),
                page: first.name(),
                name: (*name).to_owned(),
                renamed_to: renamed_to.clone(),
            });
            for page in group {
                let of_page = new_names.entry(*page).or_default();
                of_page.insert((*name).to_owned(), renamed_to.clone());
            }
        }
    }
    for (page, names) in new_names {
        rename_types(&mut pages[page].model, &names);
    }
    collisions
}

/// Returns a free name after the operation: `EventInGetPlans`, `EventInAddPlanRequest`.
fn free_name(taken: &BTreeSet<String>, name: &str, page: &LoweredPage) -> String {
    let side = if page.side == "request" { "Request" } else { "" };
    let name = format!("{name}In{}{side}", names::type_name(&page.operation));
    let numbered = (2..).map(|number| format!("{name}No{number}"));
    let mut candidates = std::iter::once(name.clone()).chain(numbered);
    let free = candidates.find(|name| !taken.contains(&names::type_name(name)));
    free.unwrap_or(name)
}

fn difference(name: &str, known: Option<&Type>, new: &Type) -> String {
    let page = known.and_then(|known| known.pages.first());
    let other = page.map_or("another page", String::as_str);
    let part = match (known.map(|known| &known.kind), &new.kind) {
        (Some(TypeKind::Struct(known)), TypeKind::Struct(new)) => {
            match known.iter().zip(new).find(|(known, new)| !known.agrees_with(new)) {
                Some((known, new)) if known.name == new.name => format!(" (in {})", known.name),
                Some((known, new)) => format!(" (it has {} where the other one has {})", new.name, known.name),
                // All fields are equal, so the partition split the group because of a type that they refer to.
                None if known.len() == new.len() => " (in a type that it contains)".to_owned(),
                None => " (one has more fields)".to_owned(),
            }
        }
        _ => String::new(),
    };
    format!(
        "the type {name} differs from the one on the page {other}{part}. If they are different types, rename one in \
         the overlay: [page.\"<page>\".types] {name} = \"<name>\""
    )
}

/// Renames types of a page, and everything that refers to them.
fn rename_types(page: &mut PageModel, names: &BTreeMap<String, String>) {
    page.body.rename_type(names);
    model::rename_types(&mut page.types, names);
    // The report lists them by their new names too, or the counts would not match.
    page.added = std::mem::take(&mut page.added)
        .into_iter()
        .map(|name| names.get(&name).cloned().unwrap_or(name))
        .collect();
}

/// Renames the identifiers of the same name that wrap different types. The one that most pages have keeps its name; the
/// names of the others include the type that they wrap.
pub(super) fn ids(pages: &mut [LoweredPage]) -> Vec<Collision> {
    let mut collisions = Vec::new();
    let mut renames = Vec::new();
    for (name, kinds) in pages_of_ids(pages) {
        let mut kinds: Vec<(Primitive, Vec<usize>)> = kinds.into_iter().collect();
        kinds.sort_by_key(|(_, pages)| (Reverse(pages.len()), pages[0]));
        let known = &pages[kinds[0].1[0]].model.ids[name];
        for (inner, on_pages) in &kinds[1..] {
            let page = &pages[on_pages[0]];
            let renamed_to = names::id_with_type(name, inner.xsd_name());
            collisions.push(Collision {
                error: Error::new(page.name(), id_difference(name, &page.model.ids[name], known)),
                page: page.name(),
                name: name.to_owned(),
                renamed_to: renamed_to.clone(),
            });
            renames.extend(on_pages.iter().map(|page| (*page, name.to_owned(), renamed_to.clone())));
        }
    }
    for (page, name, renamed_to) in renames {
        rename_id(&mut pages[page].model, &name, &renamed_to);
    }
    // Collisions within a page were resolved when it was lowered.
    for page in pages.iter() {
        let within_page = page.model.id_collisions.iter();
        collisions.extend(within_page.map(|collision| Collision {
            error: collision.error.clone(),
            page: page.name(),
            name: collision.name.clone(),
            renamed_to: collision.renamed_to.clone(),
        }));
    }
    collisions
}

/// Returns, for each identifier, the pages that have it, by the type that it wraps there.
fn pages_of_ids(pages: &[LoweredPage]) -> BTreeMap<&str, BTreeMap<Primitive, Vec<usize>>> {
    let mut found: BTreeMap<&str, BTreeMap<Primitive, Vec<usize>>> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        for (name, id) in &page.model.ids {
            found.entry(name).or_default().entry(id.inner).or_default().push(at);
        }
    }
    found
}

fn id_difference(name: &str, new: &Id, known: &Id) -> String {
    format!(
        "{name} identifies {} by {}, but {} by {} on other pages. Fetch the pages again; if they still differ, add a \
         rule in codegen/src/lower/page_model.rs",
        new.subject,
        new.inner.xsd_name(),
        known.subject,
        known.inner.xsd_name()
    )
}

fn rename_id(page: &mut PageModel, name: &str, renamed_to: &str) {
    if let Some(id) = page.ids.remove(name) {
        page.ids.insert(renamed_to.to_owned(), id);
    }
    let values = page.types.values_mut().flat_map(|found| found.kind.values_mut());
    for value in values.chain(page.body.value_mut()) {
        if *value == Value::Id(name.to_owned()) {
            *value = Value::Id(renamed_to.to_owned());
        }
    }
}
