//! The generated operations and types against the vendored pages, and against recorded bodies where there are any.

mod bodies;
mod calls;
mod coverage;
mod examples;
mod recorded;
mod requests;
mod snapshot;
mod spellings;
mod unknown_parts;
