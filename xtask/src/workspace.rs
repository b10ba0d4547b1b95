//! The workspace: its paths, and cargo's description of it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use serde_json::Value;

/// Returns a path below the root of the workspace.
pub fn path(below: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    root.map_or_else(|| PathBuf::from(below), |root| root.join(below))
}

/// Returns a command for the cargo that runs this program, in the root of the workspace.
///
/// Removes the variables that describe this program's own package: some dependencies would be rebuilt because of them.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(path(""));
    for (name, _) in std::env::vars_os() {
        if is_about_package(&name.to_string_lossy()) {
            command.env_remove(name);
        }
    }
    command
}

fn is_about_package(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}

/// Returns the output of `cargo metadata` with these arguments.
pub fn metadata(arguments: &[&str]) -> anyhow::Result<Value> {
    let mut command = cargo();
    command
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(arguments);
    let output = command.stderr(Stdio::inherit()).output().context("cannot run cargo")?;
    if !output.status.success() {
        bail!("`cargo metadata` failed");
    }
    serde_json::from_slice(&output.stdout).context("the output of `cargo metadata` is not JSON")
}

/// Returns the platform of this machine, as rustc calls it.
pub fn host_platform() -> anyhow::Result<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(["--print", "host-tuple"]).output();
    let output = output.context("cannot run rustc")?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Returns the elements of the array at a key; none if there is no array.
pub fn array<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value[key].as_array().into_iter().flatten()
}

/// Returns the string at a key; empty if there is none.
pub fn string<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}
