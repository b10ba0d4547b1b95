//! A list in chunks, cut anywhere, gives the same result as the whole body.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| spektrix_v2_test_support::list_checks::chunks(input));
