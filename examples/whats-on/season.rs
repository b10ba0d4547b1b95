//! What the venue plays, gathered from four lists and joined by their identifiers.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use spektrix_v2::{Client, Error, Event, EventId, Instance, InstanceId, InstancePlanStatus, PriceList, PriceListId};

/// Which days are asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Period {
    /// All that there is.
    Everything,
    /// From one day up to, but not including, another.
    Days {
        /// The first day.
        from: Date,
        /// The day behind the last.
        until: Date,
    },
}

/// Events, and what belongs to each.
pub(crate) struct Season {
    /// In the order of the service.
    pub(crate) events: Vec<Event>,
    instances: BTreeMap<EventId, Vec<Instance>>,
    statuses: BTreeMap<InstanceId, Vec<InstancePlanStatus>>,
    prices: BTreeMap<PriceListId, PriceList>,
}

impl Season {
    /// Loads the four lists side by side.
    pub(crate) async fn load(client: &Client, period: Period) -> Result<Self, Error> {
        let (mut events, mut instances) = (client.events(), client.instances());
        let (mut statuses, mut prices) = (client.instance_status(), client.price_lists());
        if let Period::Days { from, until } = period {
            events = events.starting(from..until);
            instances = instances.starting(from..until);
            statuses = statuses.starting(from..until);
            prices = prices.starting(from..until);
        }
        let prices = async {
            match prices.all().await {
                // A folder of recorded bodies need not hold price lists.
                Err(error) if error.is_not_found() => Ok(Vec::new()),
                answer => answer,
            }
        };
        let (events, instances, statuses, prices) =
            tokio::try_join!(events.all(), instances.all(), statuses.all(), prices)?;
        Ok(Self {
            events,
            instances: grouped(instances, |instance| instance.event),
            statuses: grouped(statuses, |status| status.instance),
            prices: prices.into_iter().map(|list| (list.id, list)).collect(),
        })
    }

    /// The instances of an event, the earliest first.
    pub(crate) fn instances(&self, event: EventId) -> Vec<&Instance> {
        let mut instances: Vec<&Instance> = self.instances.get(&event).into_iter().flatten().collect();
        instances.sort_by_key(|instance| instance.start);
        instances
    }

    /// How many instances belong to events that are not among these.
    pub(crate) fn strays(&self) -> usize {
        let listed = |event| self.events.iter().any(|listed| listed.id == event);
        let strays = self.instances.iter().filter(|(event, _)| !listed(**event));
        strays.map(|(_, instances)| instances.len()).sum()
    }

    /// How many seats are left, of how many. `None` when nobody said.
    pub(crate) fn seats(&self, instance: &Instance) -> Option<(i32, i32)> {
        let statuses = self.statuses.get(&instance.id)?;
        // A plan with sub plans only sums them up.
        let plans = statuses.iter().filter(|status| status.sub_plans.is_empty());
        let sum = |(left, all): (i32, i32), status: &InstancePlanStatus| {
            (
                left.saturating_add(status.available),
                all.saturating_add(status.capacity),
            )
        };
        Some(plans.fold((0, 0), sum))
    }

    /// The cheapest and the dearest price of an instance.
    pub(crate) fn price_range(&self, instance: &Instance) -> Option<(Decimal, Decimal)> {
        let prices = &self.prices.get(&instance.price_list)?.prices;
        let amounts = || prices.iter().map(|price| price.amount);
        Some((amounts().min()?, amounts().max()?))
    }
}

fn grouped<K: Ord, V>(items: Vec<V>, key: impl Fn(&V) -> K) -> BTreeMap<K, Vec<V>> {
    let mut groups: BTreeMap<K, Vec<V>> = BTreeMap::new();
    for item in items {
        groups.entry(key(&item)).or_default().push(item);
    }
    groups
}
