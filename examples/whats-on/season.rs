//! The programme of a venue, from four lists that are joined by identifier.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use spektrix_v2::{Client, Error, Event, EventId, Instance, InstanceId, InstancePlanStatus, PriceList, PriceListId};

/// The days to list.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Period {
    /// All days.
    Everything,
    /// From one day up to, but not including, another.
    Days {
        /// The first day.
        from: Date,
        /// The day after the last.
        until: Date,
    },
}

/// Events, with their instances, availability and prices.
pub(crate) struct Season {
    /// In the order of the response.
    pub(crate) events: Vec<Event>,
    instances: BTreeMap<EventId, Vec<Instance>>,
    statuses: BTreeMap<InstanceId, Vec<InstancePlanStatus>>,
    prices: BTreeMap<PriceListId, PriceList>,
}

impl Season {
    /// Loads the four lists concurrently.
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
                // A folder of recorded bodies may have no price lists.
                Err(error) if error.is_not_found() => Ok(Vec::new()),
                result => result,
            }
        };
        let (events, instances, statuses, prices) =
            tokio::try_join!(events.all(), instances.all(), statuses.all(), prices)?;
        Ok(Self {
            events,
            instances: group_by(instances, |instance| instance.event),
            statuses: group_by(statuses, |status| status.instance),
            prices: prices.into_iter().map(|list| (list.id, list)).collect(),
        })
    }

    /// Returns the instances of an event, sorted by start time.
    pub(crate) fn instances(&self, event: EventId) -> Vec<&Instance> {
        let mut instances: Vec<&Instance> = self.instances.get(&event).into_iter().flatten().collect();
        instances.sort_by_key(|instance| instance.start);
        instances
    }

    /// Returns the number of instances whose events are not listed.
    pub(crate) fn unlisted_instances(&self) -> usize {
        let is_listed = |id| self.events.iter().any(|event| event.id == id);
        let unlisted = self.instances.iter().filter(|(event, _)| !is_listed(**event));
        unlisted.map(|(_, instances)| instances.len()).sum()
    }

    /// Returns the available seats and the capacity. `None` if the service lists no availability.
    pub(crate) fn seats(&self, instance: &Instance) -> Option<(i32, i32)> {
        let statuses = self.statuses.get(&instance.id)?;
        // The availability of a plan with sub-plans is the sum of theirs.
        let plans = statuses.iter().filter(|status| status.sub_plans.is_empty());
        let sum = |(available, capacity): (i32, i32), status: &InstancePlanStatus| {
            (
                available.saturating_add(status.available),
                capacity.saturating_add(status.capacity),
            )
        };
        Some(plans.fold((0, 0), sum))
    }

    /// Returns the lowest and the highest price of an instance.
    pub(crate) fn price_range(&self, instance: &Instance) -> Option<(Decimal, Decimal)> {
        let prices = &self.prices.get(&instance.price_list)?.prices;
        let amounts = || prices.iter().map(|price| price.amount);
        Some((amounts().min()?, amounts().max()?))
    }
}

fn group_by<K: Ord, V>(items: Vec<V>, key: impl Fn(&V) -> K) -> BTreeMap<K, Vec<V>> {
    let mut groups: BTreeMap<K, Vec<V>> = BTreeMap::new();
    for item in items {
        groups.entry(key(&item)).or_default().push(item);
    }
    groups
}
