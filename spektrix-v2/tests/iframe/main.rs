//! The addresses of frames: what is in them, that they can be read back, and that they are not shown by accident.
#![expect(clippy::unwrap_used, reason = "what a test sets up must not fail")]

mod pages;
mod payments;
mod strings;
