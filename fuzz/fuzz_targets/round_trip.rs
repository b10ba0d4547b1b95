//! Any value of any operation's types is encoded and decoded as the same value.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| spektrix_v2_test_support::body_checks::round_trip(input));
