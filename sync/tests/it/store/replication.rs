//! Parts of PostgreSQL that read what a sync writes: replicas, logical replication, and the decoding that Debezium uses.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use spektrix_v2_sandbox::Sandbox;
use spektrix_v2_sync::{ErrorKind, Store, Sync};

use super::kills::change;
use super::postgres_server::{PASSWORD, PostgresServer};
use crate::database::{Database, KINDS, administrate};

fn database(server: &PostgresServer) -> Database {
    let url = server.url("postgres", PASSWORD, "postgres");
    Database { name: "postgres", url }
}

/// Waits until an expression is true in the database. Returns how long it took.
async fn until(database: &Database, expression: &str, from: &str) -> Duration {
    let started = Instant::now();
    while database.query(&[expression], from).await != [["true"]] {
        assert!(
            started.elapsed() < Duration::from_mins(1),
            "not within a minute: {expression}"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    started.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replicas_show_whole_runs() {
    let Some(server) = PostgresServer::start() else { return };
    let primary = database(&server);
    let sandbox = Sandbox::start().await.unwrap();
    let sync = Sync::new(sandbox.client().unwrap(), primary.store().await);
    change(&sandbox, "Run 0");
    sync.run().await.unwrap();
    let server = tokio::task::block_in_place(|| server.replica());
    let replica = database(&server);

    let titles = "spektrix_whats_on GROUP BY name";
    let reader = tokio::spawn({
        let replica = replica.clone();
        async move {
            let mut seen = BTreeSet::new();
            while !seen.contains("Run 8") {
                let shown = replica.query(&["name"], titles).await.concat();
                assert_eq!(shown.len(), 1, "parts of two runs: {shown:?}");
                seen.extend(shown);
            }
            seen
        }
    });
    let mut lags = Vec::new();
    for run in 1..=8 {
        change(&sandbox, &format!("Run {run}"));
        sync.run().await.unwrap();
        let shown = format!("bool_and(name = 'Run {run}')");
        lags.push(until(&replica, &shown, "spektrix_whats_on").await);
    }
    let seen = reader.await.unwrap();
    assert!(seen.len() > 2, "{seen:?}");
    lags.sort();
    println!(
        "a replica shows a run {:?} after it has ended (median)",
        lags[lags.len() / 2]
    );
    assert_eq!(replica.content().await, primary.content().await);

    // It cannot be written to. The error says so.
    let store = Store::open(&replica.url).await.unwrap();
    let error = Sync::new(sandbox.client().unwrap(), store).run().await.unwrap_err();
    let hint = error.hint().unwrap_or_default();
    assert!(
        error.kind() == ErrorKind::Database && hint.contains("the database is read-only"),
        "{error} {hint}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn logical_replication_copies_the_tables_of_a_venue() {
    let (Some(server), Some(site)) = (PostgresServer::start(), PostgresServer::start()) else {
        return;
    };
    let (publisher, subscriber) = (database(&server), database(&site));
    let sandbox = Sandbox::builder().venues(2).start().await.unwrap();
    let syncs: Vec<_> = {
        let store = publisher.store().await;
        let venues = sandbox.venues();
        venues
            .map(|venue| Sync::new(venue.client().unwrap(), store.clone()))
            .collect()
    };
    for sync in &syncs {
        sync.run().await.unwrap();
    }
    // The commands of `docs/fleet.md`. A dry run creates the tables.
    let sync = Sync::new(sandbox.client().unwrap(), subscriber.store().await);
    assert!(sync.plan().await.unwrap().written() > 0);
    let tables = "SELECT string_agg(format('%I WHERE (venue = ''sandbox-2'')', tablename), ', ') FROM pg_tables
        WHERE tablename LIKE 'spektrix_%' AND tablename NOT IN ('spektrix_migrations', 'spektrix_fleet')";
    let publish = format!("DO $$ BEGIN EXECUTE 'CREATE PUBLICATION venues FOR TABLE ' || ({tables}); END $$");
    administrate(&publisher.url, &publish).await.unwrap();
    let subscribe = format!(
        "CREATE SUBSCRIPTION venues CONNECTION '{}' PUBLICATION venues",
        publisher.url
    );
    administrate(&subscriber.url, &subscribe).await.unwrap();
    until(&subscriber, "count(*) > 0", "spektrix_whats_on").await;

    sandbox
        .venues()
        .nth(1)
        .unwrap()
        .edit(|venue| {
            venue.event_mut(7001).unwrap().name = "Changed".into();
            venue.events.retain(|event| event.id.get() != 7004);
        })
        .unwrap();
    for sync in &syncs {
        sync.run().await.unwrap();
    }
    let last = "count(*) = 2 AND bool_and(outcome = 'succeeded')";
    let lag = until(&subscriber, last, "spektrix_runs").await;
    println!("a subscriber has a run {lag:?} after it has ended");
    for table in KINDS {
        let columns = ["venue", "content", "removed_at"];
        let rows = format!("{table} WHERE venue = 'sandbox-2' ORDER BY 2");
        let copied = subscriber.query(&columns, &format!("{table} ORDER BY 2")).await;
        assert_eq!(copied, publisher.query(&columns, &rows).await, "{table}");
    }
    let gone = "spektrix_changes WHERE venue = 'sandbox-2' AND what = 'removed' ORDER BY 1";
    let removed = subscriber.query(&["object_key"], gone).await;
    assert!(removed.contains(&vec!["7004".to_owned()]), "{removed:?}");
    assert_eq!(removed, publisher.query(&["object_key"], gone).await);
}

/// `test_decoding` prints what the server sends to Debezium: transactions, in the order in which they ended.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn decoded_changes_are_those_of_the_table() {
    let Some(server) = PostgresServer::start() else { return };
    let database = database(&server);
    let sandbox = Sandbox::start().await.unwrap();
    let sync = Sync::new(sandbox.client().unwrap(), database.store().await);
    sync.plan().await.unwrap();
    let create = "SELECT pg_create_logical_replication_slot('changes', 'test_decoding')";
    administrate(&database.url, create).await.unwrap();
    sync.run().await.unwrap();
    change(&sandbox, "Changed");
    sync.run().await.unwrap();

    let decoded = "pg_logical_slot_peek_changes('changes', NULL, NULL, 'include-timestamp', 'off')";
    let rows = format!("{decoded} WHERE data LIKE 'table public.spektrix_changes: INSERT:%'");
    let numbers = r"substring(data FROM 'INSERT: id\[bigint\]:(\d+)')";
    let transaction = r"dense_rank() OVER (ORDER BY xid::text::bigint)";
    let decoded = database.query(&[transaction, numbers], &rows).await;
    let stored = database
        .query(&["run_id", "id"], "spektrix_changes c ORDER BY c.id")
        .await;
    assert!(stored.len() > 100);
    assert!(
        decoded == stored,
        "a run is not one transaction, or its rows have another order"
    );
}
