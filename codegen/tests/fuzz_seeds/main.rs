//! Replays the seeds of the fuzz targets, and runs their checks on the vendored pages.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod checks;

use std::fs;
use std::path::{Path, PathBuf};

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

#[test]
fn checks_hold_for_the_seeds_of_the_fuzz_targets() {
    for (target, check) in [("feed", checks::feed as fn(&[u8])), ("page", checks::page)] {
        let seeds = files_in(&Path::new(WORKSPACE).join("fuzz/seeds").join(target));
        assert!(!seeds.is_empty(), "{target} has no seeds");
        for seed in seeds {
            check(&fs::read(&seed).unwrap());
        }
    }
}

#[test]
fn checks_hold_for_the_vendored_pages() {
    let schemas = Path::new(WORKSPACE).join("schemas");
    checks::feed(&fs::read(schemas.join("help.atom")).unwrap());
    let pages = files_in(&schemas)
        .into_iter()
        .filter(|path| path.is_dir())
        .flat_map(|page| files_in(&page));
    let read = pages.map(|page| checks::page(&fs::read(page).unwrap())).count();
    assert!(read > 80, "found only {read} pages");
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.unwrap().path()).collect()
}
