//! Programs that use a database at the same time: runs of one venue, runs of several, and purges.

use jiff::Timestamp;
use spektrix_v2_sandbox::{Sandbox, VenueData};
use spektrix_v2_sync::{ErrorKind, Sync};

use super::slow_run::slow_run;
use crate::database::{CHILDREN, Database, with_each};

/// Their rows are beside each other in the tables, so a server may lock those of one venue for another.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn venues_are_synced_at_the_same_time() {
    with_each(|database| async move {
        let sandbox = Sandbox::builder().venues(5).start().await.unwrap();
        for round in 0..3_usize {
            let mut runs = tokio::task::JoinSet::new();
            for venue in sandbox.venues() {
                let edit = |data: &mut VenueData| {
                    data.events
                        .iter_mut()
                        .for_each(|event| event.name = format!("Round {round}"));
                    data.tags.truncate(10 - round);
                };
                venue.edit(edit).unwrap();
                let sync = Sync::new(venue.client().unwrap(), database.store().await);
                runs.spawn(async move { sync.run().await });
            }
            for run in runs.join_all().await {
                let report = run.unwrap_or_else(|error| panic!("{}: {error} {:?}", database.name, error.hint()));
                assert_eq!(report.run, i64::try_from(round + 1).ok());
            }
        }
        let names = "spektrix_events WHERE name = 'Round 2' GROUP BY venue";
        assert_eq!(
            database.query(&["count(*)"], names).await,
            vec![["64"]; 5],
            "{}",
            database.name
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn purges_within_runs_delete_no_listed_object() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await);
        sync.run().await.unwrap();
        let rows = |database: Database| async move {
            let mut rows = Vec::new();
            for table in CHILDREN {
                rows.push((table, database.number("count(*)", table).await));
            }
            let listed = "spektrix_events WHERE removed_at IS NULL";
            rows.push(("events", database.number("count(*)", listed).await));
            rows
        };
        let expected = rows(database.clone()).await;
        let store = database.store().await;
        let purges = tokio::spawn(async move {
            loop {
                // A purge that excludes a run, or the other way round, would be an error of one of them.
                let before = Timestamp::now() + jiff::SignedDuration::from_hours(1);
                store.purge(before).await.unwrap();
            }
        });
        for _ in 0..4 {
            sandbox
                .edit(|venue| venue.events.retain(|event| event.id.get() % 3 != 0))
                .unwrap();
            sync.run().await.unwrap();
            sandbox.reset().unwrap();
            sync.run().await.unwrap();
        }
        assert!(!purges.is_finished(), "{}: a purge failed", database.name);
        purges.abort();
        assert_eq!(sync.run().await.unwrap().written(), 0, "{}", database.name);
        assert_eq!(rows(database.clone()).await, expected, "{}", database.name);
    })
    .await;
}

#[tokio::test]
async fn runs_of_one_venue_exclude_each_other() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await);
        let first = slow_run(&sandbox, &sync, std::time::Duration::from_secs(2)).await;
        let other_store = database.store().await;
        let second = Sync::new(sandbox.client().unwrap(), other_store.clone());
        let error = second.run().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Locked, "{error}");
        let waited = second.wait(true).run().await.unwrap();
        assert_eq!((waited.run, waited.written()), (Some(2), 0));
        assert!(first.await.unwrap().unwrap().written() > 0);
        // Another venue is not excluded, and a cancelled run releases its lock.
        let slow = spektrix_v2_sandbox::Fault::Latency {
            delay: std::time::Duration::from_secs(20),
        };
        sandbox.inject(slow.on("GetBands").times(1)).unwrap();
        let cancelled = tokio::time::timeout(std::time::Duration::from_millis(700), sync.run()).await;
        assert!(cancelled.is_err());
        sandbox.clear_faults();
        let next = sync.clone().wait(true).run().await.unwrap();
        assert_eq!(next.run, Some(4));
        let outcomes = database.query(&["outcome"], "spektrix_runs ORDER BY id").await.concat();
        assert_eq!(outcomes, ["succeeded", "succeeded", "interrupted", "succeeded"]);
    })
    .await;
}
