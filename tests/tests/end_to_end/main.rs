//! Every operation from end to end: through the client, over mutual TLS, to the sandbox and back.
#![expect(clippy::unwrap_used, reason = "what a test sets up must not fail")]

mod caller;
mod every_failure;
mod every_operation;
mod refusals;
mod sessions;
mod show;
mod styles;
mod table;
mod venue;
