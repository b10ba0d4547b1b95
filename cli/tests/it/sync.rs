//! Tests of `spektrix sync` with SQLite, from an empty folder. The tests of the crate cover the other databases.

use std::process::Stdio;

use spektrix_v2_sandbox::Sandbox;

use crate::program::{Folder, Running};

#[test]
fn a_season_is_kept_and_only_changes_are_written() {
    let folder = Folder::new();
    let first = folder
        .spektrix(&["--sandbox", "sync", "--to", "sqlite:season.db"])
        .success();
    assert!(
        first.contains("run 1 wrote") && !first.contains("wrote 0 objects"),
        "{first}"
    );
    let second = folder
        .spektrix(&["--sandbox", "sync", "--to", "sqlite:season.db"])
        .success();
    assert!(second.contains("run 2 wrote 0 objects"), "{second}");

    let status = [
        "sync",
        "status",
        "--to",
        "sqlite:season.db",
        "--fields",
        "venue,run,outcome",
    ];
    let status = folder.spektrix(&status).success();
    assert_eq!(status, "sandbox\t2\tsucceeded\nsandbox\t1\tsucceeded\n");
    let purge = ["sync", "purge", "--to", "sqlite:season.db", "--older-than", "30d"];
    let purge = folder.spektrix(&purge).success();
    assert_eq!(purge, "deleted 0 removed objects, 0 changes and 0 runs\n");
}

/// The same venue under two names, which a query without `venue` would show twice.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_venue_in_a_database_is_named() {
    let folder = Folder::new();
    let sandbox = Sandbox::start().await.unwrap();
    let files = sandbox.files();
    let venue = |name: &str| {
        format!(
            "[venue.{name}]\nclient = '{}'\napi_key = {{ env = 'API_KEY' }}\nbase_url = '{}'\n\
             certificate = '{}'\nkey = '{}'\nca = '{}'\n",
            sandbox.client_name(),
            sandbox.base_url(),
            files.certificate().display(),
            files.key().display(),
            files.ca().display(),
        )
    };
    folder.write("spektrix.toml", &[venue("playhouse"), venue("playhuose")].concat());
    let table = [
        ("playhouse", None),
        ("playhuose", Some("several venues now: playhouse, playhuose.")),
        ("playhuose", None),
    ];
    for (name, expected) in table {
        let mut command = folder.command();
        let arguments = ["--venue", name, "sync", "--to", "sqlite:season.db", "--only", "bands"];
        command.args(arguments).env("API_KEY", sandbox.api_key());
        let output = tokio::task::block_in_place(|| command.output().unwrap());
        let noted = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{noted}");
        assert_eq!(noted.contains("several venues"), expected.is_some(), "{noted}");
        assert!(noted.contains(expected.unwrap_or_default()), "{noted}");
    }
}

#[test]
fn a_dry_run_stores_nothing() {
    let folder = Folder::new();
    let arguments = [
        "--sandbox",
        "sync",
        "--to",
        "sqlite:season.db",
        "--dry-run",
        "--only",
        "tags,bands",
    ];
    for _ in 0..2 {
        let plan = folder.spektrix(&arguments).success();
        assert!(
            plan.contains("Nothing was stored") && !plan.contains("would write 0"),
            "{plan}"
        );
    }
}

/// The keys of the sandbox are removed, and the run that is in progress ends.
#[test]
fn it_repeats_until_a_signal_and_reports_its_health() {
    let folder = Folder::new();
    let mut command = folder.command();
    command
        .env("TMPDIR", folder.path())
        .args(["--sandbox", "sync", "--to", "sqlite:season.db", "--only", "tags"]);
    command.args(["--every", "1s", "--health-file", "health.json"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut running = Running(child);
    while !folder.file("health.json").exists() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let (code, printed) = running.end_with("-TERM");
    assert_eq!(code, Some(0), "{printed}");
    let health: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.file("health.json")).unwrap()).unwrap();
    assert_eq!(
        (&health["ok"], &health["failures"]),
        (&true.into(), &0.into()),
        "{health}"
    );
    let left = std::fs::read_dir(folder.path()).unwrap().flatten();
    let left: Vec<_> = left.map(|entry| entry.file_name().into_string().unwrap()).collect();
    assert!(
        left.iter()
            .all(|name| name.starts_with("season.db") || name == "health.json"),
        "{left:?}"
    );
}

#[test]
fn unusable_databases_have_their_exit_codes() {
    let folder = Folder::new();
    folder.write(
        "notes.txt",
        &"not a database, but text that is read as one. ".repeat(40),
    );
    let fleet = ["--fleet", "--every", "1m", "--to", "sqlite:season.db"];
    let cases: [(&[&str], i32, &str); 8] = [
        (&fleet, 3, "no configuration file with the venues of the fleet"),
        (&["--fleet", "--to", "sqlite:season.db"], 2, "--every"),
        (&[], 2, "no database is named"),
        (&["--to", "postgres://u:s3cret@db/x"], 2, "has a password"),
        (&["--to", "oracle://db/x"], 3, "has no known scheme"),
        (&["--to", "sqlite:no/such/folder/season.db"], 9, "check the path"),
        (&["--to", "sqlite:notes.txt"], 9, "not an SQLite database"),
        (
            &["--to", "sqlite:season.db", "--only", "customers"],
            2,
            "there is no list `customers`",
        ),
    ];
    for (arguments, code, message) in cases {
        let ended = folder.spektrix(&[&["--sandbox", "sync"], arguments].concat());
        ended.fails(code, message);
        assert!(!ended.stderr.contains("s3cret"), "{}", ended.stderr);
    }
}
