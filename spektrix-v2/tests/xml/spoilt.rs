//! Bodies that are spoilt by chance: whatever is wrong, both paths of the decoder say the same.
//!
//! Each example is spoilt 25 times here. For more:
//!
//! ```sh
//! SPEKTRIX_TRIES=10000 cargo test -p spektrix-v2 --test xml spoilt
//! ```

use std::fs;
use std::path::Path;

use spektrix_v2::operations;

use crate::chance::Chance;
use crate::checks;
use crate::scraps::damage;
use crate::seeds::WORKSPACE;

#[test]
fn both_paths_agree_on_spoilt_examples() {
    let tries = std::env::var("SPEKTRIX_TRIES").map_or(25, |tries| tries.parse().unwrap());
    let mut chance = Chance::new(8);
    let mut examples = 0;
    for (number, operation) in (0_u8..).zip(operations::ALL) {
        for (side, file) in [(0, "response.xml"), (1, "request.xml")] {
            let path = Path::new(WORKSPACE).join("schemas").join(operation.name).join(file);
            let Ok(body) = fs::read(path) else {
                continue;
            };
            examples += 1;
            for _ in 0..tries {
                let mut spoilt = body.clone();
                for _ in 0..=chance.below(4) {
                    damage(&mut spoilt, &mut chance);
                }
                checks::differential(&[&[number, side], &spoilt[..]].concat());
            }
        }
    }
    assert!(examples > 30, "only {examples} examples were found");
}
