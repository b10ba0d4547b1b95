//! Tests of builders: what they create, and what they report as missing.

use spektrix_v2::builders::EventBuilder;
use spektrix_v2::{Attributes, Event, EventId, InstanceId, InstancePlanStatus, PlanId, StockItemId};

fn complete() -> EventBuilder {
    Event::builder()
        .id(EventId::new(1))
        .name("Hamlet")
        .description("A play")
        .html_description("<p>A play</p>")
        .duration(180)
        .image_url("hamlet.jpg")
        .thumbnail_url("")
        .is_on_sale(true)
}

#[test]
fn a_builder_sets_every_field() {
    let attributes: Attributes = [("Genre", "Drama")].into_iter().collect();
    let event = complete()
        .attributes(attributes.clone())
        .related_events([EventId::new(2)])
        .related_stock_items([StockItemId::new(3)])
        .build()
        .unwrap();
    assert_eq!(
        (event.id, event.duration, event.is_on_sale),
        (EventId::new(1), 180, true)
    );
    assert_eq!(
        [
            event.name,
            event.description,
            event.html_description,
            event.image_url,
            event.thumbnail_url
        ],
        ["Hamlet", "A play", "<p>A play</p>", "hamlet.jpg", ""]
    );
    assert_eq!(event.attributes, attributes);
    assert_eq!(event.related_events, [EventId::new(2)]);
    assert_eq!(event.related_stock_items, [StockItemId::new(3)]);
}

#[test]
fn fields_that_are_not_required_are_empty() {
    let event = complete().build().unwrap();
    assert!(event.attributes.is_empty() && event.related_events.is_empty() && event.related_stock_items.is_empty());
}

#[test]
fn every_missing_field_is_named() {
    let status = InstancePlanStatus::builder()
        .plan(PlanId::new(1))
        .available(3)
        .capacity(4);
    let error = status.clone().build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot build InstancePlanStatus: instance, name, locked, reserved, selected, sold must be set"
    );
    let status = status
        .instance(InstanceId::new(2))
        .name("Stalls")
        .locked(0)
        .reserved(0)
        .selected(0);
    assert_eq!(status.build().unwrap_err().fields(), ["sold"]);
}
