//! The other commands, run as processes.

mod atomic;
mod determinism;
mod streams;
