//! The canary table: every command that reads a file of bodies or data, with every damaged form of a private key in that file.

use std::fs::{self, File};
use std::process::Stdio;

use spektrix_v2_test_support::private_key::Canary;

use crate::program::{Folder, outcome};

/// The file with the key, the arguments, and what the error must contain.
const COMMANDS: [(&str, &[&str], &str); 8] = [
    ("body.xml", &["decode", "GetEvents", "body.xml"], "body.xml"),
    (
        "body.xml",
        &["decode", "--request", "AddCustomers", "body.xml"],
        "body.xml",
    ),
    ("input", &["decode", "GetEvents", "-"], "GetEvents"),
    (
        "body.xml",
        &["--sandbox", "call", "POST", "customers", "--body", "body.xml", "--yes"],
        "",
    ),
    (
        "body.xml",
        &[
            "--sandbox",
            "call",
            "POST",
            "customers",
            "--body",
            "body.xml",
            "--dry-run",
        ],
        "",
    ),
    ("data.json", &["sandbox", "--data", "data.json"], "data.json"),
    ("bodies/GetEvents.xml", &["sandbox", "--data", "bodies"], "GetEvents"),
    ("bodies/GetEvents.xml", &["sandbox", "--replay", "bodies"], "GetEvents"),
];

#[test]
fn no_command_prints_a_damaged_key() {
    let canary = Canary::generate();
    let mut failures = Vec::new();
    for (file, arguments, expected) in COMMANDS {
        for (damage, key) in canary.damaged_keys() {
            let folder = Folder::new();
            let path = folder.file(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &key).unwrap();
            let mut command = folder.command();
            let input = Stdio::from(File::open(&path).unwrap());
            let ended = outcome(command.args(arguments).stdin(input).output().unwrap());
            let context = format!("{arguments:?}, {damage}: {}{}", ended.stdout, ended.stderr);
            if let Some(part) = canary.leak_in(context.as_bytes()) {
                failures.push(format!("leaks {part:?}: {context}"));
            }
            if ended.code == 0 || !ended.stderr.contains(expected) {
                failures.push(format!("exit code {}, lacks {expected:?}: {context}", ended.code));
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{} failures:\n{}",
        failures.len(),
        failures.join("\n")
    );
}
