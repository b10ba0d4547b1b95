//! Replays what the fuzzer starts from, and what it found.

use std::fs;
use std::path::{Path, PathBuf};

use crate::checks::{self, Check};
use crate::support::on_a_small_stack;

pub(crate) const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

#[test]
fn of_the_fuzzer_hold() {
    let targets: [(&str, Check); 4] = [
        ("decode", checks::decode),
        ("differential", checks::differential),
        ("identity", checks::identity),
        ("round_trip", checks::round_trip),
    ];
    for (target, check) in targets {
        let seeds = files_in(&Path::new(WORKSPACE).join("fuzz/seeds").join(target));
        assert!(!seeds.is_empty(), "no seed for {target}");
        for seed in seeds {
            let input = fs::read(&seed).unwrap();
            on_a_small_stack(|| check(&input));
        }
    }
}

/// The example on each help page is a body of its operation.
#[test]
fn of_the_help_pages_are_read_on_both_paths() {
    let mut read = 0;
    for page in files_in(&Path::new(WORKSPACE).join("schemas")) {
        let operation = page.file_name().unwrap().to_str().unwrap().to_owned();
        for (side, check) in [
            ("request.xml", checks::good_request as fn(&str, &[u8])),
            ("response.xml", checks::good_response),
        ] {
            if let Ok(body) = fs::read(page.join(side)) {
                on_a_small_stack(|| check(&operation, &body));
                read += 1;
            }
        }
    }
    assert!(read > 30, "only {read} examples were found");
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.unwrap().path()).collect()
}
