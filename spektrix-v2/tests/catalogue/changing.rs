//! What a refresh reports.

use spektrix_v2::catalogue::{Catalogue, Changes};
use spektrix_v2::testing::{Replay, Reply};
use spektrix_v2::{EventId, InstanceId, PlanId, PriceListId};

use crate::venue::{BANDS, PLANS, TICKET_TYPES, catalogue, client, event, instance, list, replay, status};

#[tokio::test]
async fn nothing_changes_by_itself() {
    let mut catalogue = catalogue().await;
    let changes = catalogue.refresh(&client(replay())).await.unwrap();
    assert!(changes.is_empty() && changes == Changes::default());
}

/// Hamlet is gone and Timon is new; an instance has moved; seats were sold; a price list is gone.
fn later() -> Replay {
    let events = [event(10, "Lear", Some(11)), event(12, "Timon", None)];
    let instances = [
        instance(20, 10, 10, 30, 40),
        instance(21, 10, 2, 31, 40),
        instance(22, 18, 3, 39, 49),
    ];
    let statuses = [status(20, 31, 6), status(20, 32, 1), status(23, 31, 5)];
    Replay::new()
        .answer("GetEvents", list("Events", &events))
        .answer("GetInstances", list("Instances", &instances))
        .answer("GetInstanceStatus", list("InstancePlanStatuses", &statuses))
        .answer("GetPlans", PLANS)
        .answer("GetPriceLists", "<PriceLists/>")
        .answer("GetBands", BANDS)
        .answer("GetTicketTypes", TICKET_TYPES)
}

#[tokio::test]
async fn a_refresh_says_what_is_new_different_and_gone() {
    let mut catalogue = catalogue().await;
    let changes = catalogue.refresh(&client(later())).await.unwrap();
    let seats = |instance, plan| (InstanceId::new(instance), PlanId::new(plan));

    assert_eq!(changes.events.added, [EventId::new(12)]);
    assert!(changes.events.changed.is_empty());
    assert_eq!(changes.events.removed, [EventId::new(11)]);
    assert!(changes.instances.added.is_empty() && changes.instances.removed.is_empty());
    assert_eq!(changes.instances.changed, [InstanceId::new(20)]);
    assert_eq!(changes.statuses.added, [seats(23, 31)]);
    assert_eq!(changes.statuses.changed, [seats(20, 31)]);
    assert_eq!(changes.statuses.removed, [seats(21, 31)]);
    assert_eq!(changes.price_lists.removed, [PriceListId::new(40)]);
    assert!(changes.plans.is_empty() && changes.bands.is_empty() && changes.ticket_types.is_empty());
    assert!(!changes.is_empty());

    assert_eq!(catalogue.event(EventId::new(12)).unwrap().name, "Timon");
    assert!(catalogue.event(EventId::new(11)).is_none());
}

#[tokio::test]
async fn a_refresh_that_fails_leaves_everything_as_it_was() {
    let mut catalogue = catalogue().await;
    let before = catalogue.clone();
    let down = Replay::new().answer("GetEvents", Reply::status(500));
    catalogue.refresh(&client(down)).await.unwrap_err();
    assert_eq!(catalogue, before);
}

#[tokio::test]
async fn two_catalogues_can_be_compared() {
    let before = catalogue().await;
    let now = Catalogue::load(&client(later())).await.unwrap();
    let there = now.changes_since(&before);
    let back = before.changes_since(&now);
    assert_eq!(there.events.added, back.events.removed);
    assert_eq!(there.statuses.changed, back.statuses.changed);
}
