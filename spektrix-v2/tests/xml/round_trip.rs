//! Every type of every operation: what is written is read back as it was.

use proptest::collection::vec;
use proptest::prelude::*;
use spektrix_v2::operations;

use crate::checks::ROUND_TRIPS;

#[test]
fn of_every_operation_is_tried() {
    let tried: Vec<&str> = ROUND_TRIPS.iter().map(|(name, _)| *name).collect();
    let all: Vec<&str> = operations::ALL.iter().map(|info| info.name).collect();
    assert_eq!(tried, all);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_any_value(bytes in vec(any::<u8>(), 0..2000)) {
        for (_, check) in ROUND_TRIPS {
            check(&bytes);
        }
    }
}
