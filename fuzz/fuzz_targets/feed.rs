//! Any bytes as the help feed are read or rejected.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| spektrix_v2_test_support::codegen_checks::feed(input));
