//! `.ci/deny`, with a stub in place of cargo: what it installs, and when it fails.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Output};

use tempfile::TempDir;

const UNREACHABLE: &str = "[ERROR] failed to fetch advisory database https://github.com/RustSec/advisory-db";

/// Runs the script. `deny` is the shell code of `cargo deny check advisories`. Returns the calls of cargo as well.
fn run(deny: &str, is_installed: bool, on_github: bool) -> anyhow::Result<(Output, String)> {
    let folder = TempDir::new()?;
    let log = folder.path().join("log");
    let stub = format!(
        "#!/usr/bin/env bash\necho \"$*\" >> '{}'\n\
         case \"$*\" in\n\
         'deny --version') exit {};;\n\
         'deny check advisories') {deny};;\n\
         esac\n",
        log.display(),
        if is_installed { 0 } else { 101 },
    );
    let cargo = folder.path().join("cargo");
    fs::write(&cargo, stub)?;
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755))?;
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new(xtask::workspace::path(".ci/deny"))
        .env("PATH", format!("{}:{path}", folder.path().display()))
        .env("GITHUB_ACTIONS", if on_github { "true" } else { "" })
        .output()?;
    Ok((output, fs::read_to_string(&log)?))
}

#[test]
fn unchecked_advisories_are_reported() -> anyhow::Result<()> {
    let unreachable = format!("echo '{UNREACHABLE}' >&2; exit 1");
    let rows = [
        ("exit 0", false, true, ""),
        ("exit 0", true, true, ""),
        (&unreachable, false, true, "advisories NOT CHECKED"),
        (&unreachable, true, false, ""),
        ("echo 'error[vulnerability]' >&2; exit 1", false, false, ""),
        ("echo 'error[vulnerability]' >&2; exit 1", true, false, ""),
    ];
    for (deny, on_github, succeeds, expected) in rows {
        let (output, _) = run(deny, true, on_github)?;
        let printed = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.success(), succeeds, "{deny}: {output:?}");
        assert!(printed.contains(expected), "{deny}: {output:?}");
        assert_eq!(
            printed.contains("NOT CHECKED"),
            !expected.is_empty(),
            "{deny}: {output:?}"
        );
    }
    Ok(())
}

#[test]
fn cargo_deny_is_installed_if_it_is_missing() -> anyhow::Result<()> {
    let (_, calls) = run("exit 0", true, false)?;
    assert!(!calls.contains("install"), "{calls}");
    let (output, calls) = run("exit 0", false, false)?;
    assert!(output.status.success(), "{output:?}");
    assert!(
        calls.contains("install --quiet --locked --debug cargo-deny@"),
        "{calls}"
    );
    for check in ["deny check licenses bans sources", "deny check advisories"] {
        assert!(calls.contains(check), "{calls}");
    }
    Ok(())
}
