//! Programs in other languages that tests run. A test prints plainly if it did not run, because something is missing.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

/// Prints that a test did not run.
pub(crate) fn did_not_run(why: &str) {
    // Not `eprintln`, which the test harness captures.
    let _ = writeln!(std::io::stderr(), "did not run: {why}");
}

/// Returns the Python that has these modules: `SPEKTRIX_PYTHON`, or `python3`.
pub(crate) fn python_with(modules: &str) -> Option<String> {
    let python = std::env::var("SPEKTRIX_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let import = Command::new(&python)
        .args(["-c", &format!("import {modules}")])
        .output();
    if import.is_ok_and(|output| output.status.success()) {
        return Some(python);
    }
    did_not_run(&format!(
        "Python has no modules {modules}: install them, and set SPEKTRIX_PYTHON to the Python of that environment"
    ));
    None
}

/// Runs a program with a script, and returns what it prints.
pub(crate) fn run(program: &str, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    let output = output.unwrap_or_else(|error| panic!("cannot run {program}: {error}"));
    let (stdout, stderr) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{program} failed: {stdout}{stderr}");
    stdout.into_owned()
}
