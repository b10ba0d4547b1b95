//! Bodies of every kind, read on both of the decoder's paths: what is read, and what is refused with which words.
#![expect(clippy::unwrap_used, reason = "what a test sets up must not fail")]

mod attributes;
#[expect(dead_code, reason = "cutting is for streams")]
#[path = "../streaming/chance.rs"]
mod chance;
mod checks;
mod children;
mod constructs;
mod limits;
mod malformed;
mod memory;
mod names;
mod places;
mod prolog;
mod random;
mod requests;
mod round_trip;
#[path = "../streaming/scraps.rs"]
mod scraps;
mod seeds;
mod spoilt;
mod support;
mod text;
mod truncation;
mod values;

#[global_allocator]
static MEMORY: peak_alloc::PeakAlloc = peak_alloc::PeakAlloc;
