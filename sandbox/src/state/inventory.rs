//! Counts the seats and the stock that are held by baskets or sold since the sandbox started.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use spektrix_v2::{Basket, InstanceId, InstancePlanStatus, PlanId, StockItem, StockItemId};

use super::venue_index::VenueIndex;
use crate::api::Refusal;

/// Something that can be sold out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Resource {
    Seat(InstanceId, PlanId),
    Stock(StockItemId),
}

/// How many of each resource. Ordered, so that a refusal always names the same resource.
type Counts = BTreeMap<Resource, i32>;

/// How many of a resource are in use since the sandbox started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Usage {
    held: i32,
    /// Negative if the basket that the sandbox starts with holds a seat that the venue counts as sold.
    sold: i32,
}

/// The usage of all resources.
#[derive(Debug, Default)]
pub(crate) struct Inventory(HashMap<Resource, Usage>);

impl Inventory {
    /// Holds the items of the basket that the sandbox starts with, even if they are not free. Each item that is not
    /// free is subtracted from the number of sold ones.
    pub(super) fn seed(&mut self, index: &VenueIndex, basket: &Basket) {
        for (resource, count) in count_resources(basket) {
            let missing = (count - self.free(index, resource)).max(0);
            let usage = self.0.entry(resource).or_default();
            usage.held += count;
            usage.sold -= missing;
        }
    }

    /// Holds the items of a changed basket instead of its old items. Either all of them are held, or nothing changes.
    pub(super) fn exchange(&mut self, index: &VenueIndex, old: &Basket, new: &Basket) -> Result<(), Refusal> {
        let mut change = count_resources(new);
        for (resource, count) in count_resources(old) {
            *change.entry(resource).or_default() -= count;
        }
        for (resource, count) in &change {
            let free = self.free(index, *resource);
            if *count > 0 && *count > free {
                return Err(Refusal::invalid(resource.shortage(*count, free)));
            }
        }
        for (resource, count) in change {
            self.0.entry(resource).or_default().held += count;
        }
        Ok(())
    }

    /// Holds the items of a basket, whether they are free or not.
    pub(super) fn hold(&mut self, basket: &Basket) {
        for (resource, count) in count_resources(basket) {
            self.0.entry(resource).or_default().held += count;
        }
    }

    /// Releases the items of a basket.
    pub(super) fn release(&mut self, basket: &Basket) {
        for (resource, count) in count_resources(basket) {
            self.0.entry(resource).or_default().held -= count;
        }
    }

    /// Marks the items of a basket as sold.
    pub(super) fn sell(&mut self, basket: &Basket) {
        for (resource, count) in count_resources(basket) {
            let usage = self.0.entry(resource).or_default();
            usage.held -= count;
            usage.sold += count;
        }
    }

    /// Returns the current status of a plan, given its status at the start. It includes the usage of the plan's parts.
    ///
    /// After an edit, visitors may hold more seats than there are. Then none are available.
    pub(crate) fn status(&self, index: &VenueIndex, initial: &InstancePlanStatus) -> InstancePlanStatus {
        let usage = self.usage_with_parts(index, initial);
        let mut status = initial.clone();
        status.available = available(status.available, usage);
        status.selected += usage.held;
        status.sold += usage.sold;
        status
    }

    /// Returns a stock item with its current level, given the item at the start.
    pub(crate) fn stock_item(&self, initial: &StockItem) -> StockItem {
        let usage = self.usage(Resource::Stock(initial.id));
        let mut item = initial.clone();
        item.stock_level = available(item.stock_level, usage);
        item
    }

    /// Returns the usage of a plan and of its parts.
    fn usage_with_parts(&self, index: &VenueIndex, whole: &InstancePlanStatus) -> Usage {
        let mut sum = Usage::default();
        // Custom data may contain plans that are parts of each other, so each plan is counted once.
        let mut seen = BTreeSet::from([whole.plan]);
        let mut plans = vec![whole];
        while let Some(plan) = plans.pop() {
            let usage = self.usage(Resource::Seat(plan.instance, plan.plan));
            sum.held += usage.held;
            sum.sold += usage.sold;
            let parts = plan.sub_plans.iter().filter(|part| seen.insert(**part));
            plans.extend(parts.filter_map(|part| index.initial_status(plan.instance, *part)));
        }
        sum
    }

    fn free(&self, index: &VenueIndex, resource: Resource) -> i32 {
        let initial = match resource {
            Resource::Seat(instance, plan) => index.initial_status(instance, plan).map(|status| status.available),
            Resource::Stock(item) => index.stock_item(item).map(|item| item.stock_level),
        };
        let usage = self.usage(resource);
        remaining(initial.unwrap_or_default(), usage)
    }

    fn usage(&self, resource: Resource) -> Usage {
        self.0.get(&resource).copied().unwrap_or_default()
    }
}

impl Resource {
    /// Describes a shortage: fewer are free than were requested.
    fn shortage(self, requested: i32, free: i32) -> String {
        match self {
            Self::Seat(instance, plan) => format!(
                "There are not enough seats: {requested} more of plan {plan} at instance {instance} were requested, \
                 and {free} are available."
            ),
            Self::Stock(item) => format!(
                "There is not enough in stock: {requested} more of stock item {item} were requested, and its stock \
                 level is {free}."
            ),
        }
    }
}

/// Returns how many are available of those at the start.
fn available(initial: i32, usage: Usage) -> i32 {
    remaining(initial, usage).max(0)
}

/// Returns how many are left of those at the start, which may be any number: a test sets it. Less than 0 are oversold.
fn remaining(initial: i32, usage: Usage) -> i32 {
    initial.saturating_sub(usage.held).saturating_sub(usage.sold)
}

/// Counts the resources that a basket needs.
fn count_resources(basket: &Basket) -> Counts {
    let seats = basket
        .tickets
        .iter()
        .filter_map(|ticket| Some(Resource::Seat(ticket.instance?, ticket.plan?)));
    let stock = basket
        .merchandise_items
        .iter()
        .filter_map(|item| item.stock_item.map(Resource::Stock));
    let mut counts = Counts::new();
    for resource in seats.chain(stock) {
        *counts.entry(resource).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use spektrix_v2::{Basket, PlanId, Ticket};

    use super::super::venue_index::VenueIndex;
    use super::{Inventory, Usage, available, remaining};
    use crate::venue::{Venue, VenueSettings};

    #[test]
    fn oversold_resources_are_counted() {
        let usage = Usage { held: 2, sold: 3 };
        for (initial, expected) in [(7, 2), (5, 0), (4, -1), (i32::MIN, i32::MIN)] {
            assert_eq!(remaining(initial, usage), expected);
            assert_eq!(available(initial, usage), expected.max(0));
        }
    }

    #[test]
    fn plans_that_contain_each_other_are_counted_once() {
        let mut venue = Venue::new(VenueSettings::on(date(2031, 3, 5)));
        let instance = venue
            .instances
            .iter()
            .find(|instance| instance.plan == PlanId::new(401));
        let instance = instance.expect("an instance").id;
        for status in venue.statuses.iter_mut().filter(|status| status.instance == instance) {
            status.sub_plans = vec![PlanId::new(401), PlanId::new(402)];
        }
        let index = VenueIndex::new(venue);
        let mut inventory = Inventory::default();
        let ticket = Ticket::new().with_instance(instance).with_plan(402);
        inventory.seed(&index, &Basket::new().with_tickets([ticket]));
        for plan in [401, 402] {
            let initial = index.initial_status(instance, PlanId::new(plan)).expect("a status");
            let status = inventory.status(&index, initial);
            assert_eq!(status.selected, initial.selected + 1, "{plan}");
        }
    }
}
