//! The canary table: every command that reads a file, with every damaged form of a key in that file.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use spektrix_v2_test_support::private_key::Canary;

/// No server listens at this port, so a command fails after it has read its files.
const NO_SERVER: &str = "https://127.0.0.1:9/venue/api/v2";

/// A command that reads the damaged key.
struct Row {
    /// The file with the key, below the folder that the command runs in.
    file: &'static str,
    arguments: &'static [&'static str],
    /// What the error must contain.
    expected: &'static [&'static str],
}

const fn row(file: &'static str, arguments: &'static [&'static str], expected: &'static [&'static str]) -> Row {
    Row {
        file,
        arguments,
        expected,
    }
}

/// The pages of this workspace.
const SCHEMAS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas");

const FETCH: &[&str] = &["fetch", "--out", "new", "--base-url", NO_SERVER];
const DRIFT: &[&str] = &["drift", "--base-url", NO_SERVER];

/// Arguments of both `fetch` and `drift`.
const CONNECTION: &[Row] = &[
    row(
        "key.pem",
        &["--cert", "good.pem", "--key", "key.pem"],
        &["--key key.pem"],
    ),
    row(
        "cert.pem",
        &["--cert", "cert.pem", "--key", "good.key"],
        &["--cert cert.pem"],
    ),
    row("ca.pem", &["--ca", "ca.pem"], &["--ca ca.pem"]),
];

const OTHERS: &[Row] = &[
    row(
        "new/lock.toml",
        &["fetch", "--out", "new", "--base-url", NO_SERVER],
        &["lock.toml"],
    ),
    row(
        "pages/help.atom",
        &["drift", "--schemas", "pages"],
        &["pages/help.atom"],
    ),
    row("pages/key.pem", &["drift", "--schemas", "pages"], &[]),
    row(
        "pages/help.atom",
        &["codegen", "--schemas", "pages", "--out", "out"],
        &["help.atom"],
    ),
    row(
        "pages/help.atom",
        &["preview", "--schemas", "pages", "--out", "out"],
        &["help.atom"],
    ),
    row(
        "overlay.toml",
        &[
            "preview",
            "--schemas",
            SCHEMAS,
            "--out",
            "out",
            "--overlay",
            "overlay.toml",
        ],
        &["overlay.toml"],
    ),
];

/// Runs a command in a folder with the damaged key. Returns whether it succeeded, and all that it printed.
fn output(
    folder: &Path,
    canary: &Canary,
    row: &Row,
    key: &[u8],
    arguments: &[&str],
) -> anyhow::Result<(bool, Vec<u8>)> {
    fs::write(folder.join("good.pem"), &canary.certificate)?;
    fs::write(folder.join("good.key"), &canary.key)?;
    let file = folder.join(row.file);
    fs::create_dir_all(file.parent().unwrap_or(folder))?;
    fs::write(&file, key)?;
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("SPEKTRIX_API_KEY")
        .stdin(Stdio::null())
        .output()?;
    Ok((output.status.success(), [output.stdout, output.stderr].concat()))
}

fn check(row: &Row, arguments: &[&str]) -> anyhow::Result<Vec<String>> {
    let canary = Canary::generate();
    let mut failures = Vec::new();
    for (damage, key) in canary.damaged_keys() {
        let folder = TempDir::new()?;
        let (succeeded, output) = output(folder.path(), &canary, row, &key, arguments)?;
        let text = String::from_utf8_lossy(&output);
        let context = format!("{arguments:?}, {damage}: {text}");
        if let Some(part) = canary.leak_in(&output) {
            failures.push(format!("leaks {part:?}: {context}"));
        }
        if succeeded {
            failures.push(format!("succeeds: {context}"));
        }
        for expected in row.expected.iter().filter(|expected| !text.contains(**expected)) {
            failures.push(format!("lacks {expected:?}: {context}"));
        }
    }
    Ok(failures)
}

#[test]
fn no_command_prints_a_damaged_key() -> anyhow::Result<()> {
    let mut failures = Vec::new();
    for row in CONNECTION {
        for command in [FETCH, DRIFT] {
            failures.extend(check(row, &[command, row.arguments].concat())?);
        }
    }
    for row in OTHERS {
        failures.extend(check(row, row.arguments)?);
    }
    assert!(
        failures.is_empty(),
        "{} failures:\n{}",
        failures.len(),
        failures.join("\n")
    );
    Ok(())
}

/// This happens if a variable holds the key itself instead of the path of its file.
#[test]
fn a_key_in_place_of_a_path_is_not_printed() -> anyhow::Result<()> {
    let canary = Canary::generate();
    for flag in ["--key", "--cert", "--ca"] {
        for (damage, key) in canary.damaged_keys() {
            let key = String::from_utf8_lossy(&key).replace('\0', "");
            for arguments in [vec![flag.to_owned(), key.clone()], vec![format!("{flag}={key}")]] {
                let other = match flag {
                    "--key" => vec!["--cert", "good.pem"],
                    "--cert" => vec!["--key", "good.key"],
                    _ => vec![],
                };
                let folder = TempDir::new()?;
                fs::write(folder.path().join("good.pem"), &canary.certificate)?;
                fs::write(folder.path().join("good.key"), &canary.key)?;
                let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
                    .args(FETCH)
                    .args(other)
                    .args(&arguments)
                    .current_dir(folder.path())
                    .env_remove("SPEKTRIX_API_KEY")
                    .output()?;
                let printed = [output.stdout, output.stderr].concat();
                let text = String::from_utf8_lossy(&printed);
                assert_eq!(canary.leak_in(&printed), None, "{flag}, {damage}: {text}");
                assert!(!output.status.success(), "{flag}, {damage}");
                assert!(
                    text.contains(&format!("{flag}: there is no such file")),
                    "{flag}, {damage}: {text}"
                );
            }
        }
    }
    Ok(())
}
