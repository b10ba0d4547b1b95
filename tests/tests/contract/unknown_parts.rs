//! Tests of parts that a later release of the service may add: they change nothing else, and are reported.

use std::collections::BTreeSet;

use anyhow::Result;
use serde_json::Value as Json;
use spektrix_v2::DecodeOptions;
use spektrix_v2::operations;
use spektrix_v2_tests::reading::{Reading, Side, read};
use spektrix_v2_tests::{enumerations, inject, pages};

/// Returns every example on the pages, with the name of its operation.
fn examples() -> Result<Vec<(&'static str, Side, String)>> {
    let mut examples = Vec::new();
    for info in operations::ALL {
        for side in [Side::Request, Side::Response] {
            let example = pages::example(info.name, side)?;
            examples.extend(example.map(|example| (info.name, side, example)));
        }
    }
    Ok(examples)
}

/// Returns options with and without the fast path of the decoder.
fn both_ways() -> [DecodeOptions; 2] {
    [true, false].map(|fast_path| DecodeOptions::default().fast_path(fast_path))
}

#[test]
fn unknown_parts_change_no_value_and_are_reported() -> Result<()> {
    for (name, side, example) in examples()? {
        for options in both_ways() {
            let injected = inject::unknown_parts(&example)?;
            let plain = read(name, side, example.as_bytes(), &options)?;
            let found = read(name, side, injected.xml.as_bytes(), &options)?;
            assert_eq!((&found.json, &found.xml), (&plain.json, &plain.xml), "{name} {side}");
            assert_eq!(found.unknown, injected.paths, "{name} {side}");
        }
    }
    Ok(())
}

#[test]
fn unknown_types_change_no_value() -> Result<()> {
    for (name, side, example) in examples()? {
        let typed = inject::unknown_types(&example)?;
        for options in both_ways() {
            let plain = read(name, side, example.as_bytes(), &options)?;
            let found = read(name, side, typed.as_bytes(), &options)?;
            assert_eq!(found, plain, "{name} {side}");
        }
    }
    Ok(())
}

#[test]
fn unknown_enumeration_values_change_nothing_else() -> Result<()> {
    const LATER: &str = "By &lt;pigeon&gt;";
    let model = pages::model()?;
    let mut positions = BTreeSet::new();
    for (name, side, example) in examples()? {
        let operation = &model.operations[name];
        let body = match side {
            Side::Request => &operation.request,
            Side::Response => &operation.response,
        };
        let paths = enumerations::paths(&model, body);
        let bodies = inject::other_text(&example, &paths, LATER)?;
        let tried: BTreeSet<_> = bodies.iter().map(|(path, _)| path.clone()).collect();
        assert_eq!(tried, paths, "{name} {side}: the example does not show all of them");
        for options in both_ways() {
            let plain = read(name, side, example.as_bytes(), &options)?;
            for (path, body) in &bodies {
                let found = read(name, side, body.as_bytes(), &options)?;
                assert_eq!(differences(&plain, &found)?, ["By <pigeon>"], "{name} {side}: {path}");
                assert_eq!(found.xml.matches(LATER).count(), 1, "{name} {side}: {path}");
                assert_eq!(found.unknown, plain.unknown, "{name} {side}: {path}");
            }
        }
        positions.extend(paths);
    }
    assert!(positions.contains("Basket/TicketDelivery/Type"), "{positions:?}");
    Ok(())
}

/// Returns the values of the second reading that differ in the first.
fn differences(first: &Reading, second: &Reading) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let (first, second): (Json, Json) = (serde_json::from_str(&first.json)?, serde_json::from_str(&second.json)?);
    compare(&first, &second, &mut found);
    Ok(found)
}

fn compare(first: &Json, second: &Json, found: &mut Vec<String>) {
    match (first, second) {
        (Json::Object(first), Json::Object(second)) if first.keys().eq(second.keys()) => {
            let pairs = first.values().zip(second.values());
            pairs.for_each(|(first, second)| compare(first, second, found));
        }
        (Json::Array(first), Json::Array(second)) if first.len() == second.len() => {
            let pairs = first.iter().zip(second);
            pairs.for_each(|(first, second)| compare(first, second, found));
        }
        (first, second) if first == second => {}
        (_, Json::String(text)) => found.push(text.clone()),
        (_, other) => found.push(other.to_string()),
    }
}
