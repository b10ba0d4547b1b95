//! Tests of the code of codegen's test cases: every example gives the expected result, also an example with mistakes.

use std::path::{Path, PathBuf};

use crate::cases::CASES;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/cases/constructs")
}

#[test]
fn every_example_gives_the_expected_result() -> anyhow::Result<()> {
    let mut failures = Vec::new();
    let mut count = 0;
    for (name, examples, failure) in CASES {
        for example in *examples {
            let text = std::fs::read_to_string(folder().join(name).join(example.path))?;
            count += 1;
            failures.extend(failure(example, &text).map(|what| format!("{name}: {what}")));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(count > 40, "only {count} examples");
    Ok(())
}

/// The check can fail: an example without its mistake does not give the expected error.
#[test]
fn an_unexpected_result_is_reported() -> anyhow::Result<()> {
    let (name, examples, failure) = CASES
        .iter()
        .find(|(name, ..)| *name == "faulty-constants")
        .ok_or_else(|| anyhow::anyhow!("the case is missing"))?;
    let text = std::fs::read_to_string(folder().join(name).join(examples[0].path))?;
    let corrected = text.replace("13:20:00.000, 13:20:00.000-05:00", "13:20:00");
    assert_ne!(text, corrected);
    let reported = failure(&examples[0], &corrected).unwrap_or_default();
    assert!(reported.contains("in spite of the value in Door/Opens"), "{reported}");
    Ok(())
}
