//! Tests of the client from outside: its requests, how it reads responses, the messages of its errors, and that secrets
//! are never shown.
#![expect(clippy::unwrap_used, reason = "what a test sets up must not fail")]

mod authority;
mod body_requirements;
mod canary;
mod cancellation;
#[cfg(feature = "compression")]
mod compression;
mod connection_facts;
mod cut_short;
mod downloads;
mod empty_responses;
mod error_kinds;
mod errors;
mod guide;
mod handshakes;
mod http2;
mod identity;
#[cfg(feature = "encrypted-keys")]
mod identity_encrypted;
mod identity_files;
#[cfg(feature = "pkcs12")]
mod identity_pkcs12;
#[cfg(feature = "pkcs12")]
mod identity_pkcs12_openssl;
mod metrics;
mod operations;
mod outside_runtime;
mod paging;
mod predicates;

mod proxy;
mod raw;
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
#[cfg(feature = "tower")]
mod tower_layers;
mod unknown_parts;
mod update_styles;
