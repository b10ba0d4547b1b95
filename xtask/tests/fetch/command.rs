//! The command itself: its streams, its exit code, its arguments.

use std::process::{Command, Output};

use tempfile::TempDir;

use crate::page_server::{Answer, PageServer};
use crate::small_site;

async fn xtask(arguments: &[&str]) -> anyhow::Result<Output> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).env_remove("SPEKTRIX_API_KEY");
    Ok(tokio::task::spawn_blocking(move || command.output()).await??)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test]
async fn the_summary_is_all_that_standard_output_gets() -> anyhow::Result<()> {
    let fault = Answer::page(
        "text/plain",
        "Could not generate schema for response. Failed with error: x",
    );
    let server = PageServer::start(small_site::pages_with("help/GetEvents/response/schema", vec![fault])).await?;
    let room = TempDir::new()?;
    let out = room.path().join("schemas").display().to_string();
    let base = server.base()?.to_string();
    let output = xtask(&["fetch", "--base-url", &base, "--out", &out]).await?;
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{stderr}");
    assert_eq!(
        stdout,
        format!("{out}: 3 operations, 6 pages (4 empty, 1 example, 1 fault), faults: 1 (see the warnings)\n")
    );
    assert!(
        stderr.contains("warning: GetEvents response schema: the service says: Could not generate schema"),
        "{stderr}"
    );
    let lock = std::fs::read_to_string(room.path().join("schemas/lock.toml"))?;
    assert!(lock.contains(&format!("origin = \"{}\"\n", server.base()?)), "{lock}");
    Ok(())
}

#[tokio::test]
async fn a_failure_prints_its_causes_and_exits_with_one() -> anyhow::Result<()> {
    let server = PageServer::start(small_site::pages()).await?;
    let room = TempDir::new()?;
    let out = room.path().join("schemas").display().to_string();
    let base = server.base()?.to_string();
    let output = xtask(&["fetch", "--base-url", &base, "--out", &out, "--only", "KeepAlive"]).await?;
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "");
    let expected = format!(
        "error: cannot fetch the help pages; {out} is as it was\n  caused by: --only merges into a folder that was \
         fetched before, and this one has no lock.toml; fetch everything first\n"
    );
    assert_eq!(text(&output.stderr), expected);
    Ok(())
}

#[tokio::test]
async fn a_certificate_and_its_key_are_given_together() -> anyhow::Result<()> {
    for lonely in ["--cert", "--key"] {
        let output = xtask(&["fetch", lonely, "x.pem"]).await?;
        assert_eq!(output.status.code(), Some(2), "{lonely}");
    }
    Ok(())
}
