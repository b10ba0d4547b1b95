//! Lists that lack objects: they are refused until they are allowed, whatever the number of runs.

use jiff::Timestamp;
use spektrix_v2_sandbox::{Sandbox, VenueData};
use spektrix_v2_sync::{ErrorKind, Guard, Kind, Sync};

use crate::database::with_each;

#[tokio::test]
async fn implausible_lists_are_refused_until_allowed() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await);
        sync.run().await.unwrap();
        let before = database.content().await;
        sandbox.edit(|venue| venue.events.truncate(3)).unwrap();
        let error = sync.run().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Implausible, "{error}");
        assert!(
            error.hint().unwrap().contains("--allow-loss events"),
            "{:?}",
            error.hint()
        );
        assert_eq!(database.content().await, before);
        let guard = [Kind::Events, Kind::Instances, Kind::Availability]
            .into_iter()
            .fold(Guard::new(), Guard::allow);
        let report = sync.clone().guard(guard).run().await.unwrap();
        assert_eq!(report.counts[&Kind::Events].listed, 3);
        let runs = database.query(&["outcome"], "spektrix_runs ORDER BY id").await.concat();
        assert_eq!(runs, ["succeeded", "failed", "succeeded"]);
    })
    .await;
}

/// Each run loses less than the guard allows. Without a memory, ten of them would lose nearly everything.
#[tokio::test]
async fn lists_that_lose_a_little_in_each_run_are_refused() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await);
        sync.run().await.unwrap();
        let sync = sync.only([Kind::Events]);
        let lose = |share: usize| {
            let edit = |venue: &mut VenueData| venue.events.truncate(venue.events.len() * (100 - share) / 100);
            sandbox.edit(edit).unwrap();
        };
        lose(40);
        sync.run().await.unwrap();
        let before = database.content().await;
        lose(40);
        let error = sync.run().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Implausible, "{error}");
        assert_eq!(database.content().await, before, "{}", database.name);
        // A loss that was allowed is the new state.
        let guard = Guard::new().allow(Kind::Events);
        sync.clone().guard(guard).run().await.unwrap();
        lose(10);
        sync.run().await.unwrap();
        lose(50);
        assert_eq!(sync.run().await.unwrap_err().kind(), ErrorKind::Implausible);
        // What is listed again was not lost, and nothing is lost by a run that adds.
        sandbox.reset().unwrap();
        sync.run().await.unwrap();
        lose(40);
        sync.run().await.unwrap();
        // After two days, it is the state that is expected.
        let table = match database.name {
            "sqlite" => "datetime(removed_at, '-3 days')",
            "postgres" => "removed_at - interval '3 days'",
            _ => "removed_at - INTERVAL 3 DAY",
        };
        let earlier = format!("UPDATE spektrix_events SET removed_at = {table}");
        database.execute(&earlier).await;
        lose(40);
        sync.run().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn past_instances_may_leave_the_lists() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await);
        // All of the season is in the past.
        let past: Timestamp = "2001-01-01T12:00:00Z".parse().unwrap();
        sandbox
            .edit(|venue| {
                venue
                    .instances
                    .iter_mut()
                    .for_each(|instance| instance.start_utc = past);
            })
            .unwrap();
        sync.run().await.unwrap();
        sandbox.edit(|venue| venue.instances.truncate(1)).unwrap();
        let report = sync.run().await.unwrap();
        assert!(report.counts[&Kind::Instances].removed > 700, "{report}");
    })
    .await;
}
