//! Loading the lists of a catalogue together, and putting them in order.

use std::ops::RangeBounds;

use futures_util::future::{try_join, try_join5};

use super::order::{by_start, in_order};
use super::{Catalogue, Lists};
use crate::client::{Call, Client};
use crate::error::Error;
use crate::generated::operations::{GetEvents, GetInstanceStatus, GetInstances, GetPlans, GetPriceLists};
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

/// Of several objects with one identifier, the last one stays.
impl From<Lists> for Catalogue {
    fn from(lists: Lists) -> Self {
        let lists = Lists {
            events: in_order(lists.events),
            instances: in_order(lists.instances),
            statuses: in_order(lists.statuses),
            plans: in_order(lists.plans),
            price_lists: in_order(lists.price_lists),
            bands: in_order(lists.bands),
            ticket_types: in_order(lists.ticket_types),
        };
        Self {
            season: Season::default(),
            by_start: by_start(&lists.instances),
            lists,
        }
    }
}

/// In the order of their identifiers.
impl From<Catalogue> for Lists {
    fn from(catalogue: Catalogue) -> Self {
        catalogue.lists
    }
}
