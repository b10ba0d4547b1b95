//! What users test with: answers from a table or a folder, and a record without secrets.
#![expect(clippy::unwrap_used, reason = "what a test sets up must not fail")]

mod capturing;
mod replaying;
