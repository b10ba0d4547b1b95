//! Any bytes as the help feed: read or refused.
#![no_main]
#![allow(dead_code, reason = "each target runs one of the checks")]

#[path = "../../codegen/tests/fuzz_seeds/checks.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|input: &[u8]| checks::feed(input));
