//! Manifests: versions of dependencies, and what a published crate has.

use std::path::{Path, PathBuf};

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

/// Why: a registry shows these, and a user decides by them. A list of files keeps tests and snapshots out of the package.
/// `repository` and `homepage` follow when there is an address.
#[test]
fn published_crates_have_all_that_a_registry_shows() -> Result<()> {
    let workspace = manifest("Cargo.toml")?;
    let members = workspace["workspace"]["members"].as_array().context("no members")?;
    let mut published = Vec::new();
    for member in members {
        let member = member.as_str().context("a member is no string")?;
        let manifest = manifest(&format!("{member}/Cargo.toml"))?;
        let package = &manifest["package"];
        if package.get("publish").and_then(toml::Value::as_bool) == Some(false) {
            continue;
        }
        for key in [
            "categories",
            "description",
            "documentation",
            "include",
            "keywords",
            "license",
            "readme",
        ] {
            ensure!(package.get(key).is_some(), "{member}/Cargo.toml lacks `{key}`");
        }
        for file in ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md"] {
            let path = path(&format!("{member}/{file}"));
            ensure!(
                path.is_file(),
                "{member} lacks {file}: link it to the one of the workspace"
            );
        }
        published.push(member);
    }
    ensure!(
        published == ["cli", "sandbox", "spektrix-v2", "sync"],
        "other crates would be published: {published:?}. Set `publish = false`, or add them here"
    );
    Ok(())
}

fn is_exact(version: &str) -> bool {
    version.split(',').any(|part| part.trim().starts_with('='))
}

fn path(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(below)
}

fn manifest(path_below: &str) -> Result<toml::Value> {
    let path = path(path_below);
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(toml::from_str(&text)?)
}
