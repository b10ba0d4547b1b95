//! Tests of `testing`, the transports for users' tests.
#![expect(clippy::unwrap_used, reason = "the setup of a test must not fail")]

mod capture;
mod replay;
mod values;
