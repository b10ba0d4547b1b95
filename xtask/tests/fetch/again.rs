//! Same pages, same bytes: in any process, for the vendored pages and for a preview of pages whose names clash.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

type Files = BTreeMap<PathBuf, Vec<u8>>;

fn files_below(folder: &Path, files: &mut Files) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files_below(&path, files)?;
        } else {
            files.insert(path.clone(), std::fs::read(&path)?);
        }
    }
    Ok(())
}

/// What a fresh process writes.
fn written(arguments: &[&str]) -> anyhow::Result<Files> {
    let room = tempfile::tempdir()?;
    let out = room.path().join("out");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .arg("--out")
        .arg(&out)
        .output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut files = Files::new();
    files_below(&out, &mut files)?;
    let relative = files
        .into_iter()
        .map(|(path, bytes)| Ok((path.strip_prefix(&out)?.to_owned(), bytes)));
    relative.collect()
}

#[test]
fn five_fresh_processes_write_the_same_bytes() -> anyhow::Result<()> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (schemas, case) = (
        workspace.join("schemas"),
        workspace.join("codegen/tests/cases/constructs/two-types-with-one-name"),
    );
    let (schemas, case) = (schemas.to_string_lossy(), case.to_string_lossy());
    let rows: [&[&str]; 3] = [
        &["codegen"],
        &["preview", "--schemas", &schemas],
        &["preview", "--schemas", &case],
    ];
    for arguments in rows {
        let first = written(arguments)?;
        anyhow::ensure!(first.len() > 5, "{arguments:?} wrote only {} files", first.len());
        for _ in 1..5 {
            anyhow::ensure!(written(arguments)? == first, "{arguments:?} wrote something else");
        }
    }
    Ok(())
}
