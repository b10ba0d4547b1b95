//! Tests of every fault, in one table: for each way to read and to write, over each version of TLS and HTTP.
//!
//! Each cell contains the kind of error, the number of attempts, and the hint. No cell and no log of any crate shows a
//! secret.
#![expect(clippy::unwrap_used, reason = "what a test sets up must not fail")]

mod cell;
mod expected;
mod metrics;
mod rows;
mod venue;

use spektrix_v2_sandbox::{HttpVersions, TlsVersions};

use cell::Kind;
use rows::Row;
use spektrix_v2_test_support::canary::{assert_lines_unseen, listen};
use venue::{Venue, assert_key_unseen};

#[tokio::test]
async fn over_tls_1_2_and_http_1() {
    every_cell(TlsVersions::Only12, HttpVersions::OnlyHttp1).await;
}

#[tokio::test]
async fn over_tls_1_2_and_http_2() {
    every_cell(TlsVersions::Only12, HttpVersions::OnlyHttp2).await;
}

#[tokio::test]
async fn over_tls_1_3_and_http_1() {
    every_cell(TlsVersions::Only13, HttpVersions::OnlyHttp1).await;
}

#[tokio::test]
async fn over_tls_1_3_and_http_2() {
    every_cell(TlsVersions::Only13, HttpVersions::OnlyHttp2).await;
}

/// Runs all rows with one sandbox. The cells of a row run at the same time.
async fn every_cell(tls: TlsVersions, http: HttpVersions) {
    let log = listen();
    let venue = Venue::open(tls, http).await;
    let mut wrong = Vec::new();
    for row in rows::all() {
        wrong.extend(cells(&venue, &row).await);
    }
    assert!(wrong.is_empty(), "{tls:?}, {http:?}:\n{}", wrong.join("\n"));
    // The log is shared: the test that ends first checks the lines of the others as well.
    let text = log.take();
    assert_lines_unseen(&text);
    assert_key_unseen(&text, "the log");
}

/// Returns the differences from the expected cells.
async fn cells(venue: &Venue, row: &Row) -> Vec<String> {
    venue.prepare(&row.cause);
    let saw = futures_util::future::join_all(Kind::ALL.map(|kind| kind.run(venue, &row.cause))).await;
    let wrong = Kind::ALL.into_iter().zip(saw).filter_map(|(kind, saw)| {
        let context = format!("{}, {kind:?}", row.name);
        saw.assert_silent(&context);
        let difference = row.expected(kind).difference(kind, &saw)?;
        Some(format!("{context}: {difference}"))
    });
    wrong.collect()
}

#[test]
fn the_table_has_enough_rows_with_unique_names() {
    let rows = rows::all();
    let failing = rows.iter().filter(|row| row.fails()).count();
    assert!(failing >= 16, "{failing}");
    let mut names: Vec<_> = rows.iter().map(|row| row.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), rows.len(), "each name is unique");
}
