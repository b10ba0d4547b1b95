//! The same pages give the same bytes in every process: for the vendored pages, and for pages whose names collide.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

type Files = BTreeMap<PathBuf, Vec<u8>>;

fn add_files(folder: &Path, files: &mut Files) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            add_files(&path, files)?;
        } else {
            files.insert(path.clone(), std::fs::read(&path)?);
        }
    }
    Ok(())
}

/// Runs a command in a new process, and returns the files that it writes.
fn written(arguments: &[&str]) -> anyhow::Result<Files> {
    let temp = tempfile::tempdir()?;
    let out = temp.path().join("out");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .arg("--out")
        .arg(&out)
        .output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut files = Files::new();
    add_files(&out, &mut files)?;
    let relative = files
        .into_iter()
        .map(|(path, bytes)| Ok((path.strip_prefix(&out)?.to_owned(), bytes)));
    relative.collect()
}

#[test]
fn five_processes_write_the_same_bytes() -> anyhow::Result<()> {
    let path = |below: &str| xtask::workspace::path(below).display().to_string();
    let schemas = path("schemas");
    let case = path("codegen/tests/cases/constructs/two-types-with-one-name");
    let rows: [&[&str]; 3] = [
        &["codegen"],
        &["preview", "--schemas", &schemas],
        &["preview", "--schemas", &case],
    ];
    for arguments in rows {
        let first = written(arguments)?;
        anyhow::ensure!(first.len() > 5, "{arguments:?} wrote only {} files", first.len());
        for _ in 1..5 {
            anyhow::ensure!(written(arguments)? == first, "{arguments:?} wrote different files");
        }
    }
    Ok(())
}
