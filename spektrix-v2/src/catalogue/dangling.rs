//! Dangling references: those to an object that is not in the catalogue.

use std::fmt;

use super::order::Listed;
use super::{Catalogue, Lists, ObjectId};

/// A reference to an object that is not in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct DanglingReference {
    /// The object that contains the reference.
    pub from: ObjectId,
    /// The object that is not in the catalogue.
    pub to: ObjectId,
}

impl fmt::Display for DanglingReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} refers to {}, which is not in the catalogue", self.from, self.to)
    }
}

/// Returns the dangling references, sorted, each of them once.
pub(super) fn dangling_references(catalogue: &Catalogue) -> Vec<DanglingReference> {
    let mut dangling = Vec::new();
    visit_references(&catalogue.lists, &mut |from, to| {
        if !catalogue.contains(to) {
            dangling.push(DanglingReference { from, to });
        }
    });
    dangling.sort_unstable();
    dangling.dedup();
    dangling
}

/// Calls `visit` for each reference from one object to another.
fn visit_references(lists: &Lists, visit: &mut dyn FnMut(ObjectId, ObjectId)) {
    for event in &lists.events {
        visit_all(event, &event.related_events, visit);
    }
    for instance in &lists.instances {
        visit_all(instance, &[instance.event], visit);
        visit_all(instance, &[instance.plan], visit);
        visit_all(instance, &[instance.price_list], visit);
    }
    for status in &lists.statuses {
        visit_all(status, &[status.instance], visit);
        visit_all(status, &[status.plan], visit);
        visit_all(status, &status.bands, visit);
        visit_all(status, &status.sub_plans, visit);
    }
    for plan in &lists.plans {
        visit_all(plan, &plan.bands, visit);
        visit_all(plan, &plan.sub_plans, visit);
    }
    for list in &lists.price_lists {
        for price in &list.prices {
            visit_all(list, price.band.as_slice(), visit);
            visit_all(list, &[price.ticket_type], visit);
        }
    }
}

fn visit_all<T: Listed, Id: Copy + Into<ObjectId>>(from: &T, ids: &[Id], visit: &mut dyn FnMut(ObjectId, ObjectId)) {
    for id in ids {
        visit(from.id().into(), (*id).into());
    }
}
