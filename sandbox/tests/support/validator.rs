//! Checks bodies against the vendored schemas with a validator that is not ours: libxml2's xmllint.

use std::fs;
use std::io::Write as _;
use std::process::Command;

use super::document;

/// Whether xmllint is there; if not, standard error says which test did not run.
pub(crate) fn has_validator(test: &str) -> bool {
    match Command::new("xmllint").arg("--version").output() {
        Ok(_) => true,
        Err(error) => {
            let message = format!("NOT RUN: {test} needs xmllint (package libxml2-utils): {error}");
            writeln!(std::io::stderr(), "{message}").expect("standard error");
            false
        }
    }
}

/// What xmllint says against bodies of an operation, if anything.
pub(crate) fn problems(operation: &str, bodies: &[String]) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let schema = folder.path().join("response.xsd");
    fs::write(&schema, document(operation)).expect("a file");
    let mut command = Command::new("xmllint");
    command.args(["--noout", "--nonet", "--schema"]).arg(&schema);
    for (number, body) in bodies.iter().enumerate() {
        let file = folder.path().join(format!("{number}.xml"));
        fs::write(&file, body).expect("a file");
        command.arg(file);
    }
    let output = command.output().expect("xmllint runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (!output.status.success()).then_some(said)
}
