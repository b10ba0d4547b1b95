//! Asking cargo: to run a command in the workspace, and what the workspace is made of.

use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::workspace;

/// The cargo that runs this command, in the workspace's root.
///
/// What it has told this program about its package is taken away again: some dependencies would be built anew for it.
pub fn command() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(workspace::path(""));
    let told = std::env::vars_os().map(|(name, _)| name);
    for name in told.filter(|name| is_about_package(&name.to_string_lossy())) {
        command.env_remove(name);
    }
    command
}

fn is_about_package(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}

/// What `cargo metadata` says with these arguments.
pub fn metadata(arguments: &[&str]) -> anyhow::Result<Value> {
    let mut command = command();
    command
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(arguments);
    let output = command.stderr(Stdio::inherit()).output().context("cannot run cargo")?;
    if !output.status.success() {
        bail!("`cargo metadata` failed");
    }
    serde_json::from_slice(&output.stdout).context("`cargo metadata` said something unexpected")
}

/// The platform that this machine is, as rustc calls it.
pub(crate) fn host() -> anyhow::Result<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(["--print", "host-tuple"]).output();
    let output = output.context("cannot run rustc")?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The elements of an array below a key; none where there is no array.
pub(crate) fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value[key].as_array().into_iter().flatten()
}

/// The text below a key; empty where there is none.
pub(crate) fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}
