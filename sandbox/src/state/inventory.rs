//! What is taken of the seats and of the stock: held by baskets, or sold. What is free is the rest.

use std::collections::{BTreeMap, HashMap};

use spektrix_v2::{Basket, InstanceId, InstancePlanStatus, PlanId, StockItem, StockItemId};

use super::catalogue::Catalogue;
use crate::service::Fault;

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
    pub(super) fn exchange(&mut self, catalogue: &Catalogue, old: &Basket, new: &Basket) -> Result<(), Fault> {
        let mut change = goods(new);
        for (good, count) in goods(old) {
            *change.entry(good).or_default() -= count;
        }
        for (good, count) in &change {
            let free = self.free(catalogue, *good);
            if *count > 0 && *count > free {
                return Err(Fault::invalid(good.lacks(*count, free)));
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

    fn taken_of_plan(&self, catalogue: &Catalogue, status: &InstancePlanStatus) -> Taken {
        let parts = status
            .sub_plans
            .iter()
            .filter_map(|part| catalogue.seats(status.instance, *part));
        let own = self.taken(Good::Seat(status.instance, status.plan));
        parts.fold(own, |sum, part| {
            let part = self.taken_of_plan(catalogue, part);
            Taken {
                held: sum.held + part.held,
                sold: sum.sold + part.sold,
            }
        })
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
