//! References that lead nowhere.

use std::fmt;

use super::order::{Listed, sorted};
use super::{Catalogue, Lists, Object};

/// A reference to an object that is not in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Missing {
    /// What refers to it.
    pub from: Object,
    /// What is not there.
    pub to: Object,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} refers to {}, which is not in the catalogue", self.from, self.to)
    }
}

/// Each of them once, in order.
pub(super) fn missing(catalogue: &Catalogue) -> Vec<Missing> {
    let mut missing = Vec::new();
    each_reference(&catalogue.lists, &mut |from, to| {
        if !catalogue.holds(to) {
            missing.push(Missing { from, to });
        }
    });
    let mut order = sorted(missing.len(), &|one, other| missing[one].cmp(&missing[other]));
    order.dedup_by_key(|at| missing[*at]);
    order.into_iter().map(|at| missing[at]).collect()
}

fn each_reference(lists: &Lists, found: &mut dyn FnMut(Object, Object)) {
    for event in &lists.events {
        each(event, &event.related_events, found);
    }
    for instance in &lists.instances {
        each(instance, &[instance.event], found);
        each(instance, &[instance.plan], found);
        each(instance, &[instance.price_list], found);
    }
    for status in &lists.statuses {
        each(status, &[status.instance], found);
        each(status, &[status.plan], found);
        each(status, &status.bands, found);
        each(status, &status.sub_plans, found);
    }
    for plan in &lists.plans {
        each(plan, &plan.bands, found);
        each(plan, &plan.sub_plans, found);
    }
    for list in &lists.price_lists {
        for price in &list.prices {
            each(list, price.band.as_slice(), found);
            each(list, &[price.ticket_type], found);
        }
    }
}

fn each<T: Listed, Id: Copy + Into<Object>>(from: &T, ids: &[Id], found: &mut dyn FnMut(Object, Object)) {
    for id in ids {
        found(from.id().into(), (*id).into());
    }
}

impl Catalogue {
    /// Whether the object is in the catalogue.
    pub fn holds(&self, object: Object) -> bool {
        match object {
            Object::Event(id) => self.event(id).is_some(),
            Object::Instance(id) => self.instance(id).is_some(),
            Object::Status(instance, plan) => self.status(instance, plan).is_some(),
            Object::Plan(id) => self.plan(id).is_some(),
            Object::PriceList(id) => self.price_list(id).is_some(),
            Object::Band(id) => self.band(id).is_some(),
            Object::TicketType(id) => self.ticket_type(id).is_some(),
        }
    }
}
