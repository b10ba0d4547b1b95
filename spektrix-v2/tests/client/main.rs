//! Tests of the client from outside: its requests, how it reads responses, the messages of its errors, and that secrets
//! are never shown.
#![expect(clippy::unwrap_used, reason = "what a test sets up must not fail")]

mod authority;
mod body_requirements;
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
mod metrics;
mod operations;
mod paging;
mod predicates;
mod proxy;
mod refused_certificates;
mod repeated_secrets;
mod requests;
mod response_bodies;
mod retries;
#[cfg(target_os = "linux")]
mod roots;
mod scripted;
mod server;
mod sessions;
mod setup;
mod shared_limits;
mod spans;
mod streaming;
mod tls;
mod unknown_parts;
mod update_styles;
