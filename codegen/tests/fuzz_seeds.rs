//! Tests the seeds of the fuzz targets, and the vendored pages, with the checks of the fuzz targets.

use spektrix_v2_test_support::codegen_checks::{feed, page};
use spektrix_v2_test_support::repository::{entries, path, read, seeds};

#[test]
fn checks_hold_for_the_seeds_of_the_fuzz_targets() {
    for (target, check) in [("feed", feed as fn(&[u8])), ("page", page)] {
        for seed in seeds(target) {
            check(&seed);
        }
    }
}

#[test]
fn checks_hold_for_the_vendored_pages() {
    let schemas = path("schemas");
    feed(&read(&schemas.join("help.atom")));
    let operations = entries(&schemas).into_iter().filter(|path| path.is_dir());
    let pages = operations.flat_map(|operation| entries(&operation));
    let checked = pages.map(|file| page(&read(&file))).count();
    assert!(checked > 80, "found only {checked} pages");
}
