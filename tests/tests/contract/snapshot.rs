//! Snapshots named by operation, in one folder for requests and one for responses.

use std::collections::BTreeSet;

use spektrix_v2_tests::{folder, pages};

/// Compares a text with its snapshot.
pub(crate) fn check(folder: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("snapshots/{folder}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Returns the names of the existing snapshots.
pub(crate) fn names(folder: &str) -> anyhow::Result<BTreeSet<String>> {
    let folder = pages::workspace(&format!("tests/tests/contract/snapshots/{folder}"));
    let files = folder::read(&folder)?;
    Ok(files
        .keys()
        .filter_map(|file| file.strip_suffix(".snap"))
        .map(str::to_owned)
        .collect())
}
