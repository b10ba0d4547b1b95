//! `cargo xtask api`: the public interface as text, so that a change to it is seen in review.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use public_api::Builder;
use serde_json::Value;

use crate::{cargo, ensure, workspace};

const COMMAND: &str = "cargo xtask api";
const FILE: &str = "spektrix-v2/public-api.txt";
/// The form of rustdoc's JSON that the library at hand reads; another toolchain may write another.
const FORMAT: u64 = 57;
/// All that add to the interface. The cryptography does not, and ring is sooner built.
const FEATURES: &str = "ring,pkcs12,testing";

/// Write the public interface of spektrix-v2 to public-api.txt
#[derive(clap::Args)]
pub struct Args {
    /// Write nothing; fail if anything would change
    #[arg(long)]
    check: bool,
}

/// Writes it, or compares.
///
/// rustdoc's JSON is not stable: with a toolchain that writes another form than is read here, a check says that there was
/// none, and writing fails.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let json = rustdoc_json()?;
    let bytes = fs::read(&json).with_context(|| format!("cannot read {}", json.display()))?;
    let format = serde_json::from_slice::<Value>(&bytes)?["format_version"].as_u64();
    if format != Some(FORMAT) {
        let found = format.map_or_else(|| "an unknown one".to_owned(), |format| format.to_string());
        let why = format!("this toolchain's rustdoc writes form {found} of its JSON, and form {FORMAT} is read here");
        anyhow::ensure!(
            args.check,
            "{why}: use Rust 1.95, or another version of the crate `public-api`"
        );
        writeln!(std::io::stdout(), "not checked: {why}")?;
        return Ok(());
    }
    let text = interface(json)?;
    let path = workspace::path(FILE);
    if fs::read_to_string(&path).is_ok_and(|found| found == text) {
        writeln!(std::io::stdout(), "{FILE}: up to date, {} items", text.lines().count())?;
        return Ok(());
    }
    if args.check {
        bail!("{FILE} is stale: run `{COMMAND}`, read the difference as its users will, and commit it");
    }
    ensure::write(&workspace::path("spektrix-v2"), "public-api.txt", &text)?;
    writeln!(std::io::stdout(), "{FILE}: written, {} items", text.lines().count())?;
    Ok(())
}

/// An item a line. What every type has, and what follows from its fields, is left out.
fn interface(json: PathBuf) -> anyhow::Result<String> {
    let builder = Builder::from_rustdoc_json(json);
    let api = builder.omit_blanket_impls(true).omit_auto_trait_impls(true).build();
    let api = api.context("rustdoc's JSON cannot be read")?;
    let lines: Vec<_> = api.items().map(ToString::to_string).collect();
    Ok(lines.join("\n") + "\n")
}

/// Has rustdoc describe the crate. The form is for nightly toolchains; the variable opens it to the others. It makes
/// cargo build dependencies anew, and so it has a folder of its own.
fn rustdoc_json() -> anyhow::Result<PathBuf> {
    let target = target_folder()?.join("api");
    let mut command = cargo::command();
    command.env("RUSTC_BOOTSTRAP", "1");
    command.args(["rustdoc", "--quiet", "--locked", "--lib", "--package", "spektrix-v2"]);
    command
        .args(["--no-default-features", "--features", FEATURES, "--target-dir"])
        .arg(&target);
    command.args([
        "--",
        "-Z",
        "unstable-options",
        "--output-format",
        "json",
        "--cap-lints",
        "allow",
    ]);
    if !command.status().context("cannot run cargo")?.success() {
        bail!("rustdoc could not describe the crate");
    }
    Ok(target.join("doc/spektrix_v2.json"))
}

fn target_folder() -> anyhow::Result<PathBuf> {
    let metadata = cargo::metadata(&["--no-deps"])?;
    Ok(PathBuf::from(cargo::text(&metadata, "target_directory")))
}
