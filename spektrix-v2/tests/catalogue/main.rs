//! Tests of `catalogue`: loading, refreshing, lookups, selections, availability, prices, and comparing.
#![expect(clippy::unwrap_used, reason = "the setup of a test must not fail")]

mod availability;
mod changes;
mod guard;
mod live;
mod load;
mod lookup;
mod objects;
mod order;
mod prices;
mod refresh;
mod selection;
mod venue;
