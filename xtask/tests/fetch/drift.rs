//! The command `drift` as a process: its output and its exit codes, with folders and with a server.

use std::process::{Command, Output};

use tempfile::TempDir;

use crate::page_server::{PageServer, Response};
use crate::site;

async fn drift(arguments: &[&str]) -> anyhow::Result<Output> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("drift").args(arguments).env_remove("SPEKTRIX_API_KEY");
    Ok(tokio::task::spawn_blocking(move || command.output()).await??)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test]
async fn the_vendored_pages_are_equal_to_themselves() -> anyhow::Result<()> {
    let schemas = xtask::workspace::path("schemas").display().to_string();
    for (format, expected) in [("text", "no drift\n"), ("markdown", "No drift.\n")] {
        let output = drift(&["--schemas", &schemas, "--format", format]).await?;
        assert_eq!(
            (output.status.code(), text(&output.stdout).as_str()),
            (Some(0), expected)
        );
    }
    Ok(())
}

#[tokio::test]
async fn other_pages_differ() -> anyhow::Result<()> {
    let schema = "<Schemas><xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name=\"Events\" \
                  type=\"xs:string\"/></xs:schema></Schemas>";
    let schema = Response::page("application/xml", schema);
    let pages = site::pages_with("help/GetEvents/response/schema", vec![schema]);
    let server = PageServer::start(pages).await?;
    let base = server.base()?.to_string();
    let output = drift(&["--base-url", &base, "--format", "json"]).await?;
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let changes = found["changes"].as_array().cloned().unwrap_or_default();
    let removed = changes
        .iter()
        .filter(|change| change["what"].as_str().is_some_and(|what| what.contains("is gone")));
    assert!(removed.count() > 30, "{found}");
    Ok(())
}

#[tokio::test]
async fn an_incomplete_folder_exits_with_2() -> anyhow::Result<()> {
    let temp = TempDir::new()?;
    let folder = temp.path().display().to_string();
    let output = drift(&["--schemas", &folder]).await?;
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        "error: the pages could not be compared\n  caused by: help.atom: the file is missing. Fetch the help pages with \
         `cargo xtask fetch`\n"
    );
    Ok(())
}
