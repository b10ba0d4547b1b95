//! Any bytes as the body of any operation are decoded or rejected. A decoded value can be encoded and decoded again.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| spektrix_v2_test_support::body_checks::decode(input));
