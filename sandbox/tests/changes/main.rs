//! What changes: sessions and baskets, customers, orders, and what is refused.

mod sessions;
#[path = "../support/mod.rs"]
mod support;
mod visitor;
