//! The Debian package of the command: the files that its metadata and its systemd units name.

use std::fs;

use anyhow::Context as _;
use xtask::workspace;

/// Returns the assets of the package: the source and the target folder of each.
fn assets() -> anyhow::Result<Vec<(String, String)>> {
    let manifest: toml::Value = toml::from_str(&fs::read_to_string(workspace::path("cli/Cargo.toml"))?)?;
    let assets = manifest["package"]["metadata"]["deb"]["assets"].as_array();
    let row = |asset: &toml::Value| {
        let text = |index: usize| asset.get(index).and_then(toml::Value::as_str).map(str::to_owned);
        text(0).zip(text(1)).context("an asset is no list of strings")
    };
    assets.context("no assets")?.iter().map(row).collect()
}

/// Returns whether a source in `cli/` is a file, or a folder with `/*`.
fn exists(source: &str) -> bool {
    let path = workspace::path(&format!("cli/{}", source.trim_end_matches("/*")));
    if source.ends_with("/*") {
        path.is_dir()
    } else {
        path.is_file()
    }
}

#[test]
fn the_assets_of_the_package_exist() -> anyhow::Result<()> {
    let written = fs::read_to_string(workspace::path(".ci/command-files"))?;
    let mut committed = 0;
    for (source, _) in assets()? {
        if let Some(file) = source
            .strip_prefix("target/release/package/")
            .filter(|file| !file.contains('*'))
        {
            assert!(
                written.contains(&format!("$folder/{file}\"")),
                ".ci/command-files does not write {source}"
            );
        } else if !source.starts_with("target/release/") {
            assert!(exists(&source), "cli/Cargo.toml: there is no {source}");
            committed += 1;
        }
    }
    assert!(committed > 4 && !exists("systemd/spektrix.service"), "{committed}");
    Ok(())
}

#[test]
fn the_units_name_files_of_the_package() -> anyhow::Result<()> {
    let assets = assets()?;
    let mut named = 0;
    for kind in ["service", "timer"] {
        let unit = fs::read_to_string(workspace::path(&format!("cli/systemd/spektrix-sync@.{kind}")))?;
        for path in unit
            .split([' ', '\n', '=', ':'])
            .filter(|word| word.starts_with("/usr/"))
        {
            let source = assets.iter().find_map(|(source, folder)| {
                let name = path.strip_prefix(&format!("/{folder}"))?;
                let source = source.replace('*', name);
                source.ends_with(name).then_some(source)
            });
            let source = source.with_context(|| format!("{kind}: the package has no {path}"))?;
            assert!(
                source.starts_with("target/release/") || exists(&source),
                "{kind}: there is no {path}"
            );
            named += 1;
        }
    }
    // The program and the page in the service, the page in the timer.
    assert!(named > 2, "only {named} files");
    Ok(())
}
