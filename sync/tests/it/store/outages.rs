//! Failures of what a database needs: a disk with space, permission, its server. Nothing is stored in part, the error says what
//! to do, and the next run succeeds.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use spektrix_v2::{Client, Retry};
use spektrix_v2_sandbox::{Fault, Sandbox};
use spektrix_v2_sync::{ErrorKind, Kind, Store, Sync};
use sqlx::sqlite::SqliteConnectOptions;

use super::kills::child_until;
use crate::database::{Database, administrate, with_each};
use crate::foreign::did_not_run;

/// The variable with the folder of a child process.
const FOLDER: &str = "TEST_FOLDER";

fn sqlite(folder: &Path) -> Database {
    let url = format!("sqlite:{}", folder.join("season.db").display());
    Database { name: "sqlite", url }
}

/// Runs, and expects an error of this kind whose hint has a text.
pub(super) async fn fails(sync: &Sync, kind: ErrorKind, hint: &str) {
    let error = sync.run().await.expect_err(hint);
    let found = error.hint().unwrap_or_default();
    assert!(
        error.kind() == kind && found.contains(hint),
        "{hint}: {error} ({:?}) {found}",
        error.kind()
    );
}

/// An hour of retries, of which each one fails.
#[tokio::test]
async fn an_hour_without_the_service_changes_nothing() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let client = sandbox.client_builder().unwrap().retry(Retry::none()).build().unwrap();
        let sync = Sync::new(client, database.store().await);
        sync.run().await.unwrap();
        let before = database.content().await;
        let down = Fault::Status {
            status: 503,
            retry_after: None,
        };
        sandbox.inject(down).unwrap();
        for minute in 0..12 {
            let error = sync.run().await.unwrap_err();
            assert!(error.is_temporary(), "{error}");
            sandbox
                .edit(|venue| venue.events[minute].name = format!("Changed in minute {minute}"))
                .unwrap();
            sandbox.advance(Duration::from_mins(5));
        }
        assert_eq!(database.content().await, before, "{}", database.name);
        sandbox.clear_faults();
        assert_eq!(sync.run().await.unwrap().written(), 12, "{}", database.name);
        assert_eq!(sync.run().await.unwrap().written(), 0, "{}", database.name);
    })
    .await;
}

/// The largest size of a database is a setting of SQLite. It fails as a full disk does.
#[tokio::test]
async fn full_databases_keep_what_they_have() {
    let folder = tempfile::tempdir().unwrap();
    let database = sqlite(folder.path());
    let sandbox = Sandbox::start().await.unwrap();
    Sync::new(sandbox.client().unwrap(), database.store().await)
        .only([Kind::Bands])
        .run()
        .await
        .unwrap();
    let before = database.content().await;
    let limited: SqliteConnectOptions = database.url.parse().unwrap();
    let pool = sqlx::SqlitePool::connect_with(limited.pragma("max_page_count", "200"))
        .await
        .unwrap();
    let sync = Sync::new(sandbox.client().unwrap(), Store::from(pool));
    fails(&sync, ErrorKind::Database, "free some space").await;
    assert_eq!(database.content().await, before);
    let sync = Sync::new(sandbox.client().unwrap(), database.store().await);
    assert!(sync.run().await.unwrap().written() > 1_000);
}

/// The file system is a small one in memory, in a namespace that ends with the child process.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn full_and_read_only_disks_keep_what_they_have() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start().await.unwrap();
    let mut command = tokio::process::Command::new("unshare");
    let script = "mount -t tmpfs -o size=16m tmpfs \"$0\" || exit 77; exec \"$@\"";
    command
        .args(["--map-root-user", "--mount", "sh", "-c", script])
        .arg(folder.path());
    command.arg(std::env::current_exe().unwrap());
    command.args([
        "--ignored",
        "--exact",
        "store::outages::run_on_a_small_disk",
        "--nocapture",
    ]);
    command.envs(sandbox.environment()).env(FOLDER, folder.path());
    let Ok(output) = command.output().await else {
        did_not_run("unshare is not installed, so there is no small disk");
        return;
    };
    let text = String::from_utf8_lossy(&output.stdout);
    // 1 is the code of `unshare` if namespaces are forbidden. A test that fails has 101.
    if matches!(output.status.code(), Some(1 | 77)) {
        did_not_run("a file system cannot be mounted here, so there is no small disk");
        return;
    }
    assert!(
        output.status.success() && text.contains("1 passed"),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[tokio::test]
#[ignore = "another test starts it in a child process"]
async fn run_on_a_small_disk() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let database = sqlite(&folder);
    let sync = Sync::new(Client::from_env().unwrap(), database.store().await);
    sync.clone().only([Kind::Bands, Kind::Plans]).run().await.unwrap();
    let before = database.content().await;

    // Not a single page is left, and then a few.
    for left in [0, 40_000] {
        fill(&folder, left);
        fails(&sync, ErrorKind::Database, "free some space").await;
        std::fs::remove_file(folder.join("filler")).unwrap();
        assert_eq!(database.content().await, before, "with {left} bytes left");
    }

    // A thread of each connection closes its file, at some time after the pool was closed.
    let remount = |how: &str| {
        let is_mounted = || {
            let mounted = Command::new("mount").args(["-o", how]).arg(&folder).status().unwrap();
            mounted.success() || {
                std::thread::sleep(Duration::from_millis(50));
                false
            }
        };
        assert!((0..200).any(|_| is_mounted()), "{how}");
    };
    // A connection that is open cannot keep the file system writable: SQLite's files must be closed.
    drop(sync);
    let store = database.store().await;
    store.close().await;
    remount("remount,ro");
    let opened = Store::open(&database.url).await;
    let error = match opened {
        Ok(store) => Sync::new(Client::from_env().unwrap(), store).run().await.unwrap_err(),
        Err(error) => error,
    };
    let hint = error.hint().unwrap_or_default();
    assert!(hint.contains("must be able to write to it"), "{error} {hint}");
    remount("remount,rw");
    assert_eq!(database.content().await, before);
    let sync = Sync::new(Client::from_env().unwrap(), database.store().await);
    assert!(sync.run().await.unwrap().written() > 1_000);
}

/// Fills the disk, except for so many bytes.
fn fill(folder: &Path, left: usize) {
    use std::io::Write as _;

    let mut file = std::fs::File::create(folder.join("filler")).unwrap();
    let mut written = 0;
    while file.write_all(&[0; 4096]).is_ok() {
        written += 4096;
    }
    file.set_len(u64::try_from(written - left).unwrap()).unwrap();
}

#[tokio::test]
async fn read_only_databases_are_explained() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await).only([Kind::Bands]);
        sync.run().await.unwrap();
        let before = database.content().await;
        let read_only = match database.name {
            "sqlite" => format!("{}?mode=ro", database.url),
            "postgres" => format!("{}?options[default_transaction_read_only]=on", database.url),
            // Its users with all permissions write nevertheless.
            _ => return,
        };
        let store = Store::open(&read_only).await.unwrap();
        fails(
            &Sync::new(sandbox.client().unwrap(), store),
            ErrorKind::Database,
            "the database is read-only",
        )
        .await;
        assert_eq!(database.content().await, before, "{}", database.name);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn interrupted_migrations_are_completed() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        for delay in [0, 4, 12] {
            let mut child = child_until("checking the tables", &sandbox, &database.url).await;
            tokio::time::sleep(Duration::from_millis(delay)).await;
            // It may have ended already.
            let _ = child.kill().await;
        }
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await).wait(true);
        sync.run().await.unwrap();
        assert_eq!(sync.run().await.unwrap().written(), 0, "{}", database.name);
        assert!(database.number("count(*)", "spektrix_whats_on").await > 100);
        // As if a process had ended between the first and the second migration.
        let undo = match database.name {
            "sqlite" => return,
            _ => "DROP VIEW spektrix_whats_on; DELETE FROM spektrix_migrations WHERE version IN (2, 3)",
        };
        let others =
            "DROP VIEW spektrix_availability_now, spektrix_seats, spektrix_from_price, spektrix_instance_prices";
        let fleet = if database.name == "postgres" {
            "; DROP TABLE spektrix_fleet"
        } else {
            ""
        };
        administrate(&database.url, &format!("{undo}; {others}{fleet}"))
            .await
            .unwrap();
        assert_eq!(sync.run().await.unwrap().written(), 0, "{}", database.name);
        assert!(database.number("count(*)", "spektrix_whats_on").await > 100);
    })
    .await;
}

#[tokio::test]
async fn tables_of_a_newer_version_are_left_alone() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await).only([Kind::Bands]);
        sync.run().await.unwrap();
        let before = database.content().await;
        if database.name == "sqlite" {
            return;
        }
        let newer = "INSERT INTO spektrix_migrations (version, description, installed_on, success, checksum, execution_time)
            SELECT 1000, 'newer', installed_on, success, checksum, execution_time FROM spektrix_migrations WHERE version = 1";
        administrate(&database.url, newer).await.unwrap();
        fails(&sync, ErrorKind::Schema, "update this program").await;
        assert_eq!(database.content().await, before);
    })
    .await;
}

#[tokio::test]
async fn wrong_servers_and_names_are_explained() {
    let table = [
        (
            "postgres://spektrix_nobody@127.0.0.1:5432/postgres",
            "the user name and the password",
        ),
        (
            "postgres://postgres@127.0.0.1:5432/spektrix_no_such",
            "create the database first",
        ),
        (
            "mysql://spektrix_nobody:wrong@127.0.0.1:3306/mysql",
            "the user name and the password",
        ),
        (
            "mysql://root@127.0.0.1:3306/spektrix_no_such",
            "create the database first",
        ),
        // MariaDB at the port of PostgreSQL.
        ("postgres://root@127.0.0.1:3306/mysql", "port"),
    ];
    for (url, hint) in table {
        let error = Store::open(url).await.expect_err(url);
        if error.kind() == ErrorKind::Unavailable {
            did_not_run(&format!("no server: {error}"));
            continue;
        }
        assert!(
            error.hint().is_some_and(|found| found.contains(hint)),
            "{url}: {error} {:?}",
            error.hint()
        );
    }
}
