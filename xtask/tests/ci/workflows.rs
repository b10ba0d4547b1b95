//! The workflows: actions are pinned, scripts exist, and tokens are only in the steps that need them.

use std::fs;

use xtask::workspace;

/// Returns the lines of all workflows, each with the name of its file.
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

/// Whether an action is pinned to a commit, followed by its version.
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
fn every_script_of_a_step_exists() -> anyhow::Result<()> {
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
    assert!(scripts > 3, "only {scripts} scripts");
    Ok(())
}

/// Returns the steps of all workflows: the lines of each, with the name of its file.
fn steps() -> anyhow::Result<Vec<(String, Vec<String>)>> {
    let mut steps: Vec<(String, Vec<String>)> = Vec::new();
    for (file, line) in lines()? {
        if line.starts_with("- ") {
            steps.push((file, vec![line]));
        } else if let Some((_, step)) = steps.last_mut().filter(|(last, _)| *last == file) {
            step.push(line);
        }
    }
    Ok(steps)
}

#[test]
fn no_checkout_keeps_credentials() -> anyhow::Result<()> {
    let steps = steps()?;
    let checkouts = steps
        .iter()
        .filter(|(_, step)| step.iter().any(|line| line.contains("actions/checkout@")));
    let mut count = 0;
    for (file, step) in checkouts {
        assert!(
            step.iter().any(|line| line == "persist-credentials: false"),
            "{file}: {step:?}"
        );
        count += 1;
    }
    assert!(count > 1, "only {count} checkouts");
    Ok(())
}

#[test]
fn only_steps_that_post_have_a_token() -> anyhow::Result<()> {
    let mut with_token = Vec::new();
    for (file, step) in steps()? {
        let text = step.join("\n");
        let script = step
            .iter()
            .find_map(|line| line.strip_prefix("run: "))
            .unwrap_or_default();
        if text.contains("github.token") || text.contains("GITHUB_TOKEN") || text.contains("GH_TOKEN") {
            let script_text = fs::read_to_string(workspace::path(script))?;
            assert!(
                !script_text.contains("xtask") && !script_text.contains("cargo "),
                "{file}: {script} has a token and runs a program of this repository"
            );
            with_token.push(script.to_owned());
        }
        assert_eq!(
            text.contains("${{ secrets."),
            script.ends_with("/compare.sh"),
            "{file}: {text}"
        );
    }
    with_token.sort();
    let expected = [
        ".github/drift/issue.sh",
        ".github/drift/propose.sh",
        ".github/release/checksums.sh",
        ".github/release/draft.sh",
        ".github/release/upload.sh",
    ];
    assert_eq!(with_token, expected);
    Ok(())
}
