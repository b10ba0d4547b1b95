//! Tests of the exports, with readers that are not ours.

use std::fs;

use icalendar::{Calendar, Component as _};
use jiff::Timestamp;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use spektrix_v2::catalogue::Catalogue;
use spektrix_v2_sync::export::{Export, Format, spreadsheet_cell};
use spektrix_v2_sync::replace_file;
use spektrix_v2_sync::whats_on::Filter;

use crate::foreign::{python_with, run};
use crate::programme::{client, show, shows};

fn now() -> Timestamp {
    "2027-03-01T12:00:00Z".parse().unwrap()
}

fn export() -> Export {
    Export::new(&client())
        .currency("GBP")
        .location_attribute("Venue")
        .cancelled_attribute("Cancelled")
        .image_base("https://venue.example/images/".parse().unwrap())
}

fn rendered(format: Format, catalogue: &Catalogue) -> Vec<u8> {
    export()
        .render(format, catalogue, now(), &Filter::default(), None)
        .unwrap()
}

/// What exports make of a string: no control characters, no whitespace around it.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Strings that formats have to escape or fold, and any others.
fn texts() -> impl Strategy<Value = String> {
    let hostile = r#"[ -~]{0,90}|([,;:\\"'=+@\n\r\t ]|[äöüß€]|\PC){0,120}|[🎭👩‍🦽é]{0,60}|BEGIN:VEVENT\r\nEND:VCALENDAR|\PC{0,400}"#;
    hostile.prop_map(|text: String| text)
}

proptest! {
    #[test]
    fn any_string_survives_the_calendar(name in texts(), description in texts()) {
        let catalogue = show(&name, &description);
        let calendar = String::from_utf8(rendered(Format::Ics, &catalogue)).unwrap();
        prop_assert!(calendar.split("\r\n").all(|line| line.len() <= 75), "{}", calendar);
        let parsed: Calendar = calendar.parse().unwrap();
        let events: Vec<_> = parsed.events().collect();
        prop_assert_eq!(events.len(), 1);
        prop_assert_eq!(events[0].get_summary().unwrap_or_default(), plain(&name));
        prop_assert_eq!(events[0].get_description().unwrap_or_default(), plain(&description));
        prop_assert_eq!(events[0].get_uid(), Some("instance-1001@playhouse.system.spektrix.com"));
    }
}

const READER: &str = r#"
import csv, io, json, icalendar
from pyld import jsonld

def context(url, options):
    document = {"@context": {"@vocab": "https://schema.org/"}}
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}

jsonld.set_document_loader(context)
calendar = icalendar.Calendar.from_ical(open("x.ics", "rb").read())
events = [e for e in calendar.walk("VEVENT")]
graph = jsonld.expand(json.load(open("x.jsonld", encoding="utf-8")))
value = lambda node, name: node.get("https://schema.org/" + name, [{"@value": ""}])[0]["@value"]
rows = list(csv.DictReader(open("x.csv", encoding="utf-8", newline="")))
lines = [json.loads(line) for line in open("x.jsonl", "rb").read().split(b"\n") if line]
offer = graph[0]["https://schema.org/offers"][0]
print(json.dumps({
    "errors": [str(e.errors) for e in events if e.errors],
    "ics": [[str(e.get("SUMMARY", "")), str(e.get("DESCRIPTION", ""))] for e in events],
    "first": [events[0].decoded("DTSTART").isoformat(), events[0].decoded("DTEND").isoformat(), str(events[0]["LOCATION"]),
              str(events[0]["STATUS"]), str(events[1]["STATUS"]), str(events[0]["IMAGE"])],
    "jsonld": [[value(n, "name"), value(n, "description")] for n in graph],
    "event": [graph[0]["@type"][0], value(graph[0], "startDate"), value(graph[0], "endDate"), value(graph[0], "image"),
              value(graph[0]["https://schema.org/location"][0], "name"), value(offer, "price"), value(offer, "priceCurrency"),
              value(offer, "availability"), value(offer, "url")],
    "csv": [[r["event"], r["description"]] for r in rows],
    "columns": [rows[0]["left"], rows[0]["from_price"], rows[0]["attribute.Venue"], rows[0]["attribute.Signed"], rows[0]["start"]],
    "jsonl": [[r["event"], r["description"]] for r in lines],
}))
"#;

#[test]
fn foreign_readers_find_every_value() {
    let Some(python) = python_with("icalendar, pyld") else {
        return;
    };
    let mut runner = TestRunner::deterministic();
    let random: Vec<(String, String)> = (0..150)
        .map(|_| {
            let tree = (texts(), texts()).new_tree(&mut runner).unwrap();
            tree.current()
        })
        .collect();
    let mut texts: Vec<(&str, &str)> = vec![
        ("Lear", "Line one,\r\nline two; \"quoted\" \\ back"),
        ("=HYPERLINK(1)", "Grüße 🎭"),
    ];
    texts.extend(
        random
            .iter()
            .map(|(name, description)| (name.as_str(), description.as_str())),
    );
    let catalogue = shows(&texts);
    let folder = tempfile::tempdir().unwrap();
    let formats = [
        (Format::Ics, "ics"),
        (Format::JsonLd, "jsonld"),
        (Format::Csv, "csv"),
        (Format::JsonLines, "jsonl"),
    ];
    for (format, extension) in formats {
        fs::write(
            folder.path().join(format!("x.{extension}")),
            rendered(format, &catalogue),
        )
        .unwrap();
    }
    let found: Value = serde_json::from_str(&run(&python, &["-c", READER], folder.path())).unwrap();
    assert_eq!(found["errors"], Value::Array(Vec::new()));
    for (index, (name, description)) in texts.iter().enumerate() {
        let expected = [plain(name), plain(description)];
        let raw = [(*name).to_owned(), plain(description)];
        let cells = raw.clone().map(|text| spreadsheet_cell(&text));
        let table = [
            ("ics", &expected),
            ("jsonld", &expected),
            ("csv", &cells),
            ("jsonl", &raw),
        ];
        for (format, expected) in table {
            assert_eq!(found[format][index], serde_json::json!(expected), "{format} {index}");
        }
    }
    assert_eq!(
        found["first"],
        serde_json::json!([
            "2027-07-09T18:30:00+00:00",
            "2027-07-09T20:45:00+00:00",
            "Main House",
            "CONFIRMED",
            "CANCELLED",
            "https://venue.example/images/the%20show.jpg"
        ])
    );
    assert_eq!(
        found["event"],
        serde_json::json!([
            "https://schema.org/Event",
            "2027-07-09T19:30:00+01:00",
            "2027-07-09T21:45:00+01:00",
            "https://venue.example/images/the%20show.jpg",
            "Main House",
            "12.50",
            "GBP",
            "https://schema.org/InStock",
            "https://system.spektrix.com/playhouse/website/ChooseSeats.aspx?EventInstanceId=1001"
        ])
    );
    assert_eq!(
        found["columns"],
        serde_json::json!(["12", "12.50", "Main House", "1", "2027-07-09T19:30:00+01:00"])
    );
}

#[test]
fn only_changed_events_get_a_new_modification_time() {
    let filter = Filter::default();
    let at = |time: &str, catalogue: &Catalogue, previous: Option<&[u8]>| {
        export()
            .render(Format::Ics, catalogue, time.parse().unwrap(), &filter, previous)
            .unwrap()
    };
    let first = at(
        "2027-03-01T12:00:00Z",
        &shows(&[("Lear", ""), ("Iolanthe", "Long, with\nlines")]),
        None,
    );
    let same = at(
        "2027-03-02T12:00:00Z",
        &shows(&[("Lear", ""), ("Iolanthe", "Long, with\nlines")]),
        Some(&first),
    );
    assert_eq!(first, same);
    let changed = at(
        "2027-03-02T12:00:00Z",
        &shows(&[("Lear", ""), ("Iolanthe!", "Long, with\nlines")]),
        Some(&first),
    );
    let changed: Calendar = String::from_utf8(changed).unwrap().parse().unwrap();
    let times: Vec<_> = changed
        .events()
        .map(|event| event.property_value("LAST-MODIFIED").unwrap().to_owned())
        .collect();
    assert_eq!(times, ["20270301T120000Z", "20270302T120000Z"]);
    assert_eq!(
        at("2027-03-01T12:00:00Z", &show("Lear", ""), Some(b"not a calendar \xff")),
        at("2027-03-01T12:00:00Z", &show("Lear", ""), None)
    );
}

#[test]
fn data_without_currency_or_image_base_claims_neither() {
    let bytes = Export::new(&client())
        .render(Format::JsonLd, &show("Lear", ""), now(), &Filter::default(), None)
        .unwrap();
    let document: Value = serde_json::from_slice(&bytes).unwrap();
    let event = &document["@graph"][0];
    assert_eq!(
        (&event["image"], &event["eventStatus"], &event["location"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert!(
        event["offers"]["url"].is_string() && event["offers"]["price"].is_null(),
        "{event}"
    );
}

/// A page has the structured data in a `script` element, and titles come from people.
#[test]
fn structured_data_cannot_end_its_element() {
    let name = "</script><script>alert(1)</script><!-- \u{2028} &";
    let rendered = String::from_utf8(rendered(Format::JsonLd, &show(name, name))).unwrap();
    assert!(!rendered.contains('<'), "{rendered}");
    let document: Value = serde_json::from_str(&rendered).unwrap();
    assert_eq!(document["@graph"][0]["name"], name);
}

#[test]
fn cells_are_never_formulas() {
    let table = [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1+1", "'＝1+1"),
        ("＠A1", "'＠A1"),
        ("-12.50", "-12.50"),
        ("+44 1632", "'+44 1632"),
        ("a=1", "a=1"),
    ];
    for (text, expected) in table {
        assert_eq!(spreadsheet_cell(text), expected);
    }
}

#[cfg(unix)]
#[test]
fn only_regular_files_are_replaced() {
    use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _, symlink};
    use std::process::Command;

    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (pipe, other) = (path("pipe"), path("other"));
    if Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .is_ok_and(|status| status.success())
    {
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read(pipe).unwrap()
        });
        replace_file(&pipe, b"content").unwrap();
        assert_eq!(reader.join().unwrap(), b"content");
        assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
    }
    assert!(replace_file(folder.path(), b"x").is_err());
    symlink("other", path("link")).unwrap();
    for content in [b"one", b"two"] {
        replace_file(&path("link"), content).unwrap();
        assert_eq!(fs::read(&other).unwrap(), content);
        assert!(path("link").is_symlink());
    }
    fs::set_permissions(&other, fs::Permissions::from_mode(0o640)).unwrap();
    // Only the user root may do this.
    let is_other_owner = std::os::unix::fs::chown(&other, Some(12_345), Some(12_345)).is_ok();
    replace_file(&other, b"three").unwrap();
    let metadata = fs::metadata(&other).unwrap();
    assert_eq!(metadata.mode() & 0o777, 0o640);
    assert_eq!(metadata.uid() == 12_345, is_other_owner);
}

#[test]
fn files_are_replaced_whole_or_stay() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("calendar.ics");
    replace_file(&path, b"one").unwrap();
    replace_file(&path, b"two").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"two");
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "no temporary file is left"
    );
    let error = replace_file(&folder.path().join("missing/calendar.ics"), b"x").unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{error}");
}
