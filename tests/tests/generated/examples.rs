//! The Rust of codegen's cases: every example is read and written again, or fails exactly as its page makes it.

use std::path::{Path, PathBuf};

use crate::constructs::CASES;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/cases/constructs")
}

#[test]
fn every_example_of_every_case_gives_what_it_must() -> anyhow::Result<()> {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for (name, examples, try_again) in CASES {
        for example in *examples {
            let text = std::fs::read_to_string(folder().join(name).join(example.path))?;
            tried += 1;
            wrong.extend(try_again(example, &text).map(|what| format!("{name}: {what}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 40, "only {tried} examples were tried");
    Ok(())
}

/// What an example must give is not what it happens to give: another expectation fails.
#[test]
fn another_outcome_is_told() -> anyhow::Result<()> {
    let (name, examples, try_again) = CASES
        .iter()
        .find(|(name, ..)| *name == "faulty-constants")
        .ok_or_else(|| anyhow::anyhow!("the case is gone"))?;
    let text = std::fs::read_to_string(folder().join(name).join(examples[0].path))?;
    let mended = text.replace("13:20:00.000, 13:20:00.000-05:00", "13:20:00");
    assert_ne!(text, mended);
    let told = try_again(&examples[0], &mended).unwrap_or_default();
    assert!(told.contains("in spite of the value in Door/Opens"), "{told}");
    Ok(())
}
