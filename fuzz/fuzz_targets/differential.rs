//! The fast path and the plain path of the decoder agree on any bytes as the body of any operation.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| spektrix_v2_test_support::body_checks::differential(input));
