//! The generated folder: it is what the pages and the overlay make, whatever order they come in.

#![allow(
    mixed_script_confusables,
    uncommon_codepoints,
    reason = "names of a case come from all scripts, and only a whole crate can allow it"
)]

// The test that every preview has.
#[path = "../../../xtask/src/preview/again.rs"]
mod again;
#[rustfmt::skip]
#[allow(
    clippy::all,
    clippy::pedantic,
    dead_code,
    non_camel_case_types,
    non_snake_case,
    unreachable_pub,
    unused_imports,
    reason = "names and what is used come from the pages"
)]
mod constructs;
mod examples;
mod order;
mod staleness;
