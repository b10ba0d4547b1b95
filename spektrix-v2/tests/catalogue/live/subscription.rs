//! Tests of subscriptions to a live catalogue.

use std::sync::Arc;
use std::time::Duration;

use spektrix_v2::catalogue::LiveCatalogue;
use tokio::time::timeout;

use super::{Service, minutes, with_seats};

#[tokio::test(start_paused = true)]
async fn changes_are_returned_as_they_are_found() {
    let service = Service::new();
    let live = LiveCatalogue::start(&service.client).await.unwrap();
    let mut subscription = live.subscribe();
    assert!(
        timeout(Duration::from_secs(3600), subscription.next()).await.is_err(),
        "nothing changes"
    );
    service.set(with_seats(6));
    let changes = subscription.next().await.unwrap();
    assert_eq!(changes.to_string(), "statuses: 1 changed");
    assert_eq!(changes.statuses.changed[0].before.available, 7);
    assert!(Arc::ptr_eq(subscription.catalogue(), &live.catalogue()));
}

#[tokio::test(start_paused = true)]
async fn a_slow_subscriber_gets_all_changes_as_one() {
    let service = Service::new();
    let live = LiveCatalogue::start(&service.client).await.unwrap();
    let mut subscription = live.subscribe();
    for available in [6, 5, 4] {
        service.set(with_seats(available));
        minutes(3).await;
    }
    let changes = subscription.next().await.unwrap();
    let [change] = &changes.statuses.changed[..] else {
        panic!("{changes}")
    };
    assert_eq!((change.before.available, change.after.available), (7, 4));

    service.set(with_seats(3));
    minutes(3).await;
    service.set(with_seats(4));
    minutes(3).await;
    let next = timeout(Duration::from_secs(3600), subscription.next()).await;
    assert!(next.is_err(), "seats that were sold and returned are no change");
}

#[tokio::test(start_paused = true)]
async fn a_subscription_ends_with_the_catalogue() {
    let service = Service::new();
    let live = LiveCatalogue::start(&service.client).await.unwrap();
    let mut subscription = live.subscribe();
    service.set(with_seats(6));
    live.refresh().await.unwrap();
    drop(live);
    let changes = subscription.next().await.unwrap();
    assert_eq!(
        changes.to_string(),
        "statuses: 1 changed",
        "the last changes are returned first"
    );
    assert!(subscription.next().await.is_none());
    assert!(subscription.next().await.is_none());
}
