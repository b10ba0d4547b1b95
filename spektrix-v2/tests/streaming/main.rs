//! Tests of lists that are decoded item by item, in bounded memory: the items and errors are those of the whole body,
//! wherever it is cut.
#![expect(clippy::unwrap_used, reason = "the setup of a test must not fail")]

mod accepted_bodies;
mod corrupted;
mod examples;
mod item_latency;
mod limits;
mod list_operations;
