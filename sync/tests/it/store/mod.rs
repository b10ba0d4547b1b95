//! Runs, and what they store.

mod faults;
mod runs;
mod views;
