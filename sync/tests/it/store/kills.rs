//! Runs that are killed, and connections that the server ends: the database is that of before or of after.

use std::process::Stdio;
use std::time::{Duration, Instant};

use spektrix_v2::Client;
use spektrix_v2_sandbox::{Sandbox, VenueData};
use spektrix_v2_sync::{ErrorKind, Store, Sync};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tracing::Level;

use super::slow_run::slow_run;
use crate::database::{administrate, with_each};

/// What a run logs when it begins to write.
const WRITES: &str = "writing the changes";

/// The variable with the database of a child process.
const DATABASE: &str = "TEST_DATABASE_URL";

/// The run of a child process. It is ignored, so that only [`killed_runs_store_everything_or_nothing`] starts it.
#[tokio::test]
#[ignore = "the other test starts it in a child process"]
async fn child_run() {
    let Ok(url) = std::env::var(DATABASE) else { return };
    // The other test reads when the run begins to write.
    tracing_subscriber::fmt().with_max_level(Level::DEBUG).init();
    let store = Store::open(&url).await.unwrap();
    let _ = Sync::new(Client::from_env().unwrap(), store).wait(true).run().await;
}

/// `TEST_KILLS` sets the number of kills for each database; the default keeps the test short.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_runs_store_everything_or_nothing() {
    let kills: u32 = std::env::var("TEST_KILLS")
        .ok()
        .and_then(|kills| kills.parse().ok())
        .unwrap_or(3);
    with_each(move |database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await).wait(true);
        sync.run().await.unwrap();
        change(&sandbox, "Title");
        let mut child = child_until(WRITES, &sandbox, &database.url).await;
        let started = Instant::now();
        child.wait().await.unwrap();
        let writing = started.elapsed();
        let mut within = 0;
        for kill in 0..kills {
            change(&sandbox, &format!("Title {kill}"));
            let before = database.content().await;
            let mut child = child_until(WRITES, &sandbox, &database.url).await;
            // From the first statement to the end of the transaction.
            tokio::time::sleep(writing.mul_f64(f64::from(kill) / f64::from(kills))).await;
            // It may have ended already.
            let _ = child.kill().await;
            let is_unchanged = database.content().await == before;
            let remaining = sync.plan().await.unwrap().written();
            assert_eq!(
                is_unchanged,
                remaining > 0,
                "{}: {remaining} are not written",
                database.name
            );
            within += u32::from(is_unchanged);
            // The lock ended with the process.
            sync.run().await.unwrap();
            assert_eq!(sync.plan().await.unwrap().written(), 0);
        }
        println!(
            "{}: {within} of {kills} kills came before the end of the transaction",
            database.name
        );
        assert!(
            within > 0,
            "{}: no kill came before the end of the transaction",
            database.name
        );
        let running = database
            .number("count(*)", "spektrix_runs WHERE outcome = 'running'")
            .await;
        assert_eq!(running, 0);
    })
    .await;
}

/// Changes all events.
pub(super) fn change(sandbox: &Sandbox, title: &str) {
    let edit = |venue: &mut VenueData| {
        venue
            .events
            .iter_mut()
            .for_each(|event| title.clone_into(&mut event.name));
    };
    sandbox.edit(edit).unwrap();
}

/// Starts [`child_run`] in a child process, and waits until it logs a text.
///
/// Nothing here may block its thread: the sandbox is served by the same runtime.
pub(super) async fn child_until(text: &str, sandbox: &Sandbox, url: &str) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "store::kills::child_run"]);
    command.envs(sandbox.environment()).env(DATABASE, url);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut log = Vec::new();
    while !log.last().is_some_and(|line: &String| line.contains(text)) {
        let line = lines.next_line().await.unwrap();
        log.push(line.unwrap_or_else(|| panic!("the run ended before it logged {text}: {}", log.join("\n"))));
    }
    // Its output is read, so that it never waits for a reader.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    child
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ended_connections_change_nothing() {
    with_each(|database| async move {
        if database.name == "sqlite" {
            return;
        }
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await);
        sync.run().await.unwrap();
        sandbox
            .edit(|venue| venue.event_mut(7001).unwrap().name = "Changed".into())
            .unwrap();
        let before = database.content().await;
        let run = slow_run(&sandbox, &sync, Duration::from_secs(2)).await;
        end_connections(database.name, &database.url).await;
        let error = run.await.unwrap().expect_err("its connection has ended");
        assert_eq!(error.kind(), ErrorKind::Unavailable, "{error}");
        assert_eq!(database.content().await, before);
        assert_eq!(sync.run().await.unwrap().written(), 1);
    })
    .await;
}

async fn end_connections(name: &str, url: &str) {
    if name == "postgres" {
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
            WHERE datname = current_database() AND pid <> pg_backend_pid()";
        administrate(url, end).await.unwrap();
        return;
    }
    let database = url.rsplit('/').next().unwrap();
    let end = format!(
        "BEGIN NOT ATOMIC FOR other IN (SELECT id FROM information_schema.processlist \
         WHERE db = '{database}' AND id <> connection_id()) DO KILL other.id; END FOR; END"
    );
    administrate(url, &end).await.unwrap();
}
