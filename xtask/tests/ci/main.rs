//! The scripts and workflows that check a change, and build what users install.

#[cfg(unix)]
mod deny;
mod package;
mod workflows;
