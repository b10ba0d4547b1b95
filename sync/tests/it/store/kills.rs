//! Runs that are killed, and connections that the server ends: the database is that of before or of after.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use spektrix_v2::Client;
use spektrix_v2_sandbox::{Fault, Sandbox};
use spektrix_v2_sync::{ErrorKind, Store, Sync};

use crate::database::{administrate, with_each};

/// The variable with the database of a child process.
const DATABASE: &str = "TEST_DATABASE_URL";

/// The run of a child process. It is ignored, so that only [`killed_runs_store_everything_or_nothing`] starts it.
#[tokio::test]
#[ignore = "the other test starts it in a child process"]
async fn child_run() {
    let Ok(url) = std::env::var(DATABASE) else { return };
    let store = Store::open(&url).await.unwrap();
    let _ = Sync::new(Client::from_env().unwrap(), store).wait(true).run().await;
}

/// `TEST_KILLS` sets the number of kills for each database; the default keeps the test short.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_runs_store_everything_or_nothing() {
    let kills: u64 = std::env::var("TEST_KILLS")
        .ok()
        .and_then(|kills| kills.parse().ok())
        .unwrap_or(6);
    with_each(move |database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await).wait(true);
        sync.run().await.unwrap();
        let whole = Instant::now();
        child(&sandbox, &database.url).wait().unwrap();
        let whole = whole.elapsed();
        let (mut unchanged, mut complete) = (0, 0);
        for kill in 0..kills {
            let title = format!("Title {kill}");
            sandbox
                .edit(|venue| {
                    venue.events.iter_mut().for_each(|event| event.name.clone_from(&title));
                    venue
                        .instances
                        .iter_mut()
                        .for_each(|instance| instance.is_on_sale = kill % 2 == 0);
                })
                .unwrap();
            let before = database.content().await;
            let mut child = child(&sandbox, &database.url);
            // Spread over the time that a run takes, and more of them near its end, where it writes.
            let moment = 0.4 + 0.8 * f64::from(u32::try_from(kill).unwrap()) / f64::from(u32::try_from(kills).unwrap());
            tokio::time::sleep(whole.mul_f64(moment)).await;
            child.kill().unwrap();
            child.wait().unwrap();
            // The server may still be rolling back.
            tokio::time::sleep(Duration::from_millis(100)).await;
            let is_unchanged = database.content().await == before;
            let remaining = sync.plan().await.unwrap().written();
            assert!(
                is_unchanged || remaining == 0,
                "{}: {remaining} objects are not written",
                database.name
            );
            unchanged += u32::from(is_unchanged);
            complete += u32::from(!is_unchanged);
            // The lock ended with the process.
            sync.run().await.unwrap();
            assert_eq!(sync.plan().await.unwrap().written(), 0);
        }
        println!(
            "{}: {unchanged} kills changed nothing, {complete} came after the end",
            database.name
        );
        let running = database
            .number("count(*)", "spektrix_runs WHERE outcome = 'running'")
            .await;
        assert_eq!(running, 0);
    })
    .await;
}

/// Starts [`child_run`] in a child process.
fn child(sandbox: &Sandbox, url: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "store::kills::child_run"])
        .envs(sandbox.environment())
        .env(DATABASE, url)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
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
        let slow = Fault::Latency {
            delay: Duration::from_secs(2),
        };
        sandbox.inject(slow.on("GetStatements").times(1)).unwrap();
        let run = tokio::spawn({
            let sync = sync.clone();
            async move { sync.run().await }
        });
        tokio::time::sleep(Duration::from_millis(1_500)).await;
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
