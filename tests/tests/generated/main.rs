//! The generated folder: it is what the pages and the overlay make, whatever order they come in.

mod order;
mod staleness;
