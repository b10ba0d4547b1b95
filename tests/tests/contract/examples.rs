//! Tests with the vendored examples: decodes them, compares each value, and encodes them again.

use std::collections::BTreeSet;

use spektrix_v2::DecodeOptions;
use spektrix_v2::operations;
use spektrix_v2_codegen::model::Body;
use spektrix_v2_tests::counts::{self, JsonCounts};
use spektrix_v2_tests::reading::{Reading, Side, read};
use spektrix_v2_tests::{infoset, pages};

use crate::snapshot;

/// Calls a check with every example, and returns the number of examples.
fn each(side: Side, mut check: impl FnMut(&str, &str, &Reading) -> anyhow::Result<()>) -> anyhow::Result<usize> {
    let mut examples = 0;
    for info in operations::ALL {
        if let Some(example) = pages::example(info.name, side)? {
            let reading = read(info.name, side, example.as_bytes(), &DecodeOptions::default())?;
            check(info.name, &example, &reading)?;
            examples += 1;
        }
    }
    Ok(examples)
}

#[test]
fn request_examples_are_equal_when_encoded_again() -> anyhow::Result<()> {
    assert_eq!(each(Side::Request, check_encoded_again)?, 8);
    Ok(())
}

#[test]
fn response_examples_are_equal_when_encoded_again() -> anyhow::Result<()> {
    assert_eq!(each(Side::Response, check_encoded_again)?, 30);
    Ok(())
}

fn check_encoded_again(name: &str, example: &str, reading: &Reading) -> anyhow::Result<()> {
    assert_eq!(reading.unknown, BTreeSet::new(), "{name}");
    assert_eq!(
        infoset::difference(&with_offsets(example), &reading.xml)?,
        None,
        "{name}"
    );
    Ok(())
}

/// Help pages write the same constant for every time, without an offset. In bodies of the service, times in UTC end
/// with `Z` (recorded), and the encoder does the same.
fn with_offsets(example: &str) -> String {
    const CONSTANT: &str = "1999-05-31T11:20:00";
    example.replace(&format!("Utc>{CONSTANT}<"), &format!("Utc>{CONSTANT}Z<"))
}

#[test]
fn response_examples_become_the_values_of_their_snapshots() -> anyhow::Result<()> {
    each(Side::Response, |name, _, reading| {
        snapshot::check("responses", name, &reading.json);
        Ok(())
    })?;
    Ok(())
}

/// Counts by the model, which is independent of decoder and encoder: this finds a part that both of them lose.
#[test]
fn json_has_every_part_of_an_example_but_the_secrets() -> anyhow::Result<()> {
    let model = pages::model()?;
    let mut hidden = BTreeSet::new();
    for side in [Side::Request, Side::Response] {
        each(side, |name, example, reading| {
            let operation = &model.operations[name];
            let body: &Body = if side == Side::Request {
                &operation.request
            } else {
                &operation.response
            };
            let found = JsonCounts::of_body(&model, body, &serde_json::from_str(&reading.json)?);
            let expected = found.visible(counts::of_xml(example)?);
            assert_eq!(
                counts::differences(&expected, &found.counts),
                Vec::<String>::new(),
                "{name} {side}"
            );
            hidden.extend(
                found
                    .hidden
                    .into_iter()
                    .filter_map(|path| path.rsplit('/').next().map(str::to_owned)),
            );
            Ok(())
        })?;
    }
    assert_eq!(hidden, ["CardNumber", "Password"].map(str::to_owned).into());
    Ok(())
}

#[test]
fn fast_path_and_plain_path_agree() -> anyhow::Result<()> {
    let slow = DecodeOptions::default().fast_path(false);
    for side in [Side::Request, Side::Response] {
        each(side, |name, example, fast| {
            assert_eq!(&read(name, side, example.as_bytes(), &slow)?, fast, "{name} {side}");
            Ok(())
        })?;
    }
    Ok(())
}
