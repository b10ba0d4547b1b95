//! Tests of what hand-written code adds to the values of a response: times with a time zone, attributes, seats.
#![expect(clippy::unwrap_used, reason = "the setup of a test must not fail")]

mod attributes;
mod statuses;
mod times;

use std::io::Write as _;
use std::path::Path;

/// Returns a recorded response, if `SPEKTRIX_RECORDED` names a folder that contains it. Otherwise prints that the test did
/// not run.
fn recorded(operation: &str) -> Option<Vec<u8>> {
    let Some(folder) = std::env::var_os("SPEKTRIX_RECORDED") else {
        // Not captured by the test harness, so that it is seen.
        let _ = std::io::stderr().write_all(b"did not run: SPEKTRIX_RECORDED is not set\n");
        return None;
    };
    Some(std::fs::read(Path::new(&folder).join(format!("{operation}.xml"))).unwrap())
}
