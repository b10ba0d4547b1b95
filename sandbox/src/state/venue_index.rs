//! The venue with indexes over its longest lists.

use std::collections::HashMap;

use spektrix_v2::{
    Instance, InstanceId, InstancePlanStatus, MerchandiseItem, Plan, PlanId, PriceList, PriceListId, StockItem,
    StockItemId, Ticket,
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

    /// Returns an instance, also if no list contains it any more.
    pub(crate) fn instance_or_archived(&self, id: InstanceId) -> Option<&Instance> {
        let mut archived = self.venue.archive.instances.iter();
        self.instance(id)
            .or_else(|| archived.find(|instance| instance.id == id))
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

    /// Returns whether a ticket is for a plan at an instance of the venue.
    pub(super) fn has_ticket(&self, ticket: &Ticket) -> bool {
        let seat = ticket.instance.zip(ticket.plan);
        seat.is_some_and(|(instance, plan)| self.initial_status(instance, plan).is_some())
    }

    /// Returns whether the venue has the stock item of a merchandise item.
    pub(super) fn has_item(&self, item: &MerchandiseItem) -> bool {
        item.stock_item.is_some_and(|id| self.stock_item(id).is_some())
    }
}
