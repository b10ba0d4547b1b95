//! The command `fetch` as a process: its output, its exit code, its arguments.

use std::process::{Command, Output};

use tempfile::TempDir;

use crate::page_server::{PageServer, Response};
use crate::site;

async fn xtask(arguments: &[&str]) -> anyhow::Result<Output> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).env_remove("SPEKTRIX_API_KEY");
    Ok(tokio::task::spawn_blocking(move || command.output()).await??)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test]
async fn standard_output_has_only_the_summary() -> anyhow::Result<()> {
    let fault = Response::page(
        "text/plain",
        "Could not generate schema for response. Failed with error: x",
    );
    let server = PageServer::start(site::pages_with("help/GetEvents/response/schema", vec![fault])).await?;
    let temp = TempDir::new()?;
    let out = temp.path().join("schemas").display().to_string();
    let base = server.base()?.to_string();
    let output = xtask(&["fetch", "--base-url", &base, "--out", &out]).await?;
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{stderr}");
    assert_eq!(
        stdout,
        format!("{out}: 3 operations, 6 pages (4 empty, 1 example, 1 fault), faults: 1 (see the warnings)\n")
    );
    assert!(
        stderr.contains("warning: GetEvents response schema: the service reports: Could not generate schema"),
        "{stderr}"
    );
    let lock = std::fs::read_to_string(temp.path().join("schemas/lock.toml"))?;
    assert!(lock.contains(&format!("origin = \"{}\"\n", server.base()?)), "{lock}");
    Ok(())
}

#[tokio::test]
async fn a_failure_prints_its_causes_and_exits_with_1() -> anyhow::Result<()> {
    let server = PageServer::start(site::pages()).await?;
    let temp = TempDir::new()?;
    let out = temp.path().join("schemas").display().to_string();
    let base = server.base()?.to_string();
    let output = xtask(&["fetch", "--base-url", &base, "--out", &out, "--only", "KeepAlive"]).await?;
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "");
    let expected = format!(
        "error: cannot fetch the help pages; {out} is unchanged\n  caused by: --only needs a folder that was \
         fetched before, and this one has no lock.toml; fetch without --only first\n"
    );
    assert_eq!(text(&output.stderr), expected);
    Ok(())
}

#[tokio::test]
async fn a_certificate_requires_its_key_and_vice_versa() -> anyhow::Result<()> {
    for argument in ["--cert", "--key"] {
        let output = xtask(&["fetch", argument, "x.pem"]).await?;
        assert_eq!(output.status.code(), Some(2), "{argument}");
    }
    Ok(())
}
