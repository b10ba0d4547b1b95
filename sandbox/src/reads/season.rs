//! Events, instances, fixed series and stock items, and the plans, price lists and statuses of instances.

use spektrix_v2::FixedSeriesId;
use spektrix_v2::operations::{
    GetEvents, GetFixedSeries, GetInstanceStatus, GetInstances, GetPlans, GetPriceLists, GetStockItems,
};

use super::instance_filter::InstanceFilter;
use crate::api::{Call, Refusal, Reply};
use crate::state::LiveVenue;
use crate::venue::Venue;

/// Returns events by their own id, or those that have a matching instance.
pub(super) fn events(venue: &Venue, call: &Call<'_>) -> Result<Reply, Refusal> {
    let filter = InstanceFilter::of(call.parameters);
    let with_instances = filter.collect(&venue.instances, |instance| instance.event);
    let is_wanted = |event| {
        // An event without instances can be found by its id.
        if filter.is_only_by_event() {
            filter.matches_event(event)
        } else {
            with_instances.contains(&event)
        }
    };
    Reply::encode_page::<GetEvents>(call, venue.events.iter().filter(|event| is_wanted(event.id)))
}

pub(super) fn instances(venue: &Venue, call: &Call<'_>) -> Result<Reply, Refusal> {
    let filter = InstanceFilter::of(call.parameters);
    let instances = venue.instances.iter().filter(|instance| filter.matches(instance));
    Reply::encode_page::<GetInstances>(call, instances)
}

/// Returns the current statuses of matching instances.
pub(super) fn statuses(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let venue = live.venue();
    let wanted = InstanceFilter::of(call.parameters).collect(&venue.instances, |instance| instance.id);
    let statuses = venue.statuses.iter().filter(|status| wanted.contains(&status.instance));
    let page: Vec<_> = call.parameters.page().of(statuses).collect();
    let current: Vec<_> = {
        let state = live.state();
        let current = page
            .into_iter()
            .map(|status| state.inventory.status(&live.index, status));
        current.collect()
    };
    Reply::encode::<GetInstanceStatus>(&current)
}

/// Returns stock items with their current levels.
pub(super) fn stock_items(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = call.parameters.page().of(live.venue().stock_items.iter());
    let current: Vec<_> = {
        let state = live.state();
        page.map(|item| state.inventory.stock_item(item)).collect()
    };
    Reply::encode::<GetStockItems>(&current)
}

/// Returns the plans of matching instances with their sub-plans. Without a filter, also plans that no instance has.
pub(super) fn plans(venue: &Venue, call: &Call<'_>) -> Result<Reply, Refusal> {
    let filter = InstanceFilter::of(call.parameters);
    let with_instances = filter.collect(&venue.instances, |instance| instance.plan);
    let is_sub_plan = |plan| {
        let mut parents = venue.plans.iter().filter(|other| with_instances.contains(&other.id));
        parents.any(|parent| parent.sub_plans.contains(&plan))
    };
    let is_wanted = |plan| filter.is_empty() || with_instances.contains(&plan) || is_sub_plan(plan);
    Reply::encode_page::<GetPlans>(call, venue.plans.iter().filter(|plan| is_wanted(plan.id)))
}

pub(super) fn price_lists(venue: &Venue, call: &Call<'_>) -> Result<Reply, Refusal> {
    let filter = InstanceFilter::of(call.parameters);
    let with_instances = filter.collect(&venue.instances, |instance| instance.price_list);
    let is_wanted = |list| filter.is_empty() || with_instances.contains(&list);
    Reply::encode_page::<GetPriceLists>(call, venue.price_lists.iter().filter(|list| is_wanted(list.id)))
}

pub(super) fn fixed_series(venue: &Venue, call: &Call<'_>) -> Result<Reply, Refusal> {
    let wanted = call.parameters.id("fixed_series_id").map(FixedSeriesId::new);
    Reply::encode_filtered::<GetFixedSeries, _>(&venue.fixed_series, |series| wanted.is_none_or(|id| id == series.id))
}
