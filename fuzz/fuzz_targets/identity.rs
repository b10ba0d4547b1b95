//! Any bytes as a certificate and a key are accepted, or rejected with a message.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| spektrix_v2_test_support::body_checks::identity(input));
