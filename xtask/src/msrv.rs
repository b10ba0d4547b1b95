//! `cargo xtask msrv`: whether the dependencies of what users add build with the Rust that is declared.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::{cargo, output};

/// What users add to their programs.
const PACKAGES: [&str; 2] = ["spektrix-v2", "spektrix-v2-sandbox"];

/// Check that no dependency declares a newer Rust than this workspace does
#[derive(clap::Args)]
pub struct Args {}

/// What a package needs, and its name.
type Need<'a> = ([u32; 3], &'a str, &'a str);

/// Checks, and prints the newest that a dependency declares.
pub fn run(_: &Args) -> anyhow::Result<()> {
    // Of this platform alone: for others, cargo would first fetch what they need.
    let metadata = cargo::metadata(&["--all-features", "--filter-platform", &cargo::host()?])?;
    let packages: Packages<'_> = cargo::list(&metadata, "packages")
        .map(|package| (cargo::text(package, "id"), package))
        .collect();
    let ours = packages
        .values()
        .find(|package| cargo::text(package, "name") == PACKAGES[0]);
    let declared = cargo::text(ours.context("the workspace has lost its main package")?, "rust_version");
    let needs = needs(&metadata, &packages)?;
    let (_, newest, name) = needs.last().context("no package says which Rust it needs")?;
    let limit = order(declared)?;
    let too_new: Vec<_> = needs.iter().filter(|(order, ..)| *order > limit).collect();
    if !too_new.is_empty() {
        let named: Vec<_> = too_new
            .iter()
            .map(|(_, version, name)| format!("{name} needs {version}"))
            .collect();
        bail!(
            "Cargo.toml declares Rust {declared}, but {}: raise `rust-version`, or hold them back with \
             `cargo update --precise`",
            named.join(", ")
        );
    }
    output::print_line(&format!(
        "Rust {declared} is declared; of {} packages that say what they need, {name} needs the newest, {newest}",
        needs.len()
    ))
}

type Packages<'a> = BTreeMap<&'a str, &'a Value>;

/// What is needed by those that say so, the newest last.
fn needs<'a>(metadata: &'a Value, packages: &Packages<'a>) -> anyhow::Result<Vec<Need<'a>>> {
    let mut needs = Vec::new();
    for id in reachable(metadata, packages) {
        let package = packages.get(id).context("a package is not described")?;
        let version = cargo::text(package, "rust_version");
        if !version.is_empty() {
            needs.push((order(version)?, version, cargo::text(package, "name")));
        }
    }
    needs.sort_unstable();
    Ok(needs)
}

/// The packages that are built with ours, tests aside.
fn reachable<'a>(metadata: &'a Value, packages: &Packages<'a>) -> BTreeSet<&'a str> {
    let nodes: BTreeMap<&str, &Value> = cargo::list(&metadata["resolve"], "nodes")
        .map(|node| (cargo::text(node, "id"), node))
        .collect();
    let is_ours = |id: &&&str| {
        packages
            .get(**id)
            .is_some_and(|package| PACKAGES.contains(&cargo::text(package, "name")))
    };
    let mut waiting: Vec<&str> = packages.keys().filter(is_ours).copied().collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if reached.insert(id) {
            let dependencies = nodes.get(id).into_iter().flat_map(|node| cargo::list(node, "deps"));
            waiting.extend(
                dependencies
                    .filter(|found| is_built_in(found))
                    .map(|found| cargo::text(found, "pkg")),
            );
        }
    }
    reached
}

/// Whether a dependency is more than one of the tests.
fn is_built_in(dependency: &Value) -> bool {
    cargo::list(dependency, "dep_kinds").any(|kind| cargo::text(kind, "kind") != "dev")
}

/// `1.88` and `1.88.0` are the same.
fn order(version: &str) -> anyhow::Result<[u32; 3]> {
    let mut numbers = [0; 3];
    for (number, text) in numbers.iter_mut().zip(version.split('.')) {
        *number = text
            .parse()
            .with_context(|| format!("{version} is no version of Rust"))?;
    }
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn versions_are_ordered_by_their_numbers() {
        let order = |version| order(version).unwrap();
        assert_eq!(order("1.88"), order("1.88.0"));
        assert!(order("1.88.1") > order("1.88"));
        assert!(order("1.100") > order("1.88.1"));
        assert!(super::order("1.x").is_err());
    }
}
