//! The steps of the page "A listing in PHP that survives an outage", run as they are on the page.

use std::process::{Command, Stdio};

use crate::program::{Folder, Running, outcome};
use crate::testing_guide::LAST_LINE;

const PAGE: &str = include_str!("../../../sync/docs/a-listing-in-php.md");

/// Returns the code blocks in this language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    let rests = PAGE.split(fence.as_str()).skip(1);
    rests.filter_map(|rest| rest.split("```").next()).collect()
}

fn is_installed(program: &str, argument: &str) -> bool {
    let mut check = Command::new(program);
    let check = check.arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status();
    check.is_ok_and(|status| status.success())
}

/// Returns the lines of the list, without the age of the data.
fn performances(page: &str) -> Vec<&str> {
    let start = page.find("<!doctype html>").expect(page);
    let lines = page[start..].lines().filter(|line| !line.starts_with("<p>Updated "));
    lines.collect()
}

#[test]
fn a_listing_in_php_survives_an_outage() {
    let php = "-rexit(extension_loaded('pdo_sqlite') ? 0 : 1);";
    if !is_installed("php", php) || !is_installed("curl", "--version") {
        println!("NOT RUN: a_listing_in_php_survives_an_outage: curl, and php with pdo_sqlite, are not installed");
        return;
    }
    let folder = Folder::new();
    let [start, connect_and_sync, list, outage, empty_list, recovery] = blocks("sh").try_into().unwrap();
    folder.write("listing.php", blocks("php")[0]);
    let mut sandbox = Running::spawn(folder.shell(&format!("exec {start}")));
    sandbox.lines_until(LAST_LINE);
    let (connect, sync) = connect_and_sync.split_once('\n').unwrap();
    let run = |script: &str| outcome(folder.shell(&format!("{connect}\n{script}")).output().unwrap());

    assert!(run(sync).success().contains("run 1 wrote "));
    assert!(run(sync).success().contains(" wrote 0 objects"));
    let page = run(list).success();
    let shown = performances(&page);
    assert_eq!(
        shown.iter().filter(|line| line.starts_with("  <li>")).count(),
        20,
        "{page}"
    );
    assert!(
        page.contains(", from £") && page.contains("Updated 0 minutes ago."),
        "{page}"
    );

    for (step, code, message) in [(outage, 7, "503"), (empty_list, 11, "instances")] {
        let ended = run(step);
        assert!(ended.stderr.contains(message), "{}", ended.stderr);
        let printed = ended.success();
        assert!(printed.contains(&format!("exit code {code}\n")), "{printed}");
        assert_eq!(performances(&printed), shown);
    }
    let recovered = run(recovery).success();
    assert!(recovered.contains(" wrote 0 objects"), "{recovered}");
    let failed = recovered.matches("\tfailed\t").count();
    assert_eq!(failed, 2, "{recovered}");
}
