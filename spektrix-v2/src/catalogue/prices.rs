//! Price ranges: "from £12".

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Catalogue;
use crate::generated::ids::{BandId, EventId, InstanceId, PlanId};
use crate::generated::types::Price;

/// The lowest and the highest price of a ticket, in the venue's currency, which the service does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PriceRange {
    /// The lowest price. It may be 0, for companions of disabled visitors for example.
    pub lowest: Decimal,
    /// The highest price.
    pub highest: Decimal,
    /// The lowest price above 0, to be shown as "from £12". It is 0 if all prices are 0: then the tickets are free.
    pub from: Decimal,
}

impl PriceRange {
    fn of(amounts: impl Iterator<Item = Decimal>) -> Option<Self> {
        amounts
            .map(|amount| Self {
                lowest: amount,
                highest: amount,
                from: amount,
            })
            .reduce(Self::join)
    }

    fn join(self, other: Self) -> Self {
        let (low, high) = (self.from.min(other.from), self.from.max(other.from));
        Self {
            lowest: self.lowest.min(other.lowest),
            highest: self.highest.max(other.highest),
            from: if low.is_zero() { high } else { low },
        }
    }
}

/// Price ranges.
///
/// They are over all ticket types, concessions included. A price counts if its band is one of the plan's: the bands of its
/// [status](crate::InstancePlanStatus::bands) *(recorded)*, or else [its own](crate::Plan::bands) *(documented)*. If the
/// catalogue has neither, all prices count.
///
/// ```
/// # fn example(catalogue: &spektrix_v2::catalogue::Catalogue) {
/// for event in catalogue.events() {
///     match catalogue.event_price_range(event.id) {
///         Some(price) if price.from.is_zero() => println!("{}: free", event.name),
///         Some(price) => println!("{}: from £{:.2}", event.name, price.from),
///         None => println!("{}: prices to be announced", event.name),
///     }
/// }
/// # }
/// ```
impl Catalogue {
    /// Returns the price range of an instance, over its [bookable plans](Self::bookable_plans_of). `None` if it has no prices.
    pub fn price_range(&self, instance: InstanceId) -> Option<PriceRange> {
        self.plan_price_range(instance, self.instance(instance)?.plan)
    }

    /// Returns the price range of a plan at an instance. `None` if it has no prices.
    pub fn plan_price_range(&self, instance: InstanceId, plan: PlanId) -> Option<PriceRange> {
        let bands = self.bands_of(instance, plan);
        // Clients expect every price to have a band. One without is for all of them.
        let is_sold = |price: &&Price| bands.is_empty() || price.band.is_none_or(|band| bands.contains(&band));
        let prices = self.unresolved_prices_of(instance).filter(is_sold);
        PriceRange::of(prices.map(|price| price.amount))
    }

    /// Returns the price range of an event, over all of its instances. `None` if none of them has prices.
    pub fn event_price_range(&self, event: EventId) -> Option<PriceRange> {
        let ranges = self
            .instances_of(event)
            .filter_map(|instance| self.price_range(instance.id));
        ranges.reduce(PriceRange::join)
    }

    /// The bands of the seats that can be bought in a plan.
    fn bands_of(&self, instance: InstanceId, plan: PlanId) -> BTreeSet<BandId> {
        let plans = self.plans_within(plan);
        let sold = plans
            .into_iter()
            .filter(|plan| plan.is_bookable && plan.sub_plans.is_empty());
        let bands: BTreeSet<_> = sold
            .flat_map(|plan| {
                let status = self.status(instance, plan.id).filter(|status| !status.bands.is_empty());
                status.map_or(&plan.bands, |status| &status.bands)
            })
            .copied()
            .collect();
        if !bands.is_empty() {
            return bands;
        }
        let status = self.status(instance, plan);
        status.into_iter().flat_map(|status| &status.bands).copied().collect()
    }
}
