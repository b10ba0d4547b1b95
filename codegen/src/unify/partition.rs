//! Finds out which pages mean the same type by a name. The algorithm is partition refinement.
//!
//! Two pages agree on a name if its type has the same parts on both, and if they agree on all types that the parts
//! refer to. Types may refer to each other in cycles, so this cannot be decided type by type. As in Hopcroft's
//! minimization of automata, all pages start in one group per name, and groups are split until nothing changes. The
//! result is the coarsest partition that satisfies the rule.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::lower::LoweredPage;
use crate::model::Type;

/// For each type name, the groups of pages that agree on it, as indices. The largest group is first.
pub(super) type Partition<'a> = BTreeMap<&'a str, Vec<Vec<usize>>>;

/// Returns the partition of all names.
pub(super) fn partition(pages: &[LoweredPage]) -> Partition<'_> {
    let (mut partition, containers) = (one_group_per_name(pages), containers(pages));
    // The worklist holds the names whose groups may have to be split. A set avoids duplicates and fixes the order.
    let mut worklist: BTreeSet<&str> = partition.keys().copied().collect();
    while let Some(name) = worklist.pop_first() {
        let groups = split(pages, &partition, name);
        // Groups are only ever split, so an equal number means that nothing changed. This also guarantees an end.
        if groups.len() != partition[name].len() {
            partition.insert(name, groups);
            // A type that contains this one may now differ between pages that agreed on it so far.
            worklist.extend(containers.get(name).into_iter().flatten());
        }
    }
    for groups in partition.values_mut() {
        // Of groups of the same size, the one with the first page is first, so that the result is deterministic.
        groups.sort_by_key(|group| (Reverse(group.len()), group.first().copied()));
    }
    partition
}

fn one_group_per_name(pages: &[LoweredPage]) -> Partition<'_> {
    let mut partition = Partition::new();
    for (at, page) in pages.iter().enumerate() {
        for name in page.model.types.keys() {
            let groups = partition.entry(name).or_insert_with(|| vec![Vec::new()]);
            groups[0].push(at);
        }
    }
    partition
}

/// Returns, for each type name, the names of the types that contain it on any page.
fn containers(pages: &[LoweredPage]) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut containers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for page in pages {
        for (name, found) in &page.model.types {
            for (_, contained) in found.kind.contained() {
                containers.entry(contained).or_default().insert(name);
            }
        }
    }
    containers
}

/// Returns the groups of one name, given the groups of all names so far.
fn split(pages: &[LoweredPage], partition: &Partition<'_>, name: &str) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for at in partition[name].iter().flatten().copied() {
        // Agreement is transitive, so it is enough to compare with the first page of each group.
        let agrees = |group: &&mut Vec<usize>| {
            let other = group.first().copied().unwrap_or(at);
            let types = (&pages[other].model.types[name], &pages[at].model.types[name]);
            agree(partition, (other, types.0), (at, types.1))
        };
        match groups.iter_mut().find(agrees) {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    groups
}

fn agree(partition: &Partition<'_>, (page, found): (usize, &Type), (other_page, other): (usize, &Type)) -> bool {
    let group_of = |name: &str, page: usize| partition.get(name)?.iter().position(|group| group.contains(&page));
    let mut contained = found.kind.contained().into_iter();
    found.agrees_with(other) && contained.all(|(_, name)| group_of(name, page) == group_of(name, other_page))
}
