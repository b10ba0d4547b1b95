//! Any bytes as a help page: the kind of page is recognized, and its schemas are lowered or rejected.
#![no_main]

libfuzzer_sys::fuzz_target!(
    // libFuzzer's own hook ends the process on a panic that is caught.
    init: std::panic::set_hook(Box::new(|_| {})),
    |input: &[u8]| spektrix_v2_test_support::codegen_checks::page(input)
);
