//! Tests of `iframe`: URLs and their parameters, escaping, and secrets.
#![expect(clippy::unwrap_used, reason = "the setup of a test must not fail")]

mod payments;
mod random_strings;
mod web_pages;
