//! Tests of `catalogue`: loading, lookups, dangling references, and comparing.
#![expect(clippy::unwrap_used, reason = "the setup of a test must not fail")]

mod changes;
mod load;
mod lookup;
mod order;
mod venue;
