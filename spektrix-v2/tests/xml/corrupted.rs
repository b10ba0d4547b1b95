//! Tests that both paths of the decoder agree on bodies that are corrupted at random.
//!
//! Each example is corrupted 25 times. For more:
//!
//! ```sh
//! SPEKTRIX_TRIES=10000 cargo test -p spektrix-v2 --test xml corrupted
//! ```

use spektrix_v2::operations;
use spektrix_v2_test_support::body_checks::paths_agree;
use spektrix_v2_test_support::corruption::corrupt;
use spektrix_v2_test_support::repository::{Side, example};
use spektrix_v2_test_support::rng::Rng;

#[test]
fn both_paths_agree_on_corrupted_examples() {
    let tries = std::env::var("SPEKTRIX_TRIES").map_or(25, |tries| tries.parse().unwrap());
    let mut rng = Rng::new(8);
    let mut examples = 0;
    for operation in operations::ALL {
        for side in [Side::Response, Side::Request] {
            let Some(body) = example(operation.name, side) else {
                continue;
            };
            examples += 1;
            for _ in 0..tries {
                let mut corrupted = body.clone();
                for _ in 0..=rng.below(4) {
                    corrupt(&mut corrupted, &mut rng);
                }
                paths_agree(operation.name, side, &corrupted);
            }
        }
    }
    assert!(examples > 30, "only {examples} examples were found");
}
