//! What is taken of the seats and of the stock: held by baskets, or sold. What is free is the rest.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use spektrix_v2::{Basket, InstanceId, InstancePlanStatus, PlanId, StockItem, StockItemId};

use super::catalogue::Catalogue;
use crate::service::Refusal;

/// Something of which there are only so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Good {
    Seat(InstanceId, PlanId),
    Stock(StockItemId),
}

/// How many of each good, in a fixed order, so that a refusal always names the same one.
type Counts = BTreeMap<Good, i32>;

/// How many of a good were taken since the sandbox started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) held: i32,
    /// Less than none when a seat that the venue had sold is held by the basket that the sandbox starts with.
    pub(super) sold: i32,
}

/// What is taken of all goods.
#[derive(Debug, Default)]
pub(crate) struct Inventory(HashMap<Good, Taken>);

impl Inventory {
    /// Holds what a basket has, whether it is free or not: of what is not, one fewer was sold.
    pub(super) fn seed(&mut self, catalogue: &Catalogue, basket: &Basket) {
        for (good, count) in goods(basket) {
            let lacking = (count - self.free(catalogue, good)).max(0);
            let taken = self.0.entry(good).or_default();
            taken.held += count;
            taken.sold -= lacking;
        }
    }

    /// Holds what one basket has instead of what another has: all of it, or nothing.
    pub(super) fn exchange(&mut self, catalogue: &Catalogue, old: &Basket, new: &Basket) -> Result<(), Refusal> {
        let mut change = goods(new);
        for (good, count) in goods(old) {
            *change.entry(good).or_default() -= count;
        }
        for (good, count) in &change {
            let free = self.free(catalogue, *good);
            if *count > 0 && *count > free {
                return Err(Refusal::invalid(good.lacks(*count, free)));
            }
        }
        for (good, count) in change {
            self.0.entry(good).or_default().held += count;
        }
        Ok(())
    }

    /// Gives back what a basket holds.
    pub(super) fn release(&mut self, basket: &Basket) {
        for (good, count) in goods(basket) {
            self.0.entry(good).or_default().held -= count;
        }
    }

    /// Sells what a basket holds.
    pub(super) fn sell(&mut self, basket: &Basket) {
        for (good, count) in goods(basket) {
            let taken = self.0.entry(good).or_default();
            taken.held -= count;
            taken.sold += count;
        }
    }

    /// The numbers of a plan at an instance as they are now. A plan has what its parts have together.
    pub(crate) fn status(&self, catalogue: &Catalogue, at_start: &InstancePlanStatus) -> InstancePlanStatus {
        let taken = self.taken_of_plan(catalogue, at_start);
        let mut status = at_start.clone();
        status.available -= taken.held + taken.sold;
        status.selected += taken.held;
        status.sold += taken.sold;
        status
    }

    /// A stock item with the level that it has now.
    pub(crate) fn stock_item(&self, at_start: &StockItem) -> StockItem {
        let taken = self.taken(Good::Stock(at_start.id));
        let mut item = at_start.clone();
        item.stock_level -= taken.held + taken.sold;
        item
    }

    /// What is taken of a plan and of its parts, each counted once, whatever data of one's own says of them.
    fn taken_of_plan(&self, catalogue: &Catalogue, whole: &InstancePlanStatus) -> Taken {
        let mut sum = Taken::default();
        let mut seen = BTreeSet::from([whole.plan]);
        let mut plans = vec![whole];
        while let Some(plan) = plans.pop() {
            let taken = self.taken(Good::Seat(plan.instance, plan.plan));
            sum.held += taken.held;
            sum.sold += taken.sold;
            let parts = plan.sub_plans.iter().filter(|part| seen.insert(**part));
            plans.extend(parts.filter_map(|part| catalogue.seats(plan.instance, *part)));
        }
        sum
    }

    fn free(&self, catalogue: &Catalogue, good: Good) -> i32 {
        let at_start = match good {
            Good::Seat(instance, plan) => catalogue.seats(instance, plan).map(|status| status.available),
            Good::Stock(item) => catalogue.stock_item(item).map(|item| item.stock_level),
        };
        let taken = self.taken(good);
        at_start.unwrap_or_default() - taken.held - taken.sold
    }

    pub(super) fn taken(&self, good: Good) -> Taken {
        self.0.get(&good).copied().unwrap_or_default()
    }
}

impl Good {
    fn lacks(self, wanted: i32, free: i32) -> String {
        match self {
            Self::Seat(instance, plan) => format!(
                "There are not enough seats: {wanted} more of plan {plan} at instance {instance} were asked for, and \
                 {free} are available."
            ),
            Self::Stock(item) => format!(
                "There is not enough in stock: {wanted} more of stock item {item} were asked for, and its stock level \
                 is {free}."
            ),
        }
    }
}

/// What a basket takes.
fn goods(basket: &Basket) -> Counts {
    let seats = basket
        .tickets
        .iter()
        .filter_map(|ticket| Some(Good::Seat(ticket.instance?, ticket.plan?)));
    let stock = basket
        .merchandise_items
        .iter()
        .filter_map(|item| item.stock_item.map(Good::Stock));
    let mut counts = Counts::new();
    for good in seats.chain(stock) {
        *counts.entry(good).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use spektrix_v2::{Basket, PlanId, Ticket};

    use super::super::catalogue::Catalogue;
    use super::Inventory;
    use crate::venue::{Setting, Venue};

    #[test]
    fn plans_that_contain_each_other_are_counted_once() {
        let mut venue = Venue::open(Setting::on(date(2031, 3, 5)));
        let instance = venue.instances.iter().find(|one| one.plan == PlanId::new(401));
        let instance = instance.expect("an instance").id;
        for status in venue.statuses.iter_mut().filter(|status| status.instance == instance) {
            status.sub_plans = vec![PlanId::new(401), PlanId::new(402)];
        }
        let catalogue = Catalogue::new(venue);
        let mut inventory = Inventory::default();
        let ticket = Ticket::new().with_instance(instance).with_plan(402);
        inventory.seed(&catalogue, &Basket::new().with_tickets([ticket]));
        for plan in [401, 402] {
            let at_start = catalogue.seats(instance, PlanId::new(plan)).expect("a status");
            let now = inventory.status(&catalogue, at_start);
            assert_eq!(now.selected, at_start.selected + 1, "{plan}");
        }
    }
}
