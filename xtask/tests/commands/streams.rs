//! Standard input is read for `-`, and a closed standard output is not an error.

use std::fs::File;
use std::io::Read as _;
use std::process::{Command, Output, Stdio};

fn xtask(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).env_remove("SPEKTRIX_API_KEY");
    command
}

fn example() -> String {
    xtask::workspace::path("schemas/GetEvents/response.xml")
        .display()
        .to_string()
}

fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn decode_reads_standard_input() -> anyhow::Result<()> {
    let example = example();
    let from_file = xtask(&["decode", "GetEvents", &example]).output()?;
    let from_input = xtask(&["decode", "GetEvents", "-"])
        .stdin(File::open(&example)?)
        .output()?;
    assert!(from_file.status.success(), "{}", text(&from_file));
    assert!(from_input.status.success(), "{}", text(&from_input));
    assert_eq!(from_input.stdout, from_file.stdout);
    let empty = xtask(&["decode", "GetEvents", "-"]).stdin(Stdio::null()).output()?;
    assert!(
        !empty.status.success() && text(&empty).contains("standard input is not a valid body of GetEvents"),
        "{}",
        text(&empty)
    );
    Ok(())
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
    let example = example();
    let temp = tempfile::tempdir()?;
    let preview = temp.path().join("preview").display().to_string();
    let rows: [&[&str]; 4] = [
        &["decode", "GetEvents", &example],
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
