//! Bodies of every kind, read on both of the decoder's paths: what is read, and what is refused with which words.
#![expect(clippy::unwrap_used, reason = "what a test sets up must not fail")]

mod attributes;
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
mod seeds;
mod support;
mod text;
mod truncation;
mod values;

#[global_allocator]
static MEMORY: peak_alloc::PeakAlloc = peak_alloc::PeakAlloc;
