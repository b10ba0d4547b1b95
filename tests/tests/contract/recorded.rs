//! Tests with bodies recorded from the service, if the environment names a folder with them.
//!
//! The bodies are not part of the repository. Their contents are never printed: a failure names paths and counts.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use spektrix_v2::{DecodeError, DecodeOptions};
use spektrix_v2_test_support::corruption::corrupt;
use spektrix_v2_test_support::rng::Rng;
use spektrix_v2_tests::counts::{self, JsonCounts};
use spektrix_v2_tests::pages;
use spektrix_v2_tests::reading::{Reading, Side, read};

const VARIABLE: &str = "SPEKTRIX_RECORDED";
const OPERATIONS: [&str; 3] = ["GetEvents", "GetInstances", "GetInstanceStatus"];

#[test]
fn recorded_bodies_are_decoded_completely() -> anyhow::Result<()> {
    let Some(folder) = folder("recorded_bodies_are_decoded_completely")? else {
        return Ok(());
    };
    let model = pages::model()?;
    for operation in OPERATIONS {
        let body = recorded(&folder, operation)?;
        let reading = quiet(operation, &body, &DecodeOptions::default())?;
        assert_eq!(reading.unknown, BTreeSet::new(), "{operation}");
        assert_same_bytes(operation, &body, &reading.xml);
        let in_file = counts::of_xml(&body)?;
        let in_value = counts::of_xml(&reading.xml)?;
        assert_eq!(
            counts::differences(&in_file, &in_value),
            Vec::<String>::new(),
            "{operation}, encoded"
        );
        let json = serde_json::from_str(&reading.json)?;
        let in_json = JsonCounts::of_body(&model, &model.operations[operation].response, &json);
        assert_eq!(
            counts::differences(&in_file, &in_json.counts),
            Vec::<String>::new(),
            "{operation}, as JSON"
        );
    }
    Ok(())
}

#[test]
fn fast_path_and_plain_path_agree() -> anyhow::Result<()> {
    let Some(folder) = folder("fast_path_and_plain_path_agree on recorded bodies")? else {
        return Ok(());
    };
    let slow = DecodeOptions::default().fast_path(false);
    for operation in OPERATIONS {
        let body = recorded(&folder, operation)?;
        let same = quiet(operation, &body, &slow)? == quiet(operation, &body, &DecodeOptions::default())?;
        assert!(same, "{operation}: the fast path and the plain path differ");
    }
    Ok(())
}

#[test]
fn both_paths_agree_on_corrupted_recorded_bodies() -> anyhow::Result<()> {
    const TRIES: usize = 60;
    let Some(folder) = folder("that both paths agree on corrupted recorded bodies")? else {
        return Ok(());
    };
    let mut rng = Rng::new(15);
    let mut rejected = 0;
    for operation in OPERATIONS {
        let body = recorded(&folder, operation)?.into_bytes();
        for number in 0..TRIES {
            let mut corrupted = body.clone();
            // Several places, so that some items follow a fault that was survived.
            for _ in 0..=rng.below(6) {
                corrupt(&mut corrupted, &mut rng);
            }
            let outcome = |options: DecodeOptions| {
                let reading = read(operation, Side::Response, &corrupted, &options.report_unknown(true));
                reading.map_err(|error| format!("{error:#}"))
            };
            let fast = outcome(DecodeOptions::default());
            let same = fast == outcome(DecodeOptions::default().fast_path(false));
            assert!(same, "{operation}, try {number}: the two paths differ");
            rejected += usize::from(fast.is_err());
        }
    }
    let tries = TRIES * OPERATIONS.len();
    assert!(
        (tries / 10..tries).contains(&rejected),
        "{rejected} of {tries} were rejected"
    );
    Ok(())
}

/// Returns the folder. Without one, prints to standard error that the test did not run.
fn folder(what: &str) -> anyhow::Result<Option<PathBuf>> {
    let folder = std::env::var_os(VARIABLE);
    if folder.is_none() {
        // Not `eprintln!`, because the test runner hides its output if a test passes.
        let files = OPERATIONS.join(".xml, ");
        writeln!(
            std::io::stderr(),
            "NOT RUN: {what}. Set {VARIABLE} to a folder with {files}.xml"
        )?;
    }
    Ok(folder.map(PathBuf::from))
}

fn recorded(folder: &Path, operation: &str) -> anyhow::Result<String> {
    let path = folder.join(format!("{operation}.xml"));
    std::fs::read_to_string(&path).with_context(|| format!("{VARIABLE} is set, but {} cannot be read", path.display()))
}

/// Decodes a response. The error has the position, but not the value.
fn quiet(operation: &str, body: &str, options: &DecodeOptions) -> anyhow::Result<Reading> {
    read(operation, Side::Response, body.as_bytes(), options).map_err(|error| {
        let place = error
            .downcast_ref::<DecodeError>()
            .map(|error| (error.path().to_owned(), error.offset()));
        anyhow::anyhow!("{operation}: cannot be read (path and byte: {place:?})")
    })
}

fn assert_same_bytes(operation: &str, expected: &str, found: &str) {
    let same = expected
        .bytes()
        .zip(found.bytes())
        .take_while(|(expected, found)| expected == found)
        .count();
    let lengths = (expected.len(), found.len());
    assert!(
        expected == found,
        "{operation}: written differently from byte {same} on (lengths {lengths:?})"
    );
}
