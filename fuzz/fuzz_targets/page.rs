//! Any bytes as a help page: its kind is told, and schemas are lowered.
#![no_main]
#![allow(dead_code, reason = "each target runs one of the checks")]

#[path = "../../codegen/tests/fuzz_seeds/checks.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(
    // The fuzzer's own hook ends the process on panics that are caught.
    init: std::panic::set_hook(Box::new(|_| {})),
    |input: &[u8]| checks::page(input)
);
