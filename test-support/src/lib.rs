//! What tests of several crates share, and the tests of previews.

pub mod round_trip;
