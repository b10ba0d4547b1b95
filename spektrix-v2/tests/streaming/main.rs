//! Lists read item by item: the same items and errors as of the whole body, however it is cut, in bounded memory.
#![expect(clippy::unwrap_used, reason = "what a test sets up must not fail")]

mod agreement;
mod chance;
mod edges;
mod examples;
mod limits;
mod lists;
mod pieces;
mod promptly;
mod scraps;
mod seeds;
mod spoilt;
