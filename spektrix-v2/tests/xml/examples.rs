//! Tests the seeds of the fuzz targets, and the examples on the help pages.

use spektrix_v2::operations;
use spektrix_v2_test_support::body_checks::{self, Check};
use spektrix_v2_test_support::repository::{Side, example, seeds};

use crate::support::on_a_small_stack;

#[test]
fn checks_hold_for_the_seeds_of_the_fuzz_targets() {
    let targets: [(&str, Check); 4] = [
        ("decode", body_checks::decode),
        ("differential", body_checks::differential),
        ("identity", body_checks::identity),
        ("round_trip", body_checks::round_trip),
    ];
    for (target, check) in targets {
        for seed in seeds(target) {
            on_a_small_stack(|| check(&seed));
        }
    }
}

/// The example on each help page is a body of its operation.
#[test]
fn both_paths_accept_the_examples_of_the_help_pages() {
    let mut examples = 0;
    for operation in operations::ALL {
        for side in [Side::Request, Side::Response] {
            if let Some(body) = example(operation.name, side) {
                on_a_small_stack(|| body_checks::accepted(operation.name, side, &body));
                examples += 1;
            }
        }
    }
    assert!(examples > 30, "only {examples} examples were found");
}
