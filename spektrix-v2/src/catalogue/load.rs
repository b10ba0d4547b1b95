//! Loading a catalogue, and comparing it with an earlier one.

use std::ops::RangeBounds;

use futures_util::future::{try_join, try_join5};

use super::dangling::{DanglingReference, dangling_references};
use super::lists::StartRange;
use super::{Catalogue, Changes, Lists};
use crate::client::{Call, Client};
use crate::error::Error;
use crate::generated::operations::{GetEvents, GetInstanceStatus, GetInstances, GetPlans, GetPriceLists};
use crate::operation::{Operation, QueryDate};

impl Catalogue {
    /// Loads everything that the venue offers.
    ///
    /// Sends seven requests concurrently, each for a whole list. If one of them fails, the others are cancelled.
    pub async fn load(client: &Client) -> Result<Self, Error> {
        load(StartRange::default(), client).await
    }

    /// Loads the instances that start within this range, and the objects that belong to them. As for ranges in Rust,
    /// the end is not included.
    pub async fn load_starting<D: Into<QueryDate> + Clone>(
        client: &Client,
        range: impl RangeBounds<D>,
    ) -> Result<Self, Error> {
        load(StartRange::new(&range), client).await
    }

    /// Loads the same lists again, replaces this catalogue with them, and returns what has changed.
    ///
    /// If a request fails, the catalogue stays as it was.
    pub async fn refresh(&mut self, client: &Client) -> Result<Changes, Error> {
        let current = load(self.range, client).await?;
        let changes = current.changes_since(self);
        *self = current;
        Ok(changes)
    }

    /// Compares this catalogue with an earlier one: returns what was added, changed and removed.
    pub fn changes_since(&self, earlier: &Self) -> Changes {
        Changes::between(&earlier.lists, &self.lists)
    }

    /// Returns every reference to an object that is not in the catalogue, sorted.
    ///
    /// Such references are not necessarily a fault: the lists are read at slightly different times, a range leaves objects
    /// out, and the service does not list objects that cannot be booked online.
    pub fn dangling_references(&self) -> Vec<DanglingReference> {
        dangling_references(self)
    }
}

async fn load(range: StartRange, client: &Client) -> Result<Catalogue, Error> {
    let in_range = try_join5(
        call_in_range(client, GetEvents::new(), range).all(),
        call_in_range(client, GetInstances::new(), range).all(),
        call_in_range(client, GetInstanceStatus::new(), range).all(),
        call_in_range(client, GetPlans::new(), range).all(),
        call_in_range(client, GetPriceLists::new(), range).all(),
    );
    // These two lists cannot be restricted to a range.
    let unrestricted = try_join(client.bands().all(), client.ticket_types().all());
    let (in_range, (bands, ticket_types)) = try_join(in_range, unrestricted).await?;
    let (events, instances, statuses, plans, price_lists) = in_range;
    let lists = Lists {
        events,
        instances,
        statuses,
        plans,
        price_lists,
        bands,
        ticket_types,
    };
    Ok(Catalogue { range, ..lists.into() })
}

fn call_in_range<O: RestrictToRange>(client: &Client, operation: O, range: StartRange) -> Call<O> {
    client.call(operation.restrict_to(range))
}

/// An operation that can be restricted to objects of instances that start within a range.
trait RestrictToRange: Operation {
    fn restrict_to(self, range: StartRange) -> Self;
}

macro_rules! restrict_to_range {
    ($($operation:ident),*) => {$(
        impl RestrictToRange for $operation {
            fn restrict_to(mut self, range: StartRange) -> Self {
                (self.instance_start_from, self.instance_start_to) = (range.from, range.to);
                self
            }
        }
    )*};
}

restrict_to_range!(GetEvents, GetInstances, GetInstanceStatus, GetPlans, GetPriceLists);
