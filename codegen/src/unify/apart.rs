//! One name for different things on different pages: all but one get another name, and an error says what clashed.

use std::collections::{BTreeMap, BTreeSet};

use super::groups;
use super::pages::{LoweredPage, renamed};
use crate::error::Error;
use crate::model::{Id, Primitive, Type, TypeKind, Value};
use crate::names;

/// Two things of one name, and what one of them is called now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// What clashed, and what to do where that is not allowed.
    pub error: Error,
    /// The page: `GetEvents response`.
    pub page: String,
    /// The name on the page.
    pub name: String,
    /// The name that it has now.
    pub now: String,
}

/// Types of one name that differ are told apart by the operation that has them; those of most pages keep the name.
pub(super) fn types(pages: &mut [LoweredPage]) -> Vec<Clash> {
    let mut clashes = Vec::new();
    let mut names: BTreeMap<usize, BTreeMap<String, String>> = BTreeMap::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let groups = groups::of(pages);
    taken.extend(groups.keys().map(|name| names::type_name(name)));
    for (name, groups) in &groups {
        let Some((kept, others)) = groups.split_first().filter(|(_, others)| !others.is_empty()) else {
            continue;
        };
        let kept = kept.first().map(|page| &pages[*page].model.types[*name]);
        for group in others {
            let first = &pages[group[0]];
            let now = free_name(&taken, name, first);
            taken.insert(names::type_name(&now));
            clashes.push(Clash {
                error: Error::new(first.name(), differs(name, kept, &first.model.types[*name])),
                page: first.name(),
                name: (*name).to_owned(),
                now: now.clone(),
            });
            for page in group {
                names.entry(*page).or_default().insert((*name).to_owned(), now.clone());
            }
        }
    }
    for (page, names) in names {
        renamed(&mut pages[page].model, &names);
    }
    clashes
}

/// `EventInGetPlans`, `EventInAddPlanRequest`
fn free_name(taken: &BTreeSet<String>, name: &str, page: &LoweredPage) -> String {
    let side = if page.side == "request" { "Request" } else { "" };
    let name = format!("{name}In{}{side}", names::type_name(&page.operation));
    let mut candidates = std::iter::once(name.clone()).chain((2..).map(|number| format!("{name}No{number}")));
    let free = candidates.find(|name| !taken.contains(&names::type_name(name)));
    free.unwrap_or(name)
}

fn differs(name: &str, known: Option<&Type>, new: &Type) -> String {
    let page = known.and_then(|known| known.pages.first());
    let other = page.map_or("another page", String::as_str);
    let part = match (known.map(|known| &known.kind), &new.kind) {
        (Some(TypeKind::Struct(known)), TypeKind::Struct(new)) => {
            let differing = known.iter().zip(new).find(|(known, new)| known != new);
            match differing {
                Some((known, new)) if known.name == new.name => format!(" (in {})", known.name),
                Some((known, new)) => format!(" (where {} stands, {} stood there)", new.name, known.name),
                None if known.len() == new.len() => " (in a type that it holds)".to_owned(),
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

/// Identifiers of one name that are made of different things: all but those of most pages say what they are made of.
pub(super) fn ids(pages: &mut [LoweredPage]) -> Vec<Clash> {
    let mut made_of: BTreeMap<&str, BTreeMap<Primitive, Vec<usize>>> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        for (name, id) in &page.model.ids {
            made_of.entry(name).or_default().entry(id.inner).or_default().push(at);
        }
    }
    let (mut clashes, mut renames) = (Vec::new(), Vec::new());
    for (name, kinds) in made_of.into_iter().filter(|(_, kinds)| kinds.len() > 1) {
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        kinds.sort_by_key(|(_, pages)| (std::cmp::Reverse(pages.len()), pages[0]));
        let known = &pages[kinds[0].1[0]].model.ids[name];
        for (inner, on) in &kinds[1..] {
            let page = &pages[on[0]];
            let new = &page.model.ids[name];
            let now = names::id_made_of(name, *inner);
            clashes.push(Clash {
                error: Error::new(page.name(), disagree(name, new, known)),
                page: page.name(),
                name: name.to_owned(),
                now: now.clone(),
            });
            renames.extend(on.iter().map(|page| (*page, name.to_owned(), now.clone())));
        }
    }
    for (page, name, now) in renames {
        rename_id(&mut pages[page], &name, &now);
    }
    let within = pages.iter().flat_map(|page| {
        let clashes = page.model.id_clashes.iter();
        clashes.map(|(name, now, error)| Clash {
            error: error.clone(),
            page: page.name(),
            name: name.clone(),
            now: now.clone(),
        })
    });
    clashes.extend(within);
    clashes
}

fn disagree(name: &str, new: &Id, known: &Id) -> String {
    format!(
        "{name} identifies {} by {}, and elsewhere {} by {}: pages must agree on one, so fetch them again; if it stays \
         so, codegen/src/lower/shape.rs needs a rule",
        new.subject,
        new.inner.xsd_name(),
        known.subject,
        known.inner.xsd_name()
    )
}

fn rename_id(page: &mut LoweredPage, name: &str, now: &str) {
    if let Some(id) = page.model.ids.remove(name) {
        page.model.ids.insert(now.to_owned(), id);
    }
    let kinds = page.model.types.values_mut().flat_map(|found| found.kind.values_mut());
    for value in kinds.chain(page.model.body.value_mut()) {
        if *value == Value::Id(name.to_owned()) {
            *value = Value::Id(now.to_owned());
        }
    }
}
