//! Replays what the fuzzer starts from, and what it found.

use std::fs;

use crate::pieces::pieces;

#[test]
fn of_the_fuzzer_hold() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/seeds/stream");
    let mut seeds = 0;
    for seed in fs::read_dir(folder).unwrap() {
        pieces(&fs::read(seed.unwrap().path()).unwrap());
        seeds += 1;
    }
    assert!(seeds > 0, "no seed in {folder}");
}
