//! Tests of how a live catalogue refreshes itself, and of what it does while the service is down.

use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::join_all;
use spektrix_v2::catalogue::{Guard, LiveCatalogue, LivePart};
use spektrix_v2::jiff::civil::Date;
use spektrix_v2::jiff::{Timestamp, ToSpan as _};
use spektrix_v2::testing::Replay;

use super::{Service, minutes, seats, with_seats};
use crate::venue::{self, BANDS, PLANS, PRICE_LISTS, TICKET_TYPES, list};

#[tokio::test(start_paused = true)]
async fn both_kinds_of_data_have_their_own_interval() {
    let service = Service::new();
    let live = LiveCatalogue::builder(&service.client)
        .availability_every(Duration::from_secs(60))
        .season_every(Duration::from_secs(3600))
        .start()
        .await
        .unwrap();
    assert_eq!((service.count("events"), service.count("instance-status")), (1, 1));
    assert_eq!(seats(&live), 7);
    service.set(with_seats(6));
    minutes(2).await;
    assert_eq!(seats(&live), 6);
    assert_eq!(service.count("events"), 1, "only the availability was loaded");
    minutes(48).await;
    let loaded = service.count("instance-status");
    assert!((40..=60).contains(&loaded), "{loaded} requests in 50 minutes");
    minutes(20).await;
    assert_eq!(service.count("events"), 2);
    assert!(live.last_error().is_none() && !live.is_stale());
}

/// Instance 21 starts this week, instance 20 in a far year.
#[tokio::test(start_paused = true)]
async fn only_the_next_days_are_refreshed_every_minute() {
    let service = Service::new();
    let today = Timestamp::now().to_zoned(service.client.time_zone().clone()).date();
    let soon = today.saturating_add(3.days());
    let this_week = venue::instance(21, 10, 2, 31, 40).replace("2127-01-02", &soon.to_string());
    let instances = [venue::instance(20, 10, 9, 30, 40), this_week];
    let serve = |statuses: &[String]| {
        service.set(venue::with_instances(
            &instances,
            list("InstancePlanStatuses", statuses),
        ));
    };
    serve(&[venue::status(20, 31, 7), venue::status(21, 31, 5)]);
    let live = LiveCatalogue::builder(&service.client)
        .availability_days(30)
        .start()
        .await
        .unwrap();
    serve(&[venue::status(21, 31, 4)]);
    minutes(2).await;
    let available = |instance: i32| live.catalogue().status(instance.into(), 31.into()).unwrap().available;
    assert_eq!((available(20), available(21)), (7, 4), "{:?}", live.last_error());
    let sent = service.capture.requests();
    let last = sent.last().unwrap();
    let day = |name| last.parameter(name).unwrap().parse::<Date>().unwrap();
    assert_eq!(day("instance_start_from") + 31.days(), day("instance_start_to"));
    assert!(
        (today..=today.saturating_add(1.day())).contains(&day("instance_start_from")),
        "{last}"
    );

    serve(&[venue::status(20, 31, 6), venue::status(21, 31, 4)]);
    minutes(12).await;
    assert_eq!((available(20), available(21)), (6, 4), "all lists have all days");
}

#[tokio::test(start_paused = true)]
async fn the_last_snapshot_is_served_while_the_service_is_down() {
    let service = Service::new();
    let live = LiveCatalogue::start(&service.client).await.unwrap();
    service.fail();
    minutes(3).await;
    assert_eq!(seats(&live), 7);
    let error = live.last_error().unwrap();
    assert_eq!(error.part, LivePart::Availability);
    assert!(error.error.is_server(), "{error}");
    minutes(30).await;
    let error = live.last_error().unwrap();
    assert!(error.to_string().contains("503"), "{error}");
    let attempts = service.count("events");
    assert!((3..=8).contains(&attempts), "the delay grows: {attempts} attempts");

    service.set(with_seats(3));
    minutes(15).await;
    assert_eq!(seats(&live), 3);
    assert!(live.last_error().is_none());
}

#[tokio::test(start_paused = true)]
async fn an_implausible_programme_is_refused_until_allowed() {
    let service = Service::new();
    let live = LiveCatalogue::start(&service.client).await.unwrap();
    let empty = Replay::new()
        .respond("GetEvents", "<Events/>")
        .respond("GetInstances", "<Instances/>")
        .respond("GetInstanceStatus", "<InstancePlanStatuses/>")
        .respond("GetPlans", PLANS)
        .respond("GetPriceLists", PRICE_LISTS)
        .respond("GetBands", BANDS)
        .respond("GetTicketTypes", TICKET_TYPES);
    service.set(empty);
    minutes(30).await;
    assert_eq!(seats(&live), 7);
    assert!(live.last_error().unwrap().error.is_implausible());
    assert!(live.refresh().await.unwrap_err().is_implausible());
    live.refresh_with(Guard::none()).await.unwrap();
    assert_eq!(live.catalogue().events().count(), 0);
    assert!(live.last_error().is_none());
}

#[tokio::test(start_paused = true)]
async fn concurrent_refreshes_share_one_flight() {
    let service = Service::new();
    let live = LiveCatalogue::start(&service.client).await.unwrap();
    service.set(with_seats(2));
    let results = join_all((0..5).map(|_| live.refresh())).await;
    assert!(results.iter().all(Result::is_ok));
    assert_eq!(seats(&live), 2);
    assert_eq!(service.count("events"), 2, "one load at the start, one for all five");

    // Another guard is not shared: it may accept what the first refuses.
    let other = || live.refresh_with(Guard::none());
    let (first, second, third) = tokio::join!(other(), live.refresh(), other());
    assert!(first.is_ok() && second.is_ok() && third.is_ok());
    assert_eq!(service.count("events"), 4, "one for each guard");
}

#[tokio::test(start_paused = true)]
async fn dropping_the_last_clone_stops_the_task() {
    let service = Service::new();
    let live = LiveCatalogue::start(&service.client).await.unwrap();
    let clone = live.clone();
    drop(live);
    minutes(5).await;
    let before = service.capture.requests().len();
    assert!(before > 7, "a clone keeps it running");
    drop(clone);
    minutes(60).await;
    assert_eq!(service.capture.requests().len(), before);
}

#[tokio::test(start_paused = true)]
async fn dropping_it_cancels_a_request_in_flight() {
    let service = Service::new();
    let live = LiveCatalogue::start(&service.client).await.unwrap();
    let mut subscription = live.subscribe();
    service.set(with_seats(2));
    let clone = live.clone();
    let waiting = tokio::spawn(async move { clone.refresh().await });
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(service.count("events"), 2, "it is in flight");
    waiting.abort();
    drop(live);
    assert!(subscription.next().await.is_none(), "the refresh did not finish");
}

#[tokio::test(start_paused = true)]
async fn a_start_without_service_and_file_is_an_error() {
    let service = Service::new();
    service.fail();
    let error = LiveCatalogue::start(&service.client).await.unwrap_err();
    assert!(error.is_server(), "{error}");
}

#[test]
fn a_start_outside_a_runtime_is_an_error() {
    let service = Service::new();
    let started = LiveCatalogue::start(&service.client).now_or_never();
    let error = started.expect("it does not wait").unwrap_err();
    assert!(error.is_configuration());
    assert!(
        error.to_string().starts_with("not sent: there is no Tokio runtime"),
        "{error}"
    );
}
