//! Events, instances, and what instances have: plans, price lists, numbers of seats.

use spektrix_v2::FixedSeriesId;
use spektrix_v2::operations::{
    GetEvents, GetFixedSeries, GetInstanceStatus, GetInstances, GetPlans, GetPriceLists, GetStockItems,
};

use super::selection::Selection;
use crate::answers::{Call, list, page, whole};
use crate::service::{Refusal, Reply};
use crate::state::World;
use crate::venue::Venue;

/// An event is chosen by its own id, or when one of its instances is.
pub(super) fn events(venue: &Venue, call: &Call<'_>) -> Result<Reply, Refusal> {
    let selection = Selection::of(call.parameters);
    let chosen = selection.gather(&venue.instances, |instance| instance.event);
    let is_chosen = |event| {
        if selection.is_about_events() {
            selection.has_event(event)
        } else {
            chosen.contains(&event)
        }
    };
    page::<GetEvents>(call, venue.events.iter().filter(|event| is_chosen(event.id)))
}

pub(super) fn instances(venue: &Venue, call: &Call<'_>) -> Result<Reply, Refusal> {
    let selection = Selection::of(call.parameters);
    page::<GetInstances>(call, venue.instances.iter().filter(|instance| selection.has(instance)))
}

/// The numbers as they are now.
pub(super) fn statuses(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let venue = &world.catalogue.venue;
    let chosen = Selection::of(call.parameters).gather(&venue.instances, |instance| instance.id);
    let statuses = venue.statuses.iter().filter(|status| chosen.contains(&status.instance));
    let at_start: Vec<_> = call.parameters.page().of(statuses).collect();
    let now: Vec<_> = {
        let state = world.state();
        let now = at_start
            .into_iter()
            .map(|status| state.inventory.status(&world.catalogue, status));
        now.collect()
    };
    whole::<GetInstanceStatus>(&now)
}

/// With the levels as they are now.
pub(super) fn stock_items(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let items = call.parameters.page().of(world.catalogue.venue.stock_items.iter());
    let now: Vec<_> = {
        let state = world.state();
        items.map(|item| state.inventory.stock_item(item)).collect()
    };
    whole::<GetStockItems>(&now)
}

/// The plans of the chosen instances with their sub plans; without a choice, also those that no instance has.
pub(super) fn plans(venue: &Venue, call: &Call<'_>) -> Result<Reply, Refusal> {
    let selection = Selection::of(call.parameters);
    let whole = selection.gather(&venue.instances, |instance| instance.plan);
    let is_part = |plan| {
        let mut wholes = venue.plans.iter().filter(|other| whole.contains(&other.id));
        wholes.any(|other| other.sub_plans.contains(&plan))
    };
    let is_chosen = |plan| selection.is_everything() || whole.contains(&plan) || is_part(plan);
    page::<GetPlans>(call, venue.plans.iter().filter(|plan| is_chosen(plan.id)))
}

pub(super) fn price_lists(venue: &Venue, call: &Call<'_>) -> Result<Reply, Refusal> {
    let selection = Selection::of(call.parameters);
    let chosen = selection.gather(&venue.instances, |instance| instance.price_list);
    let is_chosen = |list| selection.is_everything() || chosen.contains(&list);
    page::<GetPriceLists>(call, venue.price_lists.iter().filter(|list| is_chosen(list.id)))
}

pub(super) fn fixed_series(venue: &Venue, call: &Call<'_>) -> Result<Reply, Refusal> {
    let wanted = call.parameters.id("fixed_series_id").map(FixedSeriesId::new);
    list::<GetFixedSeries, _>(&venue.fixed_series, |series| wanted.is_none_or(|id| id == series.id))
}
