//! `EventList` and `EventDetails`: what is on, and the instances of one event.

use http::StatusCode;
use jiff::civil::DateTime;
use maud::html;
use spektrix_v2::iframe::WebPage;
use spektrix_v2::{Event, EventId, Instance};

use super::address::{WebsitePage, attribute_of};
use super::layout::date_and_time;
use super::reply::PageReply;
use super::visit::Visit;
use crate::api::Refusal;
use crate::venue::local_time::to_local;

/// Lists the events that have instances in the future, by name or by date, filtered by attributes.
pub(super) fn list(visit: &Visit<'_>) -> PageReply {
    let now = to_local(visit.live.now());
    let mut events: Vec<(&Event, DateTime)> = visit
        .live
        .venue()
        .events
        .iter()
        .filter(|event| has_attributes(visit, event))
        .filter_map(|event| Some((event, next_start(visit, event.id, now)?)))
        .collect();
    if visit
        .request
        .query
        .get("SortBy")
        .is_some_and(|by| by.eq_ignore_ascii_case("date"))
    {
        events.sort_by_key(|(_, start)| *start);
    } else {
        events.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
    }
    let content = html! {
        h1 { "Events" }
        @if events.is_empty() { p { "No event matches." } }
        ul.list {
            @for (event, start) in &events {
                li {
                    span {
                        a href=(visit.link(WebPage::EventDetails(event.id))) { (event.name) }
                        @if !event.is_on_sale { span.quiet { " – not on sale" } }
                    }
                    span.quiet { "next " (date_and_time(*start)) }
                }
            }
        }
    };
    visit.page(WebsitePage::EventList, "Events", &content)
}

/// Shows an event with its instances in the future.
pub(super) fn details(visit: &Visit<'_>) -> Result<PageReply, Refusal> {
    let id = visit.request.query.number("EventId").map(EventId::new);
    let id = id.ok_or_else(|| Refusal::invalid("The parameter EventId is required, and must be a number."))?;
    let events = &visit.live.venue().events;
    let event = events.iter().find(|event| event.id == id);
    let event = event.ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, format!("There is no event {id}.")))?;
    let now = to_local(visit.live.now());
    let mut instances: Vec<_> = instances_after(visit, id, now).collect();
    instances.sort_by_key(|instance| instance.start);
    let content = html! {
        h1 { (event.name) }
        p { (event.description) }
        h2 { "Dates" }
        @if instances.is_empty() { p { "There are no more dates." } }
        ul.list { @for instance in &instances { li { (date_line(visit, instance)) } } }
    };
    Ok(visit.page(WebsitePage::EventDetails, &event.name, &content))
}

/// Returns the line for an instance: its start, and the link to its seats or why there is none.
fn date_line(visit: &Visit<'_>, instance: &Instance) -> maud::Markup {
    let now = visit.live.now();
    html! {
        span { (date_and_time(instance.start)) }
        @if now < instance.start_selling_at_utc {
            span.quiet { "on sale from " (date_and_time(instance.start_selling_at)) }
        } @else if !instance.is_on_sale || now >= instance.stop_selling_at_utc {
            span.quiet { "not on sale" }
        } @else {
            a.button href=(visit.link(WebPage::ChooseSeats(instance.id))) {
                "Choose seats" span hidden { " on " (date_and_time(instance.start)) }
            }
        }
    }
}

/// Returns whether an event has all attributes that the parameters name, such as `Attribute_Season=2031 Spring`.
fn has_attributes(visit: &Visit<'_>, event: &Event) -> bool {
    let wanted = visit.request.query.iter();
    wanted
        .filter_map(|(name, value)| Some((attribute_of(name)?, value)))
        .all(|(name, value)| event.attributes.get(name) == Some(value))
}

fn next_start(visit: &Visit<'_>, event: EventId, now: DateTime) -> Option<DateTime> {
    instances_after(visit, event, now).map(|instance| instance.start).min()
}

fn instances_after<'a>(visit: &'a Visit<'_>, event: EventId, now: DateTime) -> impl Iterator<Item = &'a Instance> {
    let instances = visit.live.venue().instances.iter();
    instances.filter(move |instance| instance.event == event && instance.start >= now)
}
