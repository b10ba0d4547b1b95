//! What changes: sessions and baskets, customers, orders, and what is refused.

mod baskets;
mod bodies;
mod crowd;
mod customers;
mod deliveries;
#[path = "../support/evening.rs"]
mod evening;
mod offers;
mod orders;
mod random;
mod sessions;
#[path = "../support/mod.rs"]
mod support;
mod visitor;
mod walk;
