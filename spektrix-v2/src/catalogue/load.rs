//! Loading the lists of a catalogue together, and putting them in order.

use std::collections::BTreeMap;
use std::ops::RangeBounds;

use futures_util::future::{try_join, try_join5};

use super::{Catalogue, Lists};
use crate::client::{Call, Client};
use crate::error::Error;
use crate::generated::ids::{EventId, InstanceId};
use crate::generated::operations::{GetEvents, GetInstanceStatus, GetInstances, GetPlans, GetPriceLists};
use crate::generated::types::Instance;
use crate::operation::{Operation, QueryDate};

/// When the instances start that a catalogue is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Season {
    from: Option<QueryDate>,
    to: Option<QueryDate>,
}

/// An operation that can be narrowed to a season.
trait Seasonal: Operation {
    fn within(self, season: Season) -> Self;
}

macro_rules! seasonal {
    ($($operation:ident),*) => {$(
        impl Seasonal for $operation {
            fn within(mut self, season: Season) -> Self {
                (self.instance_start_from, self.instance_start_to) = (season.from, season.to);
                self
            }
        }
    )*};
}

seasonal!(GetEvents, GetInstances, GetInstanceStatus, GetPlans, GetPriceLists);

impl Season {
    pub(super) fn of<D: Into<QueryDate> + Clone>(range: &impl RangeBounds<D>) -> Self {
        let (from, to) = QueryDate::ends_of(range);
        Self { from, to }
    }

    pub(super) async fn load(self, client: &Client) -> Result<Catalogue, Error> {
        let seasonal = try_join5(
            self.call(client, GetEvents::new()).all(),
            self.call(client, GetInstances::new()).all(),
            self.call(client, GetInstanceStatus::new()).all(),
            self.call(client, GetPlans::new()).all(),
            self.call(client, GetPriceLists::new()).all(),
        );
        let lasting = try_join(client.bands().all(), client.ticket_types().all());
        let (seasonal, (bands, ticket_types)) = try_join(seasonal, lasting).await?;
        let (events, instances, statuses, plans, price_lists) = seasonal;
        let lists = Lists {
            events,
            instances,
            statuses,
            plans,
            price_lists,
            bands,
            ticket_types,
        };
        Ok(Catalogue {
            season: self,
            ..lists.into()
        })
    }

    fn call<O: Seasonal>(self, client: &Client, operation: O) -> Call<O> {
        client.call(operation.within(self))
    }
}

impl From<Lists> for Catalogue {
    fn from(lists: Lists) -> Self {
        let instances = by(lists.instances, |instance| instance.id);
        Self {
            season: Season::default(),
            instances_of: by_event(&instances),
            events: by(lists.events, |event| event.id),
            statuses: by(lists.statuses, |status| (status.instance, status.plan)),
            plans: by(lists.plans, |plan| plan.id),
            price_lists: by(lists.price_lists, |list| list.id),
            bands: by(lists.bands, |band| band.id),
            ticket_types: by(lists.ticket_types, |kind| kind.id),
            instances,
        }
    }
}

/// In the order of their identifiers.
impl From<Catalogue> for Lists {
    fn from(catalogue: Catalogue) -> Self {
        Self {
            events: catalogue.events.into_values().collect(),
            instances: catalogue.instances.into_values().collect(),
            statuses: catalogue.statuses.into_values().collect(),
            plans: catalogue.plans.into_values().collect(),
            price_lists: catalogue.price_lists.into_values().collect(),
            bands: catalogue.bands.into_values().collect(),
            ticket_types: catalogue.ticket_types.into_values().collect(),
        }
    }
}

fn by<K: Ord, V>(list: Vec<V>, key: impl Fn(&V) -> K) -> BTreeMap<K, V> {
    list.into_iter().map(|item| (key(&item), item)).collect()
}

fn by_event(instances: &BTreeMap<InstanceId, Instance>) -> BTreeMap<EventId, Vec<InstanceId>> {
    let mut sorted: Vec<_> = instances.values().collect();
    sorted.sort_by_key(|instance| (instance.start_utc, instance.id));
    let mut by_event = BTreeMap::<_, Vec<_>>::new();
    for instance in sorted {
        by_event.entry(instance.event).or_default().push(instance.id);
    }
    by_event
}
