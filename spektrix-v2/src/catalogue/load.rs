//! Loading a catalogue: seven lists, requested concurrently.

use std::ops::RangeBounds;

use futures_util::future::{try_join, try_join5};

use super::dangling::{DanglingReference, dangling_references};
use super::lists::StartRange;
use super::whole_list::whole_list;
use super::{Catalogue, Lists};
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

    /// Returns every reference to an object that is not in the catalogue, sorted.
    ///
    /// Such references are not necessarily a fault: the lists are read at slightly different times, a range leaves objects
    /// out, and the service does not list objects that cannot be booked online.
    pub fn dangling_references(&self) -> Vec<DanglingReference> {
        dangling_references(self)
    }
}

pub(super) async fn load(range: StartRange, client: &Client) -> Result<Catalogue, Error> {
    let in_range = try_join5(
        whole_list(|| call_in_range(client, GetEvents::new(), range)),
        whole_list(|| call_in_range(client, GetInstances::new(), range)),
        whole_list(|| call_in_range(client, GetInstanceStatus::new(), range)),
        whole_list(|| call_in_range(client, GetPlans::new(), range)),
        whole_list(|| call_in_range(client, GetPriceLists::new(), range)),
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
    let catalogue = Catalogue {
        range,
        time_zone: client.time_zone().clone(),
        ..lists.into()
    };
    warn_about_time_zone(&catalogue);
    Ok(catalogue)
}

/// Warns if the time zone is not that of the venue. A few instances may have wrong times, so most of them decide.
fn warn_about_time_zone(catalogue: &Catalogue) {
    let instances = &catalogue.lists.instances;
    let elsewhere = instances
        .iter()
        .filter(|instance| !instance.is_in_time_zone(&catalogue.time_zone))
        .count();
    if elsewhere > instances.len() / 2 {
        tracing::warn!(
            "the times of {elsewhere} of {} instances are not in the time zone {}. Set that of the venue with \
             `ClientBuilder::time_zone`",
            instances.len(),
            catalogue.time_zone.iana_name().unwrap_or("of the client"),
        );
    }
}

pub(super) fn call_in_range<O: RestrictToRange>(client: &Client, operation: O, range: StartRange) -> Call<O> {
    client.call(operation.restrict_to(range))
}

/// An operation that can be restricted to objects of instances that start within a range.
pub(super) trait RestrictToRange: Operation {
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
