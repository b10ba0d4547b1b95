//! Availability: how many seats are left, and whether tickets are sold now.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Catalogue;
use crate::generated::ids::{InstanceId, PlanId};
use crate::generated::types::{Instance, InstancePlanStatus, Plan};

/// How many seats are left at an instance, or in one of its plans, and whether tickets are sold.
///
/// Its counts are as old as the catalogue: [`refresh_statuses`](Catalogue::refresh_statuses) updates them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Availability {
    /// The seats that are left: [`available`](InstancePlanStatus::available). `None` if the service lists no availability.
    ///
    /// Locked, reserved, selected and sold seats do not count: in every recorded status these and the available ones add up
    /// to the capacity *(recorded)*. A negative number counts as 0.
    pub left: Option<u32>,
    /// The seats in all: [`capacity`](InstancePlanStatus::capacity). `None` if the service lists no availability.
    pub capacity: Option<u32>,
    /// Whether tickets are sold.
    pub state: SaleState,
}

impl Availability {
    /// Returns whether tickets can be bought: the state is [`SaleState::OnSale`].
    pub fn is_on_sale(&self) -> bool {
        self.state == SaleState::OnSale
    }

    /// Returns whether at most this share of the seats is left, in percent, and at least one. `false` if it is unknown.
    ///
    /// ```
    /// # fn example(availability: spektrix_v2::catalogue::Availability) {
    /// if availability.is_low(10) {
    ///     println!("last tickets");
    /// }
    /// # }
    /// ```
    pub fn is_low(&self, percent: u32) -> bool {
        let (Some(left), Some(capacity)) = (self.left, self.capacity) else {
            return false;
        };
        left > 0 && u64::from(left) * 100 <= u64::from(capacity) * u64::from(percent)
    }
}

/// Whether tickets are sold, at some time. The first state that applies counts, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SaleState {
    /// The sale starts later: the time is before [`start_selling_at_utc`](Instance::start_selling_at_utc). The field was
    /// *recorded*, its meaning is *inferred* from its name.
    NotYetOnSale,
    /// The sale has ended: the time is [`stop_selling_at_utc`](Instance::stop_selling_at_utc) or later. The field was
    /// *recorded*, its meaning is *inferred* from its name.
    SaleEnded,
    /// The sale has started, and the venue does not sell tickets: [`is_on_sale`](Instance::is_on_sale) of the instance or
    /// [of the event](crate::Event::is_on_sale) is `false` *(recorded, within the time of the sale)*, or no plan is
    /// [bookable](Plan::is_bookable) *(documented)*.
    NotOnSale,
    /// No seat is left.
    SoldOut,
    /// Tickets are sold, as far as the catalogue knows: an unknown number of seats, event or plan does not prevent it.
    OnSale,
}

/// Availability.
impl Catalogue {
    /// Returns how many seats are left at an instance, and whether tickets are sold. `None` if the instance is not in the
    /// catalogue.
    ///
    /// The seats are those of its [bookable plans](Self::bookable_plans_of), as only these can be bought *(documented)*. If
    /// the service lists none of them, the seats are those of the instance's own plan, or else those of all its plans
    /// without sub-plans.
    ///
    /// ```
    /// # fn example(catalogue: &spektrix_v2::catalogue::Catalogue) {
    /// use spektrix_v2::catalogue::SaleState;
    /// use spektrix_v2::jiff::Timestamp;
    ///
    /// let now = Timestamp::now();
    /// for instance in catalogue.instances() {
    ///     let Some(availability) = catalogue.availability(instance.id, now) else { continue };
    ///     match (availability.state, availability.left) {
    ///         (SaleState::OnSale, Some(left)) => println!("{left} left"),
    ///         (state, _) => println!("{state:?}"),
    ///     }
    /// }
    /// # }
    /// ```
    pub fn availability(&self, instance: InstanceId, now: Timestamp) -> Option<Availability> {
        let instance = self.instance(instance)?;
        Some(self.availability_in(instance, instance.plan, now))
    }

    /// Returns the same for a plan of an instance: its own plan or one of the sub-plans. `None` if the instance is not in the
    /// catalogue, or has no such plan.
    pub fn plan_availability(&self, instance: InstanceId, plan: PlanId, now: Timestamp) -> Option<Availability> {
        let instance = self.instance(instance)?;
        let is_within = || self.plans_within(instance.plan).iter().any(|within| within.id == plan);
        let is_listed = self.status(instance.id, plan).is_some();
        (is_listed || instance.plan == plan || is_within()).then(|| self.availability_in(instance, plan, now))
    }

    fn availability_in(&self, instance: &Instance, plan: PlanId, now: Timestamp) -> Availability {
        let is_own = plan == instance.plan;
        let seats = self
            .seats(instance, plan)
            .or_else(|| self.all_seats(instance).filter(|_| is_own));
        Availability {
            left: seats.map(|(left, _)| left),
            capacity: seats.map(|(_, capacity)| capacity),
            state: self.sale_state(instance, plan, seats, now),
        }
    }

    fn sale_state(&self, instance: &Instance, plan: PlanId, seats: Option<(u32, u32)>, now: Timestamp) -> SaleState {
        // An event that is not in the catalogue does not prevent the sale: the lists are read at slightly different times.
        let event_is_on_sale = self.event(instance.event).is_none_or(|event| event.is_on_sale);
        if now < instance.start_selling_at_utc {
            SaleState::NotYetOnSale
        } else if now >= instance.stop_selling_at_utc {
            SaleState::SaleEnded
        } else if !instance.is_on_sale || !event_is_on_sale || !self.can_be_booked(plan) {
            SaleState::NotOnSale
        } else if seats.is_some_and(|(left, _)| left == 0) {
            SaleState::SoldOut
        } else {
            SaleState::OnSale
        }
    }

    /// Whether the plan or one of its sub-plans is bookable. A plan that is not in the catalogue may be.
    fn can_be_booked(&self, plan: PlanId) -> bool {
        let plans = self.plans_within(plan);
        plans.is_empty() || plans.into_iter().any(is_sold)
    }

    /// Returns the seats that are left in a plan, and all of its seats.
    fn seats(&self, instance: &Instance, plan: PlanId) -> Option<(u32, u32)> {
        let sold = self.plans_within(plan).into_iter().filter(|plan| is_sold(plan));
        let listed: Vec<_> = sold.filter_map(|plan| self.status(instance.id, plan.id)).collect();
        if listed.is_empty() {
            return self.status(instance.id, plan).map(counts);
        }
        sum(listed.into_iter())
    }

    /// The same over the plans that have no sub-plans, for an instance whose own plan is not known.
    fn all_seats(&self, instance: &Instance) -> Option<(u32, u32)> {
        sum(self
            .statuses_of(instance.id)
            .filter(|status| status.sub_plans.is_empty()))
    }
}

fn sum<'a>(statuses: impl Iterator<Item = &'a InstancePlanStatus>) -> Option<(u32, u32)> {
    statuses
        .map(counts)
        .reduce(|(left, capacity), (more, seats)| (left.saturating_add(more), capacity.saturating_add(seats)))
}

/// Whether tickets are for this plan itself.
fn is_sold(plan: &Plan) -> bool {
    plan.is_bookable && plan.sub_plans.is_empty()
}

fn counts(status: &InstancePlanStatus) -> (u32, u32) {
    let count = |seats: i32| u32::try_from(seats).unwrap_or(0);
    (count(status.available), count(status.capacity))
}
