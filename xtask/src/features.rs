//! `cargo xtask features`: lints a package with every combination of its features.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::{output, workspace};

/// The arguments of the command.
#[derive(clap::Args)]
#[command(
    help_template = output::HELP,
    before_help = "\
Examples:
  cargo xtask features
  cargo xtask features --package spektrix-v2-sandbox --list"
)]
pub struct Args {
    /// The package to lint
    #[arg(long, value_name = "NAME", default_value = "spektrix-v2")]
    package: String,
    /// Print the combinations without linting
    #[arg(long)]
    list: bool,
}

type Set = BTreeSet<String>;

/// Lints each combination. The error names all that failed.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let combinations = combinations(&features(&args.package)?);
    let mut failed = Vec::new();
    for (index, names) in combinations.iter().enumerate() {
        let named = if names.is_empty() { "none" } else { names };
        output::print_line(&format!("{} of {}: {named}", index + 1, combinations.len()))?;
        if !args.list && !lint(&args.package, names)? {
            failed.push(named);
        }
    }
    match failed.as_slice() {
        [] => Ok(()),
        failed => bail!(
            "clippy fails for {} with these features: {}",
            args.package,
            failed.join("; ")
        ),
    }
}

fn lint(package: &str, features: &str) -> anyhow::Result<bool> {
    let mut command = workspace::cargo();
    command.args(["clippy", "--quiet", "--lib", "--no-default-features"]);
    command.args(["--package", package, "--features", features]);
    let status = command.args(["--", "-D", "warnings"]).status();
    Ok(status.context("cannot run cargo")?.success())
}

/// Returns the features of a package, each with the other features of the package that it enables.
fn features(package: &str) -> anyhow::Result<BTreeMap<String, Set>> {
    let metadata = workspace::metadata(&["--no-deps"])?;
    let found = workspace::array(&metadata, "packages").find(|found| workspace::string(found, "name") == package);
    let found = found.with_context(|| format!("there is no package {package} in this workspace"))?;
    let features = found["features"].as_object().into_iter().flatten();
    Ok(features
        .filter(|(name, _)| *name != "default")
        .map(|(name, implied)| (name.clone(), own_features(implied)))
        .collect())
}

/// Leaves out features of dependencies.
fn own_features(implied: &Value) -> Set {
    let names = implied.as_array().into_iter().flatten().filter_map(Value::as_str);
    let own = names.filter(|name| !name.contains([':', '/']));
    own.map(str::to_owned).collect()
}

/// Returns every set of features, as cargo takes it. Sets that are equal because one feature enables another are merged.
fn combinations(features: &BTreeMap<String, Set>) -> BTreeSet<String> {
    let mut sets = BTreeSet::from([Set::new()]);
    for name in features.keys() {
        let with = sets
            .iter()
            .map(|set| with_feature(set, name, features))
            .collect::<Vec<_>>();
        sets.extend(with);
    }
    sets.iter()
        .map(|set| set.iter().map(String::as_str).collect::<Vec<_>>().join(","))
        .collect()
}

/// Adds a feature and everything that it enables (the transitive closure, by a work list).
fn with_feature(set: &Set, name: &str, features: &BTreeMap<String, Set>) -> Set {
    let mut set = set.clone();
    let mut waiting = vec![name.to_owned()];
    while let Some(name) = waiting.pop() {
        waiting.extend(features.get(&name).into_iter().flatten().cloned());
        set.insert(name);
        waiting.retain(|name| !set.contains(name));
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enabled_features_are_not_combined_again() {
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Set>();
        let features = BTreeMap::from([
            ("keys".to_owned(), set(&[])),
            ("pkcs12".to_owned(), set(&["keys"])),
            ("ring".to_owned(), set(&[])),
        ]);
        let expected = ["", "keys", "keys,pkcs12", "keys,pkcs12,ring", "keys,ring", "ring"];
        assert_eq!(combinations(&features), set(&expected));
    }

    #[test]
    fn features_of_dependencies_are_left_out() {
        let implied = serde_json::json!(["dep:p12", "keys", "rustls/ring", "rustls?/ring"]);
        assert_eq!(own_features(&implied), Set::from(["keys".to_owned()]));
    }
}
