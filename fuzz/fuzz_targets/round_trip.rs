//! Any value of any operation's types: written and read back.
#![no_main]
#![allow(dead_code, reason = "each target runs one of the checks")]

#[path = "../../spektrix-v2/tests/xml/checks.rs"]
mod checks;
#[path = "../../spektrix-v2/tests/xml/random.rs"]
mod random;

libfuzzer_sys::fuzz_target!(|input: &[u8]| checks::round_trip(input));
