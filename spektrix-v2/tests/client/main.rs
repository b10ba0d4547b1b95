//! The client seen from outside: what it sends, how it reads answers, what its errors say, and what never shows.
#![expect(clippy::unwrap_used, reason = "what a test sets up must not fail")]

mod authority;
mod bodies;
mod canary;
mod cancellation;
mod downloads;
mod empty_responses;
mod errors;
mod guide;
mod identity;
#[cfg(feature = "encrypted-keys")]
mod identity_encrypted;
mod identity_files;
#[cfg(feature = "pkcs12")]
mod identity_pkcs12;
mod limits;
mod measure;
mod operations;
mod paging;
mod predicate_names;
mod predicates;
mod proxy;
mod refusals;
mod requests;
mod required;
mod retries;
#[cfg(target_os = "linux")]
mod roots;
mod scripted;
mod secrets;
mod server;
mod sessions;
mod setup;
mod streaming;
mod tls;
mod trace;
mod unknown;
mod updates;
