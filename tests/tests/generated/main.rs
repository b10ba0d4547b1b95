//! Tests of the generated code: it is up to date, does not depend on the order of the pages, and decodes their
//! examples.

#![allow(
    mixed_script_confusables,
    uncommon_codepoints,
    reason = "names in the cases come from all scripts, and these lints can only be allowed for a crate"
)]

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
mod cases;
mod examples;
mod order;
mod required_parts;
mod staleness;
