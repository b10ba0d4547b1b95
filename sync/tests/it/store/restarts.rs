//! Servers that restart while a run reads the lists. Each is one that only a test uses.

use std::time::Duration;

use spektrix_v2_sandbox::Sandbox;
use spektrix_v2_sync::{ErrorKind, Store, Sync};

use super::mariadb_server::MariaDbServer;
use super::outages::fails;
use super::postgres_server::{PASSWORD, PostgresServer};
use super::slow_run::slow_run;
use crate::database::{Database, administrate};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_that_restarts_within_a_run_loses_nothing() {
    let Some(server) = PostgresServer::start() else { return };
    for (user, password) in [("postgres", "wrong"), ("nobody", PASSWORD)] {
        let error = Store::open(&server.url(user, password, "postgres"))
            .await
            .expect_err(user);
        assert!(
            error
                .hint()
                .unwrap_or_default()
                .contains("the user name and the password"),
            "{error}"
        );
    }
    let url = server.url("postgres", PASSWORD, "postgres");
    administrate(&url, "CREATE ROLE reader LOGIN PASSWORD 'right'")
        .await
        .unwrap();
    let sandbox = Sandbox::start().await.unwrap();
    let store = Store::open(&server.url("reader", PASSWORD, "postgres")).await.unwrap();
    fails(
        &Sync::new(sandbox.client().unwrap(), store),
        ErrorKind::Database,
        "needs permission",
    )
    .await;

    let database = Database { name: "postgres", url };
    restarts_within_a_run(&sandbox, &database, || server.restart()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mariadb_that_restarts_within_a_run_loses_nothing() {
    let Some(server) = MariaDbServer::start() else { return };
    server.administrate("CREATE DATABASE season").await;
    let database = Database {
        name: "mysql",
        url: server.url("season"),
    };
    let sandbox = Sandbox::start().await.unwrap();
    restarts_within_a_run(&sandbox, &database, || server.restart()).await;
}

/// Restarts the server of a database while a run reads the lists, and expects that nothing is lost.
async fn restarts_within_a_run(sandbox: &Sandbox, database: &Database, restart: impl FnOnce()) {
    let sync = Sync::new(sandbox.client().unwrap(), database.store().await);
    sync.run().await.unwrap();
    sandbox
        .edit(|venue| venue.event_mut(7001).unwrap().name = "Changed".into())
        .unwrap();
    let before = database.content().await;
    let run = slow_run(sandbox, &sync, Duration::from_secs(1)).await;
    tokio::task::block_in_place(restart);
    let error = run.await.unwrap().expect_err("its server was restarted");
    assert_eq!(error.kind(), ErrorKind::Unavailable, "{error}");
    assert_eq!(database.content().await, before);
    // The pool has connections that have ended: the run opens others.
    assert_eq!(sync.run().await.unwrap().written(), 1);
    let outcomes = database.query(&["outcome"], "spektrix_runs ORDER BY id").await.concat();
    assert_eq!(
        (&*outcomes[0], &*outcomes[2], outcomes.len()),
        ("succeeded", "succeeded", 3),
        "{outcomes:?}"
    );
    assert!(["failed", "interrupted"].contains(&&*outcomes[1]), "{outcomes:?}");
}
