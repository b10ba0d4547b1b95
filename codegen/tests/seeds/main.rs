//! Replays what the fuzzer starts from, and what it found.
#![expect(clippy::unwrap_used, reason = "what a test sets up must not fail")]

mod checks;

use std::fs;
use std::path::{Path, PathBuf};

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

#[test]
fn of_the_fuzzer_hold() {
    for (target, check) in [("feed", checks::feed as fn(&[u8])), ("page", checks::page)] {
        let seeds = files_in(&Path::new(WORKSPACE).join("fuzz/seeds").join(target));
        assert!(!seeds.is_empty(), "no seed for {target}");
        for seed in seeds {
            check(&fs::read(&seed).unwrap());
        }
    }
}

#[test]
fn of_the_help_pages_hold() {
    let schemas = Path::new(WORKSPACE).join("schemas");
    checks::feed(&fs::read(schemas.join("help.atom")).unwrap());
    let pages = files_in(&schemas)
        .into_iter()
        .filter(|path| path.is_dir())
        .flat_map(|page| files_in(&page));
    let read = pages.map(|page| checks::page(&fs::read(page).unwrap())).count();
    assert!(read > 80, "only {read} pages were found");
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.unwrap().path()).collect()
}
