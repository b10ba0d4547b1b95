//! Tests that every type of every operation is decoded as the value that was encoded.

use proptest::collection::vec;
use proptest::prelude::*;
use spektrix_v2::operations;

use spektrix_v2_test_support::body_checks::ROUND_TRIPS;

#[test]
fn round_trips_cover_every_operation() {
    let covered: Vec<&str> = ROUND_TRIPS.iter().map(|(name, _)| *name).collect();
    let all: Vec<&str> = operations::ALL.iter().map(|info| info.name).collect();
    assert_eq!(covered, all);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_value_survives_a_round_trip(bytes in vec(any::<u8>(), 0..2000)) {
        for (_, check) in ROUND_TRIPS {
            check(&bytes);
        }
    }
}
