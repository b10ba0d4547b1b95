//! A fleet of processes that are killed: no two runs of a venue overlap, and each venue is synced in its intervals.
//!
//! `TEST_FLEET_VENUES`, `TEST_FLEET_INTERVAL` (seconds), `TEST_FLEET_INTERVALS` and `TEST_FLEET_KILLS` make it larger. Then the
//! lists are those of the whole season.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use spektrix_v2::{Client, Identity};
use spektrix_v2_sandbox::Sandbox;
use spektrix_v2_sync::{Fleet, FleetEvent, Rhythm, Store};

use crate::database::{Database, with_each};

const DATABASE: &str = "TEST_DATABASE_URL";
const VENUES: &str = "TEST_VENUES_FILE";
const BASE_URL: &str = "TEST_BASE_URL";
const ROOT: &str = "TEST_ROOT";
const INTERVAL: &str = "TEST_FLEET_INTERVAL";

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |value| value.parse().unwrap())
}

/// A process of the fleet. It is ignored, so that only the other tests start it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the other tests start it in child processes"]
async fn fleet_process() {
    let Ok(url) = std::env::var(DATABASE) else { return };
    let venues = std::fs::read_to_string(std::env::var(VENUES).unwrap()).unwrap();
    let venues: Vec<serde_json::Value> = serde_json::from_str(&venues).unwrap();
    let names: Vec<_> = venues.iter().map(|venue| text(venue, "client_name")).collect();
    let connect = move |name: &str| {
        let venue = venues.iter().find(|venue| text(venue, "client_name") == name).unwrap();
        let identity = Identity::from_files(text(venue, "certificate"), text(venue, "key"))?;
        let client = Client::builder(name).api_key(text(venue, "api_key")).identity(identity);
        let root = std::fs::read(std::env::var(ROOT)?)?;
        Ok(client.base_url(std::env::var(BASE_URL)?).trust_only(root).build()?)
    };
    let rhythm = Rhythm::every(Duration::from_secs(setting(INTERVAL, 0)));
    let fleet = Fleet::new(Store::open(&url).await.unwrap(), names, rhythm, connect);
    let print = |event: FleetEvent<'_>| println!("{event:?}");
    fleet.run(std::future::pending(), print).await.unwrap();
}

fn text(venue: &serde_json::Value, field: &str) -> String {
    venue[field].as_str().unwrap().to_owned()
}

/// The process, which is killed if the test fails.
struct Process(Child);

impl Process {
    fn start(database: &Database, sandbox: &Sandbox, venues: &Path, interval: u64) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--ignored", "--exact", "store::fleet::fleet_process"]);
        command.env(DATABASE, &database.url).env(VENUES, venues);
        command
            .env(BASE_URL, sandbox.base_url())
            .env(ROOT, sandbox.files().ca());
        command.env(INTERVAL, interval.to_string());
        Self(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fleets_sync_each_venue_once_in_each_interval() {
    let (venues, interval) = (setting("TEST_FLEET_VENUES", 12), setting(INTERVAL, 2));
    let (intervals, kills) = (setting("TEST_FLEET_INTERVALS", 2), setting("TEST_FLEET_KILLS", 4));
    with_each(move |database| async move {
        if database.name != "postgres" {
            return;
        }
        let sandbox = Sandbox::builder()
            .venues(venues.try_into().unwrap())
            .start()
            .await
            .unwrap();
        if venues == 12 {
            for venue in sandbox.venues() {
                venue.edit(|venue| venue.events.truncate(2)).unwrap();
            }
        }
        let file = sandbox.files().venues().unwrap().to_owned();
        let start = || Process::start(&database, &sandbox, &file, interval);
        let mut processes = [start(), start(), start()];
        let pause = Duration::from_secs(interval * intervals).div_f64(f64::from(u32::try_from(kills).unwrap()));
        for kill in 0..kills {
            tokio::time::sleep(pause.mul_f64(0.5 + fastrand::f64())).await;
            let index = usize::try_from(kill).unwrap() % processes.len();
            // The other process is dropped, which kills it.
            processes[index] = start();
        }
        wait_until_all_have_succeeded(&database, venues).await;
        drop(processes);
        check(&database, i64::try_from(venues).unwrap(), interval, kills).await;
    })
    .await;
}

async fn wait_until_all_have_succeeded(database: &Database, venues: u64) {
    let twice = "(SELECT venue FROM spektrix_runs WHERE outcome = 'succeeded' GROUP BY venue HAVING count(*) > 1) v";
    for _ in 0..600 {
        if u64::try_from(database.number("count(*)", twice).await).unwrap() == venues {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("some venues were not synced");
}

async fn check(database: &Database, venues: i64, interval: u64, kills: u64) {
    let overlaps =
        "spektrix_runs a JOIN spektrix_runs b ON b.venue = a.venue AND b.id > a.id AND b.started_at < a.finished_at";
    assert_eq!(database.number("count(*)", overlaps).await, 0, "runs overlap");
    let unfinished = "(SELECT venue FROM spektrix_runs WHERE outcome = 'running' GROUP BY venue HAVING count(*) > 1) v";
    assert_eq!(
        database.number("count(*)", unfinished).await,
        0,
        "several runs of a venue are in progress"
    );
    assert_eq!(database.number("count(*)", "spektrix_fleet").await, venues);
    // A run that is killed after it has stored everything is done again, by another process.
    let most = format!(
        "(SELECT venue FROM spektrix_runs WHERE outcome = 'succeeded' GROUP BY venue
            HAVING count(*) > 2 + {kills} + extract(epoch FROM max(started_at) - min(started_at)) / {interval}) v"
    );
    assert_eq!(
        database.number("count(*)", &most).await,
        0,
        "a venue was synced too often"
    );
    report(database, interval).await;
}

/// Prints what was measured: a machine may be too slow for the interval, so these are not assertions.
async fn report(database: &Database, interval: u64) {
    let gaps = "(SELECT extract(epoch FROM started_at - lag(started_at) OVER (PARTITION BY venue ORDER BY id)) AS gap
        FROM spektrix_runs WHERE outcome = 'succeeded') g WHERE gap IS NOT NULL";
    let columns = [
        "count(*)",
        "round(CAST(percentile_cont(0.5) WITHIN GROUP (ORDER BY gap) AS NUMERIC), 2)",
        "round(max(gap), 2)",
        &format!("sum(CASE WHEN gap >= {} THEN 1 ELSE 0 END)", 2 * interval),
    ];
    let gaps = database.query(&columns, gaps).await.concat().join(", ");
    let outcomes = database
        .query(
            &["outcome", "count(*)"],
            "spektrix_runs GROUP BY outcome ORDER BY outcome",
        )
        .await;
    println!(
        "interval {interval} s; gaps between runs: number, median, longest, missed intervals: {gaps}; {outcomes:?}"
    );
}

/// The data of a venue that is no longer configured stays, and is no longer synced.
#[tokio::test]
async fn removed_venues_keep_their_data() {
    with_each(|database| async move {
        if database.name != "postgres" {
            return;
        }
        let sandbox = Sandbox::builder().venues(2).start().await.unwrap();
        let clients: BTreeMap<_, _> = sandbox
            .venues()
            .map(|venue| (venue.client_name().to_owned(), venue.client().unwrap()))
            .collect();
        for names in [&["sandbox", "sandbox-2", "unknown"][..], &["sandbox"]] {
            let clients = clients.clone();
            let connect = move |name: &str| clients.get(name).cloned().ok_or_else(|| "it is not configured".into());
            let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
            let (enough, mut runs) = (tokio::sync::Notify::new(), BTreeMap::<String, usize>::new());
            let rhythm = Rhythm::every(Duration::from_secs(1));
            let fleet = Fleet::new(database.store().await, names.clone(), rhythm, connect);
            let count = |event: FleetEvent<'_>| {
                if let FleetEvent::Run { venue, .. } = event {
                    *runs.entry(venue.to_owned()).or_default() += 1;
                }
                if runs.len() == names.len() {
                    enough.notify_one();
                }
            };
            fleet.run(enough.notified(), count).await.unwrap();
        }
        let states = database.store().await.fleet().await.unwrap();
        let [first, second, unknown] = &states[..] else {
            panic!("{states:?}")
        };
        assert!(first.last_success_at > second.last_success_at, "{states:?}");
        assert_eq!(
            (second.failures, &second.leased_by, &*unknown.state),
            (0, &None, "failing")
        );
        assert!(unknown.error.as_ref().unwrap().contains("it is not configured"));
        assert_eq!(
            database
                .number("count(*)", "spektrix_runs WHERE venue = 'sandbox-2'")
                .await,
            1
        );
        let events = "spektrix_events WHERE venue = 'sandbox-2' AND removed_at IS NULL";
        assert_eq!(database.number("count(*)", events).await, 64);
    })
    .await;
}
