//! Tests of the commands that send requests and show what comes back: `call`, `contract`, `record`, `doctor`.

use spektrix_v2_sandbox::{Fault, Sandbox};

use crate::program::{Folder, Outcome, outcome};

const ITEM: &str = "<BasketItems><Ticket><Instance id=\"1\"/><Plan id=\"2\"/></Ticket></BasketItems>";

/// Runs the program against a sandbox of the test, with the variables that the sandbox prints.
async fn against(sandbox: &Sandbox, folder: &Folder, arguments: &[&str]) -> Outcome {
    let mut command = folder.command();
    command.args(arguments).envs(sandbox.environment());
    let run = tokio::task::spawn_blocking(move || command.output().unwrap());
    outcome(run.await.unwrap())
}

#[test]
fn responses_are_printed_as_they_are() {
    let folder = Folder::new();
    let table: [(&str, &[&str]); 3] = [
        ("by path", &["GET", "bands"]),
        ("by path with slashes", &["get", "/bands/"]),
        ("by name", &["GetBands"]),
    ];
    for (name, target) in table {
        let body = folder.spektrix(&[&["--sandbox", "call"], target].concat()).success();
        assert!(body.contains("<Band id="), "{name}: {body}");
    }
    let json = folder.spektrix(&["--sandbox", "call", "GetBands", "--json"]).success();
    assert!(json.starts_with("[\n  {\n    \"id\""), "{json}");
}

#[test]
fn a_query_in_the_path_is_refused() {
    let arguments = ["--sandbox", "call", "GET", "events?api_key=s3cret"];
    let refused = Folder::new().spektrix(&arguments);
    assert!(!refused.stderr.contains("s3cret"), "{}", refused.stderr);
    refused.fails(2, "NAME=VALUE");
}

#[test]
fn a_log_of_the_request_is_printed() {
    let outcome = Folder::new().spektrix(&["--sandbox", "-v", "call", "GET", "bands"]);
    let log = &outcome.stderr;
    assert!(log.contains("GetBands") && !log.contains('\u{1b}'), "{log}");
    outcome.success();
}

#[test]
fn headers_are_shown_without_the_key() {
    let arguments = ["--sandbox", "call", "GET", "events", "limit=1", "--include"];
    let printed = Folder::new().spektrix(&arguments).success();
    assert!(
        printed.starts_with("> GET events?limit=1&api_key=***\n< 200 OK\n< content-type: "),
        "{printed}"
    );
    assert!(!printed.contains("sandbox-api-key"), "{printed}");
}

#[test]
fn writes_are_checked_and_confirmed() {
    let folder = Folder::new();
    folder.write("item.xml", ITEM);
    folder.write("part.xml", &ITEM.replace("<Plan id=\"2\"/>", ""));
    folder.write("unknown.xml", &ITEM.replace("Plan", "Seat"));
    let post = ["--sandbox", "call", "POST", "basket/items", "--body"];
    let table: [(&str, &[&str], i32, &str); 7] = [
        ("without --yes", &["item.xml"], 2, "is a write"),
        (
            "a missing part",
            &["part.xml", "--yes"],
            2,
            "BasketItems/Ticket[1]/Plan must be set",
        ),
        (
            "an unknown element",
            &["unknown.xml", "--yes"],
            2,
            "line 1: BasketItems/Ticket/Seat is not in the schema",
        ),
        ("no file", &["none.xml", "--yes"], 1, "cannot read none.xml"),
        ("sent anyway", &["part.xml", "--yes", "--force"], 5, "400"),
        ("refused by the service", &["item.xml", "--yes"], 5, "400"),
        ("a parameter without a value", &["item.xml", "limit"], 2, "NAME=VALUE"),
    ];
    for (name, arguments, code, message) in table {
        println!("{name}");
        folder.spektrix(&[&post[..], arguments].concat()).fails(code, message);
    }
    let arguments = [
        "--sandbox",
        "call",
        "POST",
        "basket/items",
        "--body",
        "item.xml",
        "--dry-run",
    ];
    let printed = folder.spektrix(&arguments).success();
    let (line, curl) = printed.split_once("\n\n").unwrap();
    assert_eq!(line, "POST basket/items?api_key=***");
    for part in [
        "curl ",
        "--request POST",
        "--data-binary @item.xml",
        "/api/v2/basket/items?api_key=$SPEKTRIX_API_KEY",
    ] {
        assert!(curl.contains(part), "{part}: {curl}");
    }
}

#[test]
fn operations_that_do_not_exist_are_refused() {
    let table: [(&str, &[&str], i32, &str); 3] = [
        ("an unknown name", &["GetBand"], 2, "there is no operation `GetBand`"),
        ("a method alone", &["GET"], 2, "GET needs a path"),
        ("an unknown path", &["GET", "nothing"], 4, "404"),
    ];
    for (name, arguments, code, message) in table {
        println!("{name}");
        let arguments = [&["--sandbox", "call"], arguments].concat();
        Folder::new().spektrix(&arguments).fails(code, message);
    }
}

#[test]
fn a_venue_that_fits_has_no_mismatch() {
    let folder = Folder::new();
    let outcome = folder.spektrix(&["--sandbox", "contract", "--out", "report.json"]);
    assert_eq!(
        outcome.stderr, "The report is in report.json.\n",
        "a bar is for terminals"
    );
    let text = outcome.success();
    assert!(text.contains("0 lists failed, 0 parts are not in the schema"), "{text}");
    let report = std::fs::read_to_string(folder.file("report.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(json["version"], 1);
    assert!(
        json["lists"][0]["fields"]["name"]["set"].as_u64() > Some(10),
        "{report}"
    );
    // Titles are values.
    assert!(!text.contains("Jack Frost") && !report.contains("Jack Frost"));
    folder
        .spektrix(&["--sandbox", "contract", "--out", "report.json"])
        .fails(1, "is not overwritten");
}

#[tokio::test]
async fn what_differs_is_named_without_values() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = "<Bands><Band id=\"7\" shade=\"s3cret\"><Name>s3cret</Name><Colour>s3cret</Colour></Band></Bands>";
    sandbox
        .inject(Fault::ReplaceBody { body: body.into() }.on("GetBands"))
        .unwrap();
    let body = "<Tags><Tag id=\"s3cret\"><Name>a</Name></Tag></Tags>";
    sandbox
        .inject(Fault::ReplaceBody { body: body.into() }.on("GetTags"))
        .unwrap();
    let outcome = against(&sandbox, &Folder::new(), &["contract"]).await;
    outcome.fails(8, "not every list");
    for expected in [
        "Bands/Band/Colour",
        "Bands/Band/@shade",
        "a value in Tags/Tag[1]/@id is not",
    ] {
        assert!(outcome.stdout.contains(expected), "{expected}: {}", outcome.stdout);
    }
    assert!(
        !outcome.stdout.contains("s3cret") && !outcome.stderr.contains("s3cret"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn recordings_are_whole_and_are_not_mixed() {
    let folder = Folder::new();
    folder.spektrix(&["--sandbox", "record", "--out", "all"]).success();
    assert_eq!(std::fs::read_dir(folder.file("all")).unwrap().count(), 14);
    let events = folder.spektrix(&["decode", "GetEvents", "all/GetEvents.xml"]).success();
    let events: Vec<serde_json::Value> = serde_json::from_str(&events).unwrap();
    assert!(events.len() > 10, "{}", events.len());
    folder
        .spektrix(&["--sandbox", "record", "--out", "all"])
        .fails(1, "all is not empty");
    let arguments = ["--sandbox", "record", "--out", "none", "--only", "GetCustomers"];
    folder
        .spektrix(&arguments)
        .fails(2, "`GetCustomers` cannot be recorded");
    assert!(!folder.file("none").exists());
}

#[tokio::test]
async fn failed_recordings_leave_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let fault = Fault::Status {
        status: 404,
        retry_after: None,
    };
    sandbox.inject(fault.on("GetTags")).unwrap();
    let folder = Folder::new();
    against(&sandbox, &folder, &["record", "--out", "part"])
        .await
        .fails(4, "404");
    assert!(!folder.file("part").exists());
}

#[tokio::test]
async fn the_doctor_names_the_step_that_fails() {
    let sandbox = Sandbox::start().await.unwrap();
    let healthy = against(&sandbox, &Folder::new(), &["doctor"]).await.success();
    assert_eq!(
        healthy.lines().filter(|line| line.starts_with("pass")).count(),
        5,
        "{healthy}"
    );

    let unset = Folder::new().spektrix(&["doctor"]);
    assert!(unset.stdout.starts_with("FAIL  configuration"), "{}", unset.stdout);
    unset.fails(3, "a check failed");

    let folder = Folder::new();
    let mut command = folder.command();
    command
        .arg("doctor")
        .envs(sandbox.environment())
        .env("SPEKTRIX_API_KEY", "another-key");
    let run = tokio::task::spawn_blocking(move || command.output().unwrap());
    let refused = outcome(run.await.unwrap());
    assert!(
        refused.stdout.contains("FAIL  connection") && refused.stdout.contains("401"),
        "{}",
        refused.stdout
    );
    refused.fails(5, "a check failed");
}
