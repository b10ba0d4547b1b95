//! Tests of the generated types: builders, identifiers, and JSON of older versions.
#![expect(clippy::unwrap_used, reason = "the setup of a test must not fail")]

mod builders;
mod identifiers;
mod older_json;
