//! The client seen from outside: what it sends, how it reads answers, what its errors say, and what never shows.
#![expect(clippy::unwrap_used, reason = "what a test sets up must not fail")]

mod authority;
mod bodies;
mod cancellation;
mod downloads;
mod errors;
mod identity;
mod limits;
mod operations;
mod paging;
mod requests;
mod retries;
mod scripted;
mod secrets;
mod server;
mod setup;
mod streaming;
mod tls;
mod trace;
mod updates;
