//! Tests of `refresh` and `changes_since`.

use spektrix_v2::catalogue::{Catalogue, Changes};
use spektrix_v2::testing::{Replay, Reply};
use spektrix_v2::{EventId, InstanceId, PlanId, PriceListId};

use crate::venue::{BANDS, PLANS, TICKET_TYPES, catalogue, client, event, instance, list, replay, status};

#[tokio::test]
async fn refreshing_the_same_data_reports_no_changes() {
    let mut catalogue = catalogue().await;
    let changes = catalogue.refresh(&client(replay())).await.unwrap();
    assert!(changes.is_empty() && changes == Changes::default());
}

/// The venue at a later time: Hamlet is gone, Timon is new, an instance has another date, seats were sold, and a price
/// list is gone.
fn later() -> Replay {
    let events = [event(10, "Lear", Some(11)), event(12, "Timon", None)];
    let instances = [
        instance(20, 10, 10, 30, 40),
        instance(21, 10, 2, 31, 40),
        instance(22, 18, 3, 39, 49),
    ];
    let statuses = [status(20, 31, 6), status(20, 32, 1), status(23, 31, 5)];
    Replay::new()
        .respond("GetEvents", list("Events", &events))
        .respond("GetInstances", list("Instances", &instances))
        .respond("GetInstanceStatus", list("InstancePlanStatuses", &statuses))
        .respond("GetPlans", PLANS)
        .respond("GetPriceLists", "<PriceLists/>")
        .respond("GetBands", BANDS)
        .respond("GetTicketTypes", TICKET_TYPES)
}

#[tokio::test]
async fn refresh_reports_added_changed_and_removed_objects() {
    let mut catalogue = catalogue().await;
    let changes = catalogue.refresh(&client(later())).await.unwrap();
    let status_id = |instance, plan| (InstanceId::new(instance), PlanId::new(plan));

    assert_eq!(changes.events.added, [EventId::new(12)]);
    assert!(changes.events.changed.is_empty());
    assert_eq!(changes.events.removed, [EventId::new(11)]);
    assert!(changes.instances.added.is_empty() && changes.instances.removed.is_empty());
    assert_eq!(changes.instances.changed, [InstanceId::new(20)]);
    assert_eq!(changes.statuses.added, [status_id(23, 31)]);
    assert_eq!(changes.statuses.changed, [status_id(20, 31)]);
    assert_eq!(changes.statuses.removed, [status_id(21, 31)]);
    assert_eq!(changes.price_lists.removed, [PriceListId::new(40)]);
    assert!(changes.plans.is_empty() && changes.bands.is_empty() && changes.ticket_types.is_empty());
    assert!(!changes.is_empty());

    assert_eq!(catalogue.event(EventId::new(12)).unwrap().name, "Timon");
    assert!(catalogue.event(EventId::new(11)).is_none());
}

#[tokio::test]
async fn a_failed_refresh_leaves_the_catalogue_unchanged() {
    let mut catalogue = catalogue().await;
    let before = catalogue.clone();
    let down = Replay::new().respond("GetEvents", Reply::status(500));
    catalogue.refresh(&client(down)).await.unwrap_err();
    assert_eq!(catalogue, before);
}

#[tokio::test]
async fn comparing_in_reverse_swaps_added_and_removed() {
    let before = catalogue().await;
    let now = Catalogue::load(&client(later())).await.unwrap();
    let forward = now.changes_since(&before);
    let backward = before.changes_since(&now);
    assert_eq!(forward.events.added, backward.events.removed);
    assert_eq!(forward.statuses.changed, backward.statuses.changed);
}
