//! No command and no script of the drift job prints, stores or posts a private key.

mod canary;
mod commands;
#[cfg(unix)]
mod drift_job;
