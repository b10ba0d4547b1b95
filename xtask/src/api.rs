//! `cargo xtask api`: writes the public interface as text, so that a review shows changes to it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, bail};
use public_api::Builder;
use serde_json::Value;

use crate::{output, staging, workspace};

const COMMAND: &str = "cargo xtask api";

const FILE: &str = "spektrix-v2/public-api.txt";

/// The version of rustdoc's JSON that the crate `public-api` reads. Other toolchains may write another version.
const FORMAT: u64 = 57;

/// The features that add to the interface. The choice of cryptography does not add to it; ring compiles faster.
const FEATURES: &str = "ring,pkcs12,testing,tower";

/// While this variable is set, cargo runs this program in place of rustdoc. It holds the path of rustdoc.
const RUSTDOC: &str = "XTASK_RUSTDOC";

/// The arguments of the command.
#[derive(clap::Args)]
#[command(
    help_template = output::HELP,
    before_help = "\
Examples:
  cargo xtask api            # write spektrix-v2/public-api.txt
  cargo xtask api --check    # fail if the file is stale"
)]
pub struct Args {
    /// Write nothing, and fail if the file would change
    #[arg(long)]
    check: bool,
}

/// Writes the file, or compares it.
///
/// rustdoc's JSON is not stable. If the toolchain writes another version than `public-api` reads, a check prints that it
/// did not run, and writing fails.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let json = rustdoc_json()?;
    let bytes = fs::read(&json).with_context(|| format!("cannot read {}", json.display()))?;
    let format = serde_json::from_slice::<Value>(&bytes)?["format_version"].as_u64();
    if format != Some(FORMAT) {
        let found = format.map_or_else(|| "an unknown version".to_owned(), |format| format!("version {format}"));
        let why =
            format!("rustdoc of this toolchain writes {found} of its JSON, and `public-api` reads version {FORMAT}");
        anyhow::ensure!(
            args.check,
            "{why}: use Rust 1.95, or another version of the crate `public-api`"
        );
        return output::print_line(&format!("not checked: {why}"));
    }
    let text = interface(json)?;
    let items = text.lines().count();
    if fs::read_to_string(workspace::path(FILE)).is_ok_and(|found| found == text) {
        return output::print_line(&format!("{FILE}: up to date, {items} items"));
    }
    if args.check {
        bail!("{FILE} is stale: run `{COMMAND}`, read the difference as a user would, and commit it");
    }
    staging::write_file(&workspace::path("spektrix-v2/public-api.txt"), text.as_bytes())?;
    output::print_line(&format!("{FILE}: written, {items} items"))
}

/// Runs rustdoc if cargo called this program in its place, and returns its exit code.
///
/// rustdoc writes JSON on nightly toolchains only, unless `RUSTC_BOOTSTRAP` is set. It is set for rustdoc alone, because
/// cargo would rebuild many dependencies because of it.
pub fn run_as_rustdoc() -> Option<ExitCode> {
    let mut rustdoc = Command::new(std::env::var_os(RUSTDOC)?);
    let status = rustdoc
        .args(std::env::args_os().skip(1))
        .env("RUSTC_BOOTSTRAP", "1")
        .status();
    Some(if status.is_ok_and(|status| status.success()) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Returns the interface, one item per line. Leaves out the items that every type has, and those that follow from its
/// fields.
fn interface(json: PathBuf) -> anyhow::Result<String> {
    let builder = Builder::from_rustdoc_json(json);
    let api = builder.omit_blanket_impls(true).omit_auto_trait_impls(true).build();
    let api = api.context("cannot read the JSON of rustdoc")?;
    Ok(without_foreign_methods(api.items().map(ToString::to_string)))
}

/// Leaves out the methods of other crates' traits: if a type is `Clone`, it has the method `clone`.
fn without_foreign_methods(lines: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    // The start of the paths of the methods to skip, until the next `impl`.
    let mut skipped: Option<String> = None;
    for line in lines {
        if let Some(implemented) = line.strip_prefix("impl") {
            skipped = foreign_target(implemented).map(|target| format!(" {target}::"));
        } else if skipped.as_ref().is_some_and(|methods| line.contains(methods.as_str())) {
            continue;
        }
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// Returns the type in `impl Trait for Type`, if the trait belongs to another crate.
fn foreign_target(implemented: &str) -> Option<&str> {
    let (name, target) = implemented.rsplit_once(" for ")?;
    (!name.contains("spektrix_v2::")).then(|| target.split(" where ").next().unwrap_or(target))
}

/// Runs rustdoc for the crate, and returns the path of its JSON.
fn rustdoc_json() -> anyhow::Result<PathBuf> {
    let mut command = workspace::cargo();
    command.args(["rustdoc", "--quiet", "--locked", "--lib", "--package", "spektrix-v2"]);
    command.args(["--no-default-features", "--features", FEATURES]);
    command.args(["--", "-Z", "unstable-options", "--output-format", "json"]);
    command.args(["--cap-lints", "allow"]);
    let rustdoc = std::env::var_os("RUSTDOC").unwrap_or_else(|| "rustdoc".into());
    command.env(RUSTDOC, rustdoc).env("RUSTDOC", std::env::current_exe()?);
    if !command.status().context("cannot run cargo")?.success() {
        bail!("rustdoc failed for spektrix-v2");
    }
    let metadata = workspace::metadata(&["--no-deps"])?;
    Ok(PathBuf::from(workspace::string(&metadata, "target_directory")).join("doc/spektrix_v2.json"))
}

#[cfg(test)]
mod tests {
    use super::without_foreign_methods;

    #[test]
    fn only_methods_of_foreign_traits_are_left_out() {
        let lines = [
            "pub struct spektrix_v2::Id(_)",
            "impl spektrix_v2::Id",
            "pub fn spektrix_v2::Id::get(self) -> i32",
            "impl core::clone::Clone for spektrix_v2::Id",
            "pub fn spektrix_v2::Id::clone(&self) -> spektrix_v2::Id",
            "impl spektrix_v2::Text for spektrix_v2::Id",
            "pub fn spektrix_v2::Id::parse(&str) -> Self",
            "impl<T> core::iter::Iterator for spektrix_v2::List<T> where T: Sized",
            "pub type spektrix_v2::List<T>::Item = T",
            "pub fn spektrix_v2::connect()",
        ];
        let text = without_foreign_methods(lines.iter().map(ToString::to_string));
        let left: Vec<_> = text.lines().collect();
        let [.., _, connect] = lines;
        assert_eq!(left, [&lines[..4], &lines[5..8], &[connect]].concat());
    }
}
