//! Repairs a venue after lists were replaced: adds missing statuses, and removes orders and a basket that no longer apply.

use std::collections::HashSet;

use rust_decimal::Decimal;
use spektrix_v2::{
    Basket, InstanceId, InstancePlanStatus, MerchandiseItem, Plan, PlanId, PrintAtHomeLink, StockItemId, Ticket,
};

use crate::venue::{ALL_SET, Venue};

/// The number of free seats in a plan without parts, for instances that have no status.
const DEFAULT_SEATS: i32 = 100;
/// How deep plans may be nested. Custom data may contain a plan that is a part of itself.
const MAX_DEPTH: u8 = 8;

pub(super) fn repair(venue: &mut Venue) {
    add_missing_statuses(venue);
    let existing = ExistingIds::of(venue);
    venue
        .orders
        .retain(|order| existing.contain_all_of(&order.tickets, &order.merchandise_items));
    let orders: HashSet<_> = venue.orders.iter().map(|order| order.id).collect();
    venue
        .transactions
        .retain(|transaction| transaction.order.is_some_and(|order| orders.contains(&order)));
    let has_instance = |link: &PrintAtHomeLink| link.instance.is_some_and(|id| existing.instances.contains(&id));
    venue.print_at_home_links.retain(has_instance);
    if !existing.contain_all_of(&venue.basket.tickets, &venue.basket.merchandise_items) {
        venue.basket = Basket::new().with_total(Decimal::ZERO);
    }
}

/// The ids that items of baskets and orders can refer to.
struct ExistingIds {
    instances: HashSet<InstanceId>,
    plans: HashSet<PlanId>,
    stock_items: HashSet<StockItemId>,
}

impl ExistingIds {
    fn of(venue: &Venue) -> Self {
        let archived = venue.archive.instances.iter().map(|instance| instance.id);
        let instances = venue.instances.iter().map(|instance| instance.id);
        Self {
            instances: instances.chain(archived).collect(),
            plans: venue.plans.iter().map(|plan| plan.id).collect(),
            stock_items: venue.stock_items.iter().map(|item| item.id).collect(),
        }
    }

    /// Returns whether everything that these items refer to exists.
    fn contain_all_of(&self, tickets: &[Ticket], merchandise: &[MerchandiseItem]) -> bool {
        let has_ticket = |ticket: &Ticket| {
            ticket.instance.is_some_and(|id| self.instances.contains(&id))
                && ticket.plan.is_some_and(|id| self.plans.contains(&id))
        };
        let has_item = |item: &MerchandiseItem| item.stock_item.is_some_and(|id| self.stock_items.contains(&id));
        tickets.iter().all(has_ticket) && merchandise.iter().all(has_item)
    }
}

/// Adds statuses with only free seats for the instances that have none.
pub(super) fn add_missing_statuses(venue: &mut Venue) {
    let with_status: HashSet<_> = venue.statuses.iter().map(|status| status.instance).collect();
    let mut added = Vec::new();
    for instance in &venue.instances {
        if !with_status.contains(&instance.id) {
            add_status(&mut added, &venue.plans, instance.id, instance.plan, MAX_DEPTH);
        }
    }
    venue.statuses.extend(added);
}

/// Adds the status of a plan, then those of its parts. Returns the number of seats of the plan.
fn add_status(
    statuses: &mut Vec<InstancePlanStatus>,
    plans: &[Plan],
    instance: InstanceId,
    plan: PlanId,
    depth: u8,
) -> i32 {
    let Some(plan) = plans.iter().find(|other| other.id == plan).filter(|_| depth > 0) else {
        return 0;
    };
    let index = statuses.len();
    let seats = match plan.sub_plans.as_slice() {
        [] => DEFAULT_SEATS,
        parts => parts
            .iter()
            .map(|part| add_status(statuses, plans, instance, *part, depth - 1))
            .sum(),
    };
    let status = InstancePlanStatus::builder()
        .plan(plan.id)
        .instance(instance)
        .name(plan.name.as_str())
        .available(seats)
        .capacity(seats)
        .locked(0)
        .reserved(0)
        .selected(0)
        .sold(0)
        .bands(plan.bands.clone())
        .sub_plans(plan.sub_plans.clone())
        .build()
        .expect(ALL_SET);
    statuses.insert(index, status);
    seats
}
