//! Tests of `refresh` and `refresh_statuses`: what is requested, what is replaced, and what is refused.

use spektrix_v2::catalogue::{Catalogue, Guard};
use spektrix_v2::jiff::civil::date;
use spektrix_v2::testing::{Capture, Replay, Reply};
use spektrix_v2::{Client, InstanceId, PlanId};

use crate::venue::{self, BANDS, PLANS, PRICE_LISTS, TICKET_TYPES, client, list, replay};

/// The venue with other events, instances and statuses.
fn venue_with(events: &[String], instances: &[String], statuses: &[String]) -> Client {
    client(
        Replay::new()
            .respond("GetEvents", list("Events", events))
            .respond("GetInstances", list("Instances", instances))
            .respond("GetInstanceStatus", list("InstancePlanStatuses", statuses))
            .respond("GetPlans", PLANS)
            .respond("GetPriceLists", PRICE_LISTS)
            .respond("GetBands", BANDS)
            .respond("GetTicketTypes", TICKET_TYPES),
    )
}

fn available(catalogue: &Catalogue) -> Vec<(i32, i32, i32)> {
    let statuses = catalogue.statuses();
    statuses
        .map(|status| (status.instance.get(), status.plan.get(), status.available))
        .collect()
}

#[tokio::test]
async fn a_refresh_returns_changes_and_replaces_lists() {
    let mut catalogue = venue::catalogue().await;
    let changes = catalogue.refresh(&client(replay())).await.unwrap();
    assert!(changes.is_empty(), "{changes}");

    let events = [venue::event(10, "Lear", Some(11)), venue::event(12, "Timon", None)];
    let instances = [venue::instance(20, 10, 10, 30, 40), venue::instance(21, 10, 2, 31, 40)];
    let statuses = [venue::status(20, 31, 6), venue::status(20, 32, 1)];
    let changes = catalogue
        .refresh(&venue_with(&events, &instances, &statuses))
        .await
        .unwrap();
    assert_eq!(
        changes.to_string(),
        "events: 1 added, 1 removed; instances: 1 changed, 1 removed; statuses: 1 changed, 1 removed"
    );
    assert_eq!(available(&catalogue), [(20, 31, 6), (20, 32, 1)]);
}

#[tokio::test]
async fn a_failed_refresh_leaves_the_catalogue_unchanged() {
    let mut catalogue = venue::catalogue().await;
    let before = catalogue.clone();
    let down = client(Replay::new().respond("GetEvents", Reply::status(500)));
    catalogue.refresh(&down).await.unwrap_err();
    let down = client(Replay::new().respond("GetInstanceStatus", Reply::status(500)));
    catalogue.refresh_statuses(&down).await.unwrap_err();
    assert_eq!(catalogue, before);
}

#[tokio::test]
async fn an_empty_programme_is_refused_unless_allowed() {
    let mut catalogue = venue::catalogue().await;
    let before = catalogue.clone();
    let empty = venue_with(&[], &[], &[]);
    assert!(catalogue.refresh(&empty).await.unwrap_err().is_implausible());
    assert!(catalogue.refresh_statuses(&empty).await.unwrap_err().is_implausible());
    assert_eq!(catalogue, before);
    catalogue.refresh_with(&empty, Guard::none()).await.unwrap();
    assert_eq!(catalogue.events().count(), 0);
}

#[tokio::test]
async fn statuses_are_refreshed_in_one_request() {
    let statuses = [
        venue::status(20, 31, 2),
        venue::status(21, 31, 5),
        venue::status(99, 31, 9),
    ];
    let replay = Replay::new().respond("GetInstanceStatus", list("InstancePlanStatuses", &statuses));
    let capture = Capture::new(replay);
    let mut catalogue = venue::catalogue().await;
    let changes = catalogue.refresh_statuses(&client(capture.clone())).await.unwrap();
    assert_eq!(changes.to_string(), "statuses: 1 added, 1 changed, 1 removed");
    assert_eq!(available(&catalogue), [(20, 31, 2), (21, 31, 5), (99, 31, 9)]);
    let requests: Vec<_> = capture.requests().iter().map(ToString::to_string).collect();
    assert_eq!(requests, ["GET instance-status?all=true"]);
    assert_eq!(catalogue.events().count(), 2, "the other lists stay");
}

#[tokio::test]
async fn statuses_of_a_range_replace_only_those() {
    // Instance 20 is on the 9th of January, 21 on the 2nd.
    let statuses = [venue::status(20, 32, 4)];
    let capture = Capture::new(Replay::new().respond("GetInstanceStatus", list("InstancePlanStatuses", &statuses)));
    let client = client(capture.clone());
    let mut catalogue = venue::catalogue().await;
    let day = date(2127, 1, 9)..date(2127, 1, 10);
    let changes = catalogue.refresh_statuses_starting(&client, day).await.unwrap();
    assert_eq!(changes.to_string(), "statuses: 1 changed, 1 removed");
    assert_eq!(available(&catalogue), [(20, 32, 4), (21, 31, 5)]);
    let requests: Vec<_> = capture.requests().iter().map(ToString::to_string).collect();
    let query = "all=true&instance_start_from=2127-01-09&instance_start_to=2127-01-10";
    assert_eq!(requests, [format!("GET instance-status?{query}")]);
}

#[tokio::test]
async fn a_catalogue_of_a_range_keeps_to_its_instances() {
    let capture = Capture::new(replay());
    let client = client(capture.clone());
    let mut catalogue = Catalogue::load_starting(&client, date(2127, 1, 1)..).await.unwrap();
    catalogue.refresh_statuses(&client).await.unwrap();
    let last = capture.requests().last().unwrap().to_string();
    assert_eq!(
        last, "GET instance-status?all=true&instance_start_from=2127-01-01",
        "the range of the catalogue"
    );

    let statuses = [venue::status(20, 31, 1), venue::status(99, 31, 9)];
    let other = venue_with(&[], &[], &statuses);
    catalogue
        .refresh_statuses_starting(&other, date(2026, 1, 1)..)
        .await
        .unwrap();
    assert_eq!(
        available(&catalogue),
        [(20, 31, 1)],
        "instance 99 is not in the catalogue"
    );
    assert!(catalogue.status(InstanceId::new(99), PlanId::new(31)).is_none());
}
