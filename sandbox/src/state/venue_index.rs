//! The venue with indexes over its longest lists.

use std::collections::HashMap;

use spektrix_v2::{
    Instance, InstanceId, InstancePlanStatus, Plan, PlanId, PriceList, PriceListId, StockItem, StockItemId,
};

use crate::venue::Venue;

/// The venue, and the positions of instances and statuses in their lists.
#[derive(Debug)]
pub(crate) struct VenueIndex {
    pub(crate) venue: Venue,
    instances: HashMap<InstanceId, usize>,
    statuses: HashMap<(InstanceId, PlanId), usize>,
}

impl VenueIndex {
    pub(crate) fn new(venue: Venue) -> Self {
        let instances = venue.instances.iter().enumerate();
        let statuses = venue.statuses.iter().enumerate();
        Self {
            instances: instances.map(|(index, instance)| (instance.id, index)).collect(),
            statuses: statuses
                .map(|(index, status)| ((status.instance, status.plan), index))
                .collect(),
            venue,
        }
    }

    pub(crate) fn instance(&self, id: InstanceId) -> Option<&Instance> {
        self.instances
            .get(&id)
            .and_then(|index| self.venue.instances.get(*index))
    }

    /// Returns the status of a plan at an instance when the sandbox started. `None` if the instance has no such plan.
    pub(crate) fn initial_status(&self, instance: InstanceId, plan: PlanId) -> Option<&InstancePlanStatus> {
        let index = self.statuses.get(&(instance, plan));
        index.and_then(|index| self.venue.statuses.get(*index))
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
