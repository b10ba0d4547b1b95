//! References that lead nowhere.

use std::collections::BTreeSet;
use std::fmt;

use super::{Catalogue, Object};

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

/// Each of them once.
pub(super) fn missing(catalogue: &Catalogue) -> Vec<Missing> {
    let all = events(catalogue)
        .chain(instances(catalogue))
        .chain(statuses(catalogue))
        .chain(plans(catalogue))
        .chain(prices(catalogue));
    let missing: BTreeSet<_> = all
        .filter(|(_, to)| !catalogue.holds(*to))
        .map(|(from, to)| Missing { from, to })
        .collect();
    missing.into_iter().collect()
}

type Reference = (Object, Object);

fn events(catalogue: &Catalogue) -> impl Iterator<Item = Reference> {
    catalogue.events.values().flat_map(|event| {
        let related = event.related_events.iter().map(|id| Object::Event(*id));
        related.map(|to| (Object::Event(event.id), to))
    })
}

fn instances(catalogue: &Catalogue) -> impl Iterator<Item = Reference> {
    catalogue.instances.values().flat_map(|instance| {
        let to = [
            Object::Event(instance.event),
            Object::Plan(instance.plan),
            Object::PriceList(instance.price_list),
        ];
        to.map(|to| (Object::Instance(instance.id), to))
    })
}

fn statuses(catalogue: &Catalogue) -> impl Iterator<Item = Reference> {
    catalogue.statuses.values().flat_map(|status| {
        let own = [Object::Instance(status.instance), Object::Plan(status.plan)];
        let bands = status.bands.iter().map(|id| Object::Band(*id));
        let plans = status.sub_plans.iter().map(|id| Object::Plan(*id));
        let to = own.into_iter().chain(bands).chain(plans);
        to.map(|to| (Object::Status(status.instance, status.plan), to))
    })
}

fn plans(catalogue: &Catalogue) -> impl Iterator<Item = Reference> {
    catalogue.plans.values().flat_map(|plan| {
        let bands = plan.bands.iter().map(|id| Object::Band(*id));
        let plans = plan.sub_plans.iter().map(|id| Object::Plan(*id));
        bands.chain(plans).map(|to| (Object::Plan(plan.id), to))
    })
}

fn prices(catalogue: &Catalogue) -> impl Iterator<Item = Reference> {
    catalogue.price_lists.values().flat_map(|list| {
        let to = list.prices.iter().flat_map(|price| {
            let band = price.band.map(Object::Band);
            band.into_iter().chain([Object::TicketType(price.ticket_type)])
        });
        to.map(|to| (Object::PriceList(list.id), to))
    })
}

impl Catalogue {
    /// Whether the object is in the catalogue.
    pub fn holds(&self, object: Object) -> bool {
        match object {
            Object::Event(id) => self.events.contains_key(&id),
            Object::Instance(id) => self.instances.contains_key(&id),
            Object::Status(instance, plan) => self.statuses.contains_key(&(instance, plan)),
            Object::Plan(id) => self.plans.contains_key(&id),
            Object::PriceList(id) => self.price_lists.contains_key(&id),
            Object::Band(id) => self.bands.contains_key(&id),
            Object::TicketType(id) => self.ticket_types.contains_key(&id),
        }
    }
}
