//! Tests that compare the generated operations and types with the vendored pages, and with recorded bodies if there are
//! any.

mod bodies;
mod calls;
mod coverage;
mod examples;
mod recorded;
mod requests;
mod snapshot;
mod spellings;
mod unknown_parts;
