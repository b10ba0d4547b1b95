//! No command and no script of the drift job prints, stores or posts a private key.

mod commands;
#[cfg(unix)]
mod drift_job;
