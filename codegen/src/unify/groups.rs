//! Types of one name on several pages: which of them are the same, with all that they hold.

use std::collections::{BTreeMap, BTreeSet};

use super::pages::LoweredPage;
use crate::model::Type;

/// By name, the pages that mean the same by it, in groups; the largest group first, then by page.
pub(super) type Groups<'a> = BTreeMap<&'a str, Vec<Vec<usize>>>;

/// Groups the pages of every name. Groups are split until nothing in them holds types of different groups.
pub(super) fn of(pages: &[LoweredPage]) -> Groups<'_> {
    let (mut groups, holders) = (Groups::new(), holders(pages));
    for (at, page) in pages.iter().enumerate() {
        for name in page.model.types.keys() {
            let all = groups.entry(name).or_insert_with(|| vec![Vec::new()]);
            for group in all {
                group.push(at);
            }
        }
    }
    let mut next: BTreeSet<&str> = groups.keys().copied().collect();
    while let Some(name) = next.pop_first() {
        let split = split(pages, &groups, name);
        if split.len() != groups[name].len() {
            groups.insert(name, split);
            next.extend(holders.get(name).into_iter().flatten());
        }
    }
    for found in groups.values_mut() {
        found.sort_by_key(|group| (std::cmp::Reverse(group.len()), group.first().copied()));
    }
    groups
}

/// Which types hold a type, on any page.
fn holders(pages: &[LoweredPage]) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut holders: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for page in pages {
        for (name, found) in &page.model.types {
            for (_, held) in found.kind.held() {
                holders.entry(held).or_default().insert(name);
            }
        }
    }
    holders
}

fn split(pages: &[LoweredPage], groups: &Groups<'_>, name: &str) -> Vec<Vec<usize>> {
    let mut split: Vec<Vec<usize>> = Vec::new();
    for at in groups[name].iter().flatten().copied() {
        let same = |group: &&mut Vec<usize>| {
            let other = group.first().copied().unwrap_or(at);
            same(
                groups,
                (other, &pages[other].model.types[name]),
                (at, &pages[at].model.types[name]),
            )
        };
        match split.iter_mut().find(same) {
            Some(group) => group.push(at),
            None => split.push(vec![at]),
        }
    }
    split
}

fn same(groups: &Groups<'_>, (page, found): (usize, &Type), (other_page, other): (usize, &Type)) -> bool {
    let group = |name: &str, page: usize| groups.get(name)?.iter().position(|group| group.contains(&page));
    let mut held = found.kind.held().into_iter();
    found.kind == other.kind && held.all(|(_, name)| group(name, page) == group(name, other_page))
}
