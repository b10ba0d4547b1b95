//! What is said of the workflows in CONTRIBUTING.md: actions are pinned by commit, and their steps are scripts that exist.

use std::fs;

use crate::workspace;

/// The lines of all workflows, with the name of the file.
fn lines() -> anyhow::Result<Vec<(String, String)>> {
    let mut lines = Vec::new();
    for entry in fs::read_dir(workspace::path(".github/workflows"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path)?;
        lines.extend(text.lines().map(|line| (name.clone(), line.trim().to_owned())));
    }
    Ok(lines)
}

/// The commit that an action is pinned to, with its version behind it.
fn is_pinned(action: &str) -> bool {
    let pin = action.split_once('@').and_then(|(_, pin)| pin.split_once(" # v"));
    pin.is_some_and(|(commit, _)| commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[test]
fn every_action_is_pinned_to_a_commit() -> anyhow::Result<()> {
    let mut actions = 0;
    for (file, line) in lines()? {
        if let Some(action) = line.trim_start_matches("- ").strip_prefix("uses: ") {
            assert!(is_pinned(action), "{file}: {action}");
            actions += 1;
        }
    }
    assert!(actions > 1 && !is_pinned("actions/checkout@v4 # v4"));
    Ok(())
}

#[test]
fn every_script_of_a_step_is_there() -> anyhow::Result<()> {
    let mut scripts = 0;
    for (file, line) in lines()? {
        let script = line.trim_start_matches("- ").strip_prefix("run: .");
        if let Some(script) = script.map(|path| format!(".{path}")) {
            let text = fs::read_to_string(workspace::path(&script))?;
            assert!(text.starts_with("#!/usr/bin/env bash\n"), "{file}: {script}");
            assert!(text.contains("set -euo pipefail"), "{file}: {script}");
            scripts += 1;
        }
    }
    assert!(scripts > 3, "only {scripts} scripts are run");
    Ok(())
}
