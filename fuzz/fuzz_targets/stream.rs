//! Any bytes as the body of a list: read in pieces, cut anywhere, they say what they say as a whole.
#![no_main]
#![allow(dead_code, reason = "the target runs one of the checks")]

#[path = "../../spektrix-v2/tests/streaming/agreement.rs"]
mod agreement;
#[path = "../../spektrix-v2/tests/streaming/chance.rs"]
mod chance;
#[path = "../../spektrix-v2/tests/streaming/pieces.rs"]
mod pieces;

libfuzzer_sys::fuzz_target!(|input: &[u8]| pieces::pieces(input));
