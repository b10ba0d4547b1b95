//! The commands of the page that explains how to test a website with the sandbox, run as they are on the page.

use std::collections::BTreeSet;

use crate::program::{Folder, Running, outcome};

pub(crate) const GUIDE: &str = include_str!("../../../sandbox/TESTING.md");

/// The start of the last line that a sandbox prints when it has started.
pub(crate) const LAST_LINE: &str = "# A session that has a basket";

/// Returns the first code block in this language that contains a string.
pub(crate) fn code_block(language: &str, part: &str) -> &'static str {
    let fence = format!("```{language}\n");
    let rests = GUIDE.split(fence.as_str()).skip(1);
    let mut blocks = rests.filter_map(|rest| rest.split("```").next());
    blocks.find(|block| block.contains(part)).expect(part)
}

#[test]
fn the_environment_file_has_the_documented_variables() {
    let folder = Folder::new();
    let start = code_block("sh", "--write-env sandbox.env");
    let mut running = Running::spawn(folder.shell(&format!("exec {start}")));
    running.lines_until(LAST_LINE);

    let script = format!("{}env", code_block("sh", ". ./sandbox.env"));
    let environment = outcome(folder.shell(&script).output().unwrap()).success();
    let names = environment.lines().filter_map(|line| line.split_once('='));
    let names = names.map(|(name, _)| name).filter(|name| name.starts_with("SPEKTRIX_"));
    let mut names: BTreeSet<_> = names.collect();
    // This sandbox has one venue.
    names.insert("SPEKTRIX_SANDBOX_VENUES");
    let rows = GUIDE.lines().filter(|line| line.starts_with("| `SPEKTRIX_"));
    let cells = rows.filter_map(|row| row.split('|').nth(1));
    let documented = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    assert_eq!(names, documented.collect());
}

#[test]
fn a_test_suite_runs_with_the_variables() {
    let folder = Folder::new();
    let suite = "#!/bin/sh\ntest -f \"$SPEKTRIX_KEY\" && echo \"$SPEKTRIX_SANDBOX_CONTROL\"; exit 3\n";
    folder.write_program("vendor/bin/phpunit", suite);
    let command = code_block("sh", "phpunit");
    let ended = outcome(folder.shell(command).output().unwrap());
    assert!(ended.stdout.starts_with("http://127.0.0.1:"), "{}", ended.stdout);
    assert_eq!((ended.code, ended.stderr.as_str()), (3, ""));
}
