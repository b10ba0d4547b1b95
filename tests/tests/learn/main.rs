//! Tests of `spektrix contract` and `cargo xtask learn` together: from the responses of a service to a patch of the overlay.
#![expect(clippy::unwrap_used, reason = "what a test sets up must not fail")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Parser as _;
use spektrix_v2_cli::arguments::Cli;
use spektrix_v2_sandbox::{Fault, Sandbox};
use spektrix_v2_tests::pages;
use xtask::learn::{Proposals, Report, learn};

/// Runs `spektrix contract` against a sandbox. Returns the report, and whether every list fits the schemas.
async fn contract(sandbox: &Sandbox, folder: &Path) -> anyhow::Result<(Report, bool)> {
    let files = sandbox.files();
    std::fs::write(folder.join("api-key"), sandbox.api_key())?;
    let config = format!(
        "[venue.sandbox]\nclient = '{}'\napi_key = {{ file = 'api-key' }}\nbase_url = '{}'\n\
         certificate = '{}'\nkey = '{}'\nca = '{}'\n",
        sandbox.client_name(),
        sandbox.base_url(),
        files.certificate().display(),
        files.key().display(),
        files.ca().display()
    );
    std::fs::write(folder.join("spektrix.toml"), config)?;
    let (config, report) = (folder.join("spektrix.toml"), folder.join("report.json"));
    let arguments = ["spektrix", "contract", "--config"].map(PathBuf::from).into_iter();
    let arguments = arguments.chain([config, "--out".into(), report.clone()]);
    let fits = spektrix_v2_cli::run(&Cli::try_parse_from(arguments)?).await.is_ok();
    Ok((Report::read(&report)?, fits))
}

fn proposals(report: Report) -> anyhow::Result<Proposals> {
    learn(&[report], &pages::sources(pages::files()?), &pages::overlay()?)
}

/// Returns whether git applies the patch to the overlay of this workspace, without changing it.
fn applies(patch: &str) -> anyhow::Result<bool> {
    let mut git = Command::new("git");
    git.args(["apply", "--check", "--verbose", "-"])
        .current_dir(pages::workspace(""));
    let mut child = git.stdin(Stdio::piped()).spawn()?;
    child.stdin.take().unwrap().write_all(patch.as_bytes())?;
    Ok(child.wait()?.success())
}

#[tokio::test]
async fn altered_lists_lead_to_proposals() -> anyhow::Result<()> {
    let sandbox = Sandbox::start().await?;
    let bodies = [
        (
            "GetBands",
            "<Bands><Band id='7' shade='s3cret'><Name>s3cret</Name><Colour>s3cret</Colour></Band></Bands>",
        ),
        ("GetTags", "<Tags><Tag id='s3cret'><Name>a</Name></Tag></Tags>"),
        (
            "GetTagGroups",
            "<TagGroups><TagGroup id='7'><Name/></TagGroup></TagGroups>",
        ),
    ];
    for (operation, body) in bodies {
        sandbox.inject(Fault::ReplaceBody { body: body.into() }.on(operation))?;
    }
    let folder = tempfile::tempdir()?;
    let (report, fits) = contract(&sandbox, folder.path()).await?;
    assert!(!fits, "the tags do not fit");
    let proposals = proposals(report)?;
    let text = proposals.to_string();
    for expected in [
        "  Band Name: client, set in 1 of 1 objects\n",
        "  Band: client\n",
        "  Band Colour: in GetBands\n",
        "  Band @shade: in GetBands\n",
        "  Tag @id: a value of GetTags is not ",
        "and the schema has the identifier TagId\n",
        "  TagGroup Name: in none of 1 objects\n",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(!text.contains("Event Name: ") && !text.contains("s3cret"), "{text}");
    assert!(text.ends_with("Not used: 0\n"), "{text}");

    let overlay = pages::overlay()?;
    assert!(applies(&proposals.patch(&overlay))?);
    let raised = proposals.raised(&overlay);
    let (model, _) = spektrix_v2_codegen::model(&pages::sources(pages::files()?), &raised)?;
    let grades: Vec<_> = ["Band", "TagGroup", "Tag"].map(|name| model.types[name].grade).into();
    let recorded = Some(spektrix_v2_codegen::model::Grade::Recorded);
    assert_eq!(grades[..2], [recorded, recorded]);
    assert_ne!(grades[2], recorded, "its list could not be read");
    Ok(())
}

/// What was recorded fits the schemas, and its grades say so.
#[tokio::test]
async fn recorded_lists_propose_nothing_new() -> anyhow::Result<()> {
    let Some(recorded) = std::env::var_os("SPEKTRIX_RECORDED") else {
        // Not `eprintln!`, because the test runner hides its output if a test passes.
        writeln!(
            std::io::stderr(),
            "NOT RUN: recorded_lists_propose_nothing_new. Set SPEKTRIX_RECORDED to a folder with recorded bodies"
        )?;
        return Ok(());
    };
    let sandbox = Sandbox::builder().replay(recorded).start().await?;
    let folder = tempfile::tempdir()?;
    let (report, _) = contract(&sandbox, folder.path()).await?;
    let text = proposals(report)?.to_string();
    for expected in ["Grades that can rise to recorded: 0\n", ": 0\nTypes to correct: "] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    Ok(())
}
