//! The venue with the ways to find things in it: what there is to choose from, and never changes.

use std::collections::HashMap;

use spektrix_v2::{
    Instance, InstanceId, InstancePlanStatus, Plan, PlanId, PriceList, PriceListId, StockItem, StockItemId,
};

use crate::venue::Venue;

/// The venue, and where in its longest lists things stand.
#[derive(Debug)]
pub(crate) struct Catalogue {
    pub(crate) venue: Venue,
    instances: HashMap<InstanceId, usize>,
    statuses: HashMap<(InstanceId, PlanId), usize>,
}

impl Catalogue {
    pub(crate) fn new(venue: Venue) -> Self {
        let instances = venue.instances.iter().enumerate();
        let statuses = venue.statuses.iter().enumerate();
        Self {
            instances: instances.map(|(place, one)| (one.id, place)).collect(),
            statuses: statuses.map(|(place, one)| ((one.instance, one.plan), place)).collect(),
            venue,
        }
    }

    pub(crate) fn instance(&self, id: InstanceId) -> Option<&Instance> {
        self.instances
            .get(&id)
            .and_then(|place| self.venue.instances.get(*place))
    }

    /// The seats of a plan at an instance, as they were when the sandbox started; none if the instance has no such
    /// plan.
    pub(crate) fn seats(&self, instance: InstanceId, plan: PlanId) -> Option<&InstancePlanStatus> {
        let place = self.statuses.get(&(instance, plan));
        place.and_then(|place| self.venue.statuses.get(*place))
    }

    pub(crate) fn plan(&self, id: PlanId) -> Option<&Plan> {
        self.venue.plans.iter().find(|plan| plan.id == id)
    }

    pub(crate) fn price_list(&self, id: PriceListId) -> Option<&PriceList> {
        self.venue.price_lists.iter().find(|list| list.id == id)
    }

    pub(crate) fn stock_item(&self, id: StockItemId) -> Option<&StockItem> {
        self.venue.stock_items.iter().find(|item| item.id == id)
    }
}
