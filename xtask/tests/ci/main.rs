//! The scripts and workflows that check a change.

#[cfg(unix)]
mod deny;
mod workflows;
