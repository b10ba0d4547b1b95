//! Replays of recorded bodies: items are returned byte for byte, paged and filtered.

use std::fmt::Write;
use std::path::Path;

use crate::support::{get, send};
use reqwest::StatusCode;
use spektrix_v2_sandbox::Sandbox;
use tempfile::TempDir;

const HEAD: &str = r#"<?xml version="1.0" encoding="utf-8"?><Events xmlns:xsd="x""#;

/// Creates a folder with 25 events, and an instance of each on the day of June that is its number.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut events, mut instances) = (format!("{HEAD}>"), "<Instances>".to_owned());
    for number in 1..=25 {
        events.push_str(&event(number));
        let day = format!("2030-06-{number:02}");
        write!(
            instances,
            "<Instance id=\"{}\"><Event id=\"{number}\"/><Start>{day}T20:00:00</Start><StartUtc>{day}T19:00:00Z</StartUtc></Instance>",
            100 + number
        )
        .expect("a string grows");
    }
    write_file(folder.path(), "GetEvents", &(events + "</Events>"));
    write_file(folder.path(), "GetInstances", &(instances + "</Instances>"));
    folder
}

fn event(number: i32) -> String {
    format!("<Event id=\"{number}\"><Name>Ev\u{e9}nt &amp; {number}&#xD;</Name><Empty/></Event>")
}

fn body(numbers: impl IntoIterator<Item = i32>) -> String {
    let items: String = numbers.into_iter().map(event).collect();
    if items.is_empty() {
        format!("{HEAD}/>")
    } else {
        format!("{HEAD}>{items}</Events>")
    }
}

fn write_file(folder: &Path, operation: &str, body: &str) {
    std::fs::write(folder.join(format!("{operation}.xml")), body).expect("a file");
}

async fn sandbox(folder: &TempDir) -> Sandbox {
    Sandbox::builder()
        .replay(folder.path())
        .start()
        .await
        .expect("a sandbox")
}

#[tokio::test]
async fn items_are_returned_byte_for_byte() {
    let folder = folder();
    let sandbox = sandbox(&folder).await;
    let cases = [
        ("events", body(1..=10)),
        ("events?offset=10", body(11..=20)),
        ("events?offset=20", body(21..=25)),
        ("events?offset=25", body([])),
        ("events?limit=3&offset=4", body(5..=7)),
        ("events?all=true", body(1..=25)),
        ("events?all=false&limit=1", body([1])),
        ("events?event_id=7", body([7])),
        ("events?event_id=99", body([])),
        ("events?instance_id=107", body([7])),
        ("events?instance_start_from=2030-06-20&limit=2&offset=1", body([21, 22])),
        (
            "events?instance_start_from=2030-06-03T19:00:00Z&instance_start_to=2030-06-05",
            body([3, 4]),
        ),
    ];
    for (path, expected) in cases {
        assert_eq!(get(&sandbox, path).await, (StatusCode::OK, expected), "{path}");
    }
}

#[tokio::test]
async fn the_content_type_is_xml() {
    let folder = folder();
    let sandbox = sandbox(&folder).await;
    let response = send(&sandbox, "GET", "events?api_key=sandbox-api-key").await;
    assert_eq!(response.headers()["content-type"], "application/xml; charset=utf-8");
}

#[tokio::test]
async fn what_was_not_recorded_is_refused() {
    let folder = folder();
    write_file(folder.path(), "GetBands", "<Bands/>");
    write_file(folder.path(), "GetOffers", "<Offers><Offer id='1'/></Offers>");
    let sandbox = sandbox(&folder).await;
    let cases = [
        ("plans", 404, "GetPlans.xml is missing"),
        ("basket", 404, "GetBasket.xml is missing"),
        (
            "offers?instance_id=1",
            400,
            "no instance in GetInstances.xml refers to an object of the kind Offer",
        ),
        ("bands", 200, "<Bands/>"),
    ];
    for (path, status, text) in cases {
        let (actual, body) = get(&sandbox, path).await;
        assert_eq!(actual, status, "{path}: {body}");
        assert!(body.contains(text), "{path}: {body}");
    }
}

#[tokio::test]
async fn an_invalid_folder_is_an_error_at_the_start() {
    let empty = tempfile::tempdir().expect("a folder");
    let broken = folder();
    write_file(broken.path(), "GetBands", "<Bands><Band></Bands>");
    let missing = empty.path().join("missing");
    let cases = [
        (empty.path(), "there is nothing to replay in"),
        (missing.as_path(), "there is nothing to replay in"),
        (broken.path(), "GetBands.xml cannot be replayed: at byte 13"),
    ];
    for (folder, expected) in cases {
        let error = Sandbox::builder().replay(folder).start().await.expect_err(expected);
        assert!(error.to_string().contains(expected), "{error}");
    }
}
