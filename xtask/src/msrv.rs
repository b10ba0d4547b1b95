//! `cargo xtask msrv`: checks that the dependencies of the published crates build with the declared Rust version.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::{output, workspace};

/// The crates that users add to their programs.
const PUBLISHED: [&str; 2] = ["spektrix-v2", "spektrix-v2-sandbox"];

/// The arguments of the command.
#[derive(clap::Args)]
#[command(
    help_template = output::HELP,
    before_help = "\
Examples:
  cargo xtask msrv"
)]
pub struct Args {}

/// The Rust version that a package declares.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Requirement<'a> {
    order: [u32; 3],
    version: &'a str,
    package: &'a str,
}

/// Checks the versions, and prints the newest one that a dependency declares.
pub fn run(_: &Args) -> anyhow::Result<()> {
    // Only for this platform, because cargo would first download the dependencies of other platforms.
    let platform = workspace::host_platform()?;
    let metadata = workspace::metadata(&["--all-features", "--filter-platform", &platform])?;
    let packages: Packages<'_> = workspace::array(&metadata, "packages")
        .map(|package| (workspace::string(package, "id"), package))
        .collect();
    let main = packages
        .values()
        .find(|package| workspace::string(package, "name") == PUBLISHED[0]);
    let main = main.with_context(|| format!("the workspace has no package {}", PUBLISHED[0]))?;
    let declared = workspace::string(main, "rust_version");
    let requirements = requirements(&metadata, &packages)?;
    let newest = requirements.last().context("no package declares a Rust version")?;
    let limit = parse_version(declared)?;
    let too_new: Vec<String> = requirements
        .iter()
        .filter(|requirement| requirement.order > limit)
        .map(|requirement| format!("{} needs {}", requirement.package, requirement.version))
        .collect();
    if !too_new.is_empty() {
        bail!(
            "Cargo.toml declares Rust {declared}, but {}: raise `rust-version`, or keep older versions of these packages \
             with `cargo update --precise`",
            too_new.join(", ")
        );
    }
    output::print_line(&format!(
        "Rust {declared} is declared; {} packages declare a version, the newest is {} of {}",
        requirements.len(),
        newest.version,
        newest.package
    ))
}

/// Packages by id.
type Packages<'a> = BTreeMap<&'a str, &'a Value>;

/// Returns the requirements of all packages that declare one, the newest last.
fn requirements<'a>(metadata: &'a Value, packages: &Packages<'a>) -> anyhow::Result<Vec<Requirement<'a>>> {
    let mut requirements = Vec::new();
    for id in reachable(metadata, packages) {
        let package = packages
            .get(id)
            .with_context(|| format!("cargo describes no package {id}"))?;
        let version = workspace::string(package, "rust_version");
        if !version.is_empty() {
            requirements.push(Requirement {
                order: parse_version(version)?,
                version,
                package: workspace::string(package, "name"),
            });
        }
    }
    requirements.sort_unstable();
    Ok(requirements)
}

/// Returns the ids of the published crates and of everything that they are built with, by a search through the graph.
fn reachable<'a>(metadata: &'a Value, packages: &Packages<'a>) -> BTreeSet<&'a str> {
    let nodes: BTreeMap<&str, &Value> = workspace::array(&metadata["resolve"], "nodes")
        .map(|node| (workspace::string(node, "id"), node))
        .collect();
    let is_published = |id: &&&str| {
        packages
            .get(**id)
            .is_some_and(|package| PUBLISHED.contains(&workspace::string(package, "name")))
    };
    let mut waiting: Vec<&str> = packages.keys().filter(is_published).copied().collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if reached.insert(id) {
            let dependencies = nodes
                .get(id)
                .into_iter()
                .flat_map(|node| workspace::array(node, "deps"));
            waiting.extend(
                dependencies
                    .filter(|found| is_built(found))
                    .map(|found| workspace::string(found, "pkg")),
            );
        }
    }
    reached
}

/// Whether a dependency is needed for more than tests.
fn is_built(dependency: &Value) -> bool {
    workspace::array(dependency, "dep_kinds").any(|kind| workspace::string(kind, "kind") != "dev")
}

/// Parses a version into numbers that compare: `1.88` equals `1.88.0`.
fn parse_version(version: &str) -> anyhow::Result<[u32; 3]> {
    let mut numbers = [0; 3];
    for (number, text) in numbers.iter_mut().zip(version.split('.')) {
        *number = text
            .parse()
            .with_context(|| format!("{version} is not a valid Rust version"))?;
    }
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::parse_version;

    #[test]
    fn versions_are_ordered_by_their_numbers() -> anyhow::Result<()> {
        assert_eq!(parse_version("1.88")?, parse_version("1.88.0")?);
        assert!(parse_version("1.88.1")? > parse_version("1.88")?);
        assert!(parse_version("1.100")? > parse_version("1.88.1")?);
        assert!(parse_version("1.x").is_err());
        Ok(())
    }
}
