//! Tests of `testing`, the transports that users test with.
#![expect(clippy::unwrap_used, reason = "the setup of a test must not fail")]

mod capture;
mod replay;
