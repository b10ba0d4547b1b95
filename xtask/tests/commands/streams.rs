//! A closed standard output is not an error.

use std::io::Read as _;
use std::process::{Command, Output, Stdio};

fn xtask(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).env_remove("SPEKTRIX_API_KEY");
    command
}

fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// Runs a command whose standard output is closed by the reader.
fn with_closed_output(arguments: &[&str]) -> anyhow::Result<Output> {
    let mut child = xtask(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    drop(child.stdout.take());
    drop(child.stdin.take());
    let mut stderr = Vec::new();
    if let Some(mut pipe) = child.stderr.take() {
        pipe.read_to_end(&mut stderr)?;
    }
    Ok(Output {
        status: child.wait()?,
        stdout: Vec::new(),
        stderr,
    })
}

#[test]
fn a_closed_standard_output_is_not_an_error() -> anyhow::Result<()> {
    let schemas = xtask::workspace::path("schemas").display().to_string();
    let temp = tempfile::tempdir()?;
    let preview = temp.path().join("preview").display().to_string();
    let rows: [&[&str]; 3] = [
        &["codegen", "--check"],
        &["drift", "--schemas", &schemas],
        &["preview", "--schemas", &schemas, "--out", &preview],
    ];
    for arguments in rows {
        let output = with_closed_output(arguments)?;
        assert!(output.status.success(), "{arguments:?}: {}", text(&output));
        assert!(!text(&output).contains("error"), "{arguments:?}: {}", text(&output));
    }
    Ok(())
}
