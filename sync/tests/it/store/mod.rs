//! Runs, and what they store.

mod faults;
mod kills;
mod runs;
mod schema;
mod views;
