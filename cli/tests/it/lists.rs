//! Tests of the commands that print lists, against the sandbox.

use std::process::Stdio;

use crate::program::{Folder, outcome};

const LISTS: [&str; 14] = [
    "events",
    "instances",
    "availability",
    "plans",
    "price-lists",
    "bands",
    "ticket-types",
    "offers",
    "memberships",
    "fixed-series",
    "stock-items",
    "tags",
    "tag-groups",
    "statements",
];

fn sandbox(arguments: &[&str]) -> String {
    let arguments: Vec<_> = ["--sandbox"].into_iter().chain(arguments.iter().copied()).collect();
    Folder::new().spektrix(&arguments).success()
}

#[test]
fn every_list_is_printed_with_its_columns() {
    for list in LISTS {
        let printed = sandbox(&[list, "--limit", "3"]);
        let table = sandbox(&[list, "--limit", "3", "--format", "table"]);
        let lines: Vec<_> = printed.lines().collect();
        assert!((1..=3).contains(&lines.len()), "{list}: {printed}");
        assert_eq!(table.lines().count(), lines.len() + 1, "{list}: {table}");
        let has_value = |line: &&str| line.split('\t').any(|value| !value.is_empty());
        assert!(lines.iter().all(has_value), "{list}: {printed}");
    }
}

#[test]
fn every_item_is_printed_not_only_a_page() {
    let events: serde_json::Value = serde_json::from_str(&sandbox(&["events", "--format", "json"])).unwrap();
    let lines = sandbox(&["events", "--format", "jsonl"]);
    assert!(events.as_array().unwrap().len() > 10);
    assert_eq!(lines.lines().count(), events.as_array().unwrap().len());
}

#[test]
fn days_are_inclusive() {
    let starts = |from: &str, to: &str| {
        let arguments = ["instances", "--from", from, "--to", to, "--fields", "start"];
        sandbox(&arguments)
            .lines()
            .map(|start| start[..10].to_owned())
            .collect::<Vec<_>>()
    };
    let all = sandbox(&["instances", "--fields", "start"]);
    let mut days: Vec<_> = all.lines().map(|start| &start[..10]).collect();
    days.sort_unstable();
    days.dedup();
    let (first, second) = (days[3], days[4]);
    let found = starts(first, second);
    assert!(
        found.iter().any(|day| day == first) && found.iter().any(|day| day == second),
        "{found:?}"
    );
    assert!(found.iter().all(|day| day == first || day == second), "{found:?}");
}

#[test]
fn attributes_filter_and_print() {
    let all = sandbox(&["events", "--fields", "id,attribute.Panto"]);
    let expected: Vec<_> = all.lines().filter_map(|line| line.strip_suffix("\t1")).collect();
    let filtered = sandbox(&["events", "--attribute", "panto= 1 ", "--fields", "id"]);
    assert!(!expected.is_empty() && expected.len() < all.lines().count());
    assert_eq!(filtered.lines().collect::<Vec<_>>(), expected);
    let limited = sandbox(&["events", "--attribute", "Panto=1", "--limit", "1", "--fields", "id"]);
    assert_eq!(limited.trim(), expected[0]);
}

#[test]
fn closed_pipes_end_quietly() {
    let folder = Folder::new();
    let mut command = folder.command();
    command.args(["--sandbox", "instances", "--format", "json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ended = outcome(child.wait_with_output().unwrap());
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
}
