//! The other commands, run as processes.

mod atomic;
mod determinism;
#[cfg(all(unix, feature = "runtime"))]
mod sandbox;
#[cfg(feature = "runtime")]
mod streams;
