//! Tests of `diff`: a table of edits of the vendored pages, with the lines that must be reported for each.
//!
//! Each edit is one change of the service, so it must be reported once, where it was made, with both verdicts.

mod addresses;
mod fields;
mod namespaces;
mod pages;
mod second_edits;
mod types;
mod values;

use std::collections::BTreeSet;
use std::io;

use pages::{Pages, Row};
use spektrix_v2_codegen::diff::Baseline;

fn rows() -> Vec<&'static Row> {
    let tables = [
        fields::ROWS,
        values::ROWS,
        types::ROWS,
        namespaces::ROWS,
        addresses::ROWS,
        second_edits::ROWS,
    ];
    tables.into_iter().flatten().collect()
}

#[test]
fn each_edit_has_its_line_and_both_verdicts() -> io::Result<()> {
    let pages = Pages::vendored()?;
    let baseline = pages.baseline()?;
    let rows = rows();
    let failures =
        |rows: &[&Row]| -> io::Result<String> { rows.iter().map(|row| failure(&pages, &baseline, row)).collect() };
    // Most of the time is spent reading pages, which takes long without optimizations.
    let per_thread = rows.len().div_ceil(4);
    let failures: io::Result<String> = std::thread::scope(|scope| {
        let failures = &failures;
        let threads: Vec<_> = rows
            .chunks(per_thread)
            .map(|rows| scope.spawn(move || failures(rows)))
            .collect();
        let joined = threads
            .into_iter()
            .map(|thread| thread.join().map_err(|_| io::Error::other("an edit panicked"))?);
        joined.collect()
    });
    let failures = failures?;
    assert!(failures.is_empty(), "{failures}");
    Ok(())
}

/// Returns the difference between the expected and the reported lines of a row.
fn failure(pages: &Pages, baseline: &Baseline, row: &Row) -> io::Result<String> {
    let Row {
        edit,
        before,
        change,
        lines,
    } = row;
    let found = match before {
        None => pages.lines_after(baseline, change),
        Some(before) => {
            let mut pages = pages.clone();
            before(&mut pages);
            pages.lines_after(&pages.baseline()?, change)
        }
    };
    let expected = lines.join("\n") + "\n";
    Ok(if found == expected {
        String::new()
    } else {
        format!("{edit}\n--- expected\n{expected}--- found\n{found}\n")
    })
}

#[test]
fn the_table_has_enough_different_edits() {
    let rows = rows();
    let edits: BTreeSet<&str> = rows.iter().map(|row| row.edit).collect();
    assert_eq!(edits.len(), rows.len(), "two edits have the same name");
    assert!(edits.len() >= 100, "only {} edits", edits.len());
    let one_cause = |row: &&&Row| row.lines.len() == 1;
    let single = rows.iter().filter(one_cause).count();
    assert!(
        single * 10 >= rows.len() * 9,
        "only {single} edits of {} have one line",
        rows.len()
    );
}
