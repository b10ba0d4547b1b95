//! Tests that no command and no script of the drift job repeats a private key.

mod canary;
mod commands;
#[cfg(unix)]
mod drift_scripts;
