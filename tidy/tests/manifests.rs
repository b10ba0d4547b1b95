//! Versions of dependencies.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};

/// Why: with an exact version in a library, cargo fails for every program that needs another patch of that crate, and a
/// security fix has to wait for a release of the library.
#[test]
fn dependencies_of_the_library_are_ranges() -> Result<()> {
    let library = manifest("spektrix-v2/Cargo.toml")?;
    let names = library["dependencies"].as_table().context("no dependencies")?.keys();
    let workspace = manifest("Cargo.toml")?;
    let versions = &workspace["workspace"]["dependencies"];
    let mut checked = 0;
    for name in names {
        let dependency = versions
            .get(name)
            .with_context(|| format!("{name} is not in the workspace"))?;
        let version = dependency.get("version").unwrap_or(dependency);
        let version = version.as_str().with_context(|| format!("{name} has no version"))?;
        ensure!(
            !is_exact(version),
            "{name} has the exact version `{version}`: write a range"
        );
        checked += 1;
    }
    ensure!(checked > 10, "only {checked} dependencies were found");
    ensure!(
        is_exact("=0.42.0") && is_exact(">=1, =1.2.3") && !is_exact(">=0.42"),
        "the check itself is wrong"
    );
    Ok(())
}

fn is_exact(version: &str) -> bool {
    version.split(',').any(|part| part.trim().starts_with('='))
}

fn manifest(path: &str) -> Result<toml::Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(toml::from_str(&text)?)
}
