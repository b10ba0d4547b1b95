//! Makes a venue whole again whose lists were replaced: seats for every instance, and nothing that refers to what is gone.

use std::collections::HashSet;

use rust_decimal::Decimal;
use spektrix_v2::{Basket, InstanceId, InstancePlanStatus, MerchandiseItem, Order, Plan, PlanId, StockItemId, Ticket};

use crate::venue::Venue;

/// How many seats a plan has of which nothing else is known.
const SEATS: i32 = 100;

pub(super) fn repair(venue: &mut Venue) {
    add_statuses(venue);
    let goods = Goods::of(venue);
    venue.orders.retain(|order| goods.has_order(order));
    let orders: HashSet<_> = venue.orders.iter().map(|order| order.id).collect();
    venue
        .transactions
        .retain(|one| one.order.is_some_and(|order| orders.contains(&order)));
    let links = &mut venue.print_at_home_links;
    links.retain(|one| one.instance.is_some_and(|instance| goods.instances.contains(&instance)));
    if !goods.has(&venue.basket.tickets, &venue.basket.merchandise_items) {
        venue.basket = Basket::new().with_total(Decimal::ZERO);
    }
}

/// What can still be bought, or could once.
struct Goods {
    instances: HashSet<InstanceId>,
    plans: HashSet<PlanId>,
    stock_items: HashSet<StockItemId>,
}

impl Goods {
    fn of(venue: &Venue) -> Self {
        let archived = [venue.archive.instance.id];
        Self {
            instances: venue.instances.iter().map(|one| one.id).chain(archived).collect(),
            plans: venue.plans.iter().map(|one| one.id).collect(),
            stock_items: venue.stock_items.iter().map(|one| one.id).collect(),
        }
    }

    fn has_order(&self, order: &Order) -> bool {
        self.has(&order.tickets, &order.merchandise_items)
    }

    fn has(&self, tickets: &[Ticket], merchandise: &[MerchandiseItem]) -> bool {
        tickets.iter().all(|one| {
            one.instance.is_some_and(|id| self.instances.contains(&id))
                && one.plan.is_some_and(|id| self.plans.contains(&id))
        }) && merchandise
            .iter()
            .all(|one| one.stock_item.is_some_and(|id| self.stock_items.contains(&id)))
    }
}

/// An instance whose seats nobody has counted has all of them free.
fn add_statuses(venue: &mut Venue) {
    let counted: HashSet<_> = venue.statuses.iter().map(|status| status.instance).collect();
    let mut added = Vec::new();
    for instance in venue.instances.iter().filter(|one| !counted.contains(&one.id)) {
        // A plan that is a part of itself has no end; nothing real is deeper.
        add(&mut added, &venue.plans, instance.id, instance.plan, 8);
    }
    venue.statuses.extend(added);
}

/// Adds the status of a plan and of its parts, the whole before its parts, and answers how many seats it has.
fn add(statuses: &mut Vec<InstancePlanStatus>, plans: &[Plan], instance: InstanceId, plan: PlanId, depth: u8) -> i32 {
    let Some(plan) = plans.iter().find(|one| one.id == plan).filter(|_| depth > 0) else {
        return 0;
    };
    let place = statuses.len();
    let seats = match plan.sub_plans.as_slice() {
        [] => SEATS,
        parts => parts
            .iter()
            .map(|part| add(statuses, plans, instance, *part, depth - 1))
            .sum(),
    };
    let mut status = InstancePlanStatus::new(plan.id, instance, plan.name.as_str(), seats, seats, 0, 0, 0, 0);
    status.bands.clone_from(&plan.bands);
    status.sub_plans.clone_from(&plan.sub_plans);
    statuses.insert(place, status);
    seats
}
