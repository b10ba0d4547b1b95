//! Tests of the decoder and the encoder: which bodies are accepted, which values they have, and what the errors are. Every
//! body is decoded on both paths of the decoder.
#![expect(clippy::unwrap_used, reason = "the setup of a test must not fail")]

mod attributes;
mod children;
mod constructs;
mod corrupted;
mod element_text;
mod encoding;
mod examples;
mod limits;
mod list_content;
mod malformed;
mod memory;
mod names;
mod other_pages;
mod positions;
mod prolog_and_epilog;
mod round_trip;
mod support;
mod truncation;
mod values;

#[global_allocator]
static MEMORY: peak_alloc::PeakAlloc = peak_alloc::PeakAlloc;
