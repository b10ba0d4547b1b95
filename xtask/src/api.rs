//! `cargo xtask api`: the public interface as text, so that a change to it is seen in review.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, bail};
use public_api::Builder;
use serde_json::Value;

use crate::{cargo, ensure, output, workspace};

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
        return output::print_line(&format!("not checked: {why}"));
    }
    let text = interface(json)?;
    let path = workspace::path(FILE);
    if fs::read_to_string(&path).is_ok_and(|found| found == text) {
        return output::print_line(&format!("{FILE}: up to date, {} items", text.lines().count()));
    }
    if args.check {
        bail!("{FILE} is stale: run `{COMMAND}`, read the difference as its users will, and commit it");
    }
    ensure::write(&workspace::path("spektrix-v2"), "public-api.txt", &text)?;
    output::print_line(&format!("{FILE}: written, {} items", text.lines().count()))
}

/// An item a line. What every type has, and what follows from its fields, is left out.
fn interface(json: PathBuf) -> anyhow::Result<String> {
    let builder = Builder::from_rustdoc_json(json);
    let api = builder.omit_blanket_impls(true).omit_auto_trait_impls(true).build();
    let api = api.context("rustdoc's JSON cannot be read")?;
    Ok(without_foreign_methods(api.items().map(ToString::to_string)))
}

/// That a type is `Clone` says that it has a method `clone`.
fn without_foreign_methods(lines: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    let mut passed_over: Option<String> = None;
    for line in lines {
        if let Some(implemented) = line.strip_prefix("impl") {
            passed_over = foreign_target(implemented).map(|target| format!(" {target}::"));
        } else if passed_over
            .as_ref()
            .is_some_and(|methods| line.contains(methods.as_str()))
        {
            continue;
        }
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// The type that a trait of another crate is implemented for.
fn foreign_target(implemented: &str) -> Option<&str> {
    let (name, target) = implemented.rsplit_once(" for ")?;
    (!name.contains("spektrix_v2::")).then(|| target.split(" where ").next().unwrap_or(target))
}

/// Has rustdoc describe the crate.
fn rustdoc_json() -> anyhow::Result<PathBuf> {
    let mut command = cargo::command();
    command.args(["rustdoc", "--quiet", "--locked", "--lib", "--package", "spektrix-v2"]);
    command.args(["--no-default-features", "--features", FEATURES]);
    command.args([
        "--",
        "-Z",
        "unstable-options",
        "--output-format",
        "json",
        "--cap-lints",
        "allow",
    ]);
    let rustdoc = std::env::var_os("RUSTDOC").unwrap_or_else(|| "rustdoc".into());
    command
        .env(STANDS_FOR, rustdoc)
        .env("RUSTDOC", std::env::current_exe()?);
    if !command.status().context("cannot run cargo")?.success() {
        bail!("rustdoc could not describe the crate");
    }
    let metadata = cargo::metadata(&["--no-deps"])?;
    Ok(PathBuf::from(cargo::text(&metadata, "target_directory")).join("doc/spektrix_v2.json"))
}

/// What rustdoc is, while cargo calls this program in its place.
const STANDS_FOR: &str = "XTASK_STANDS_FOR_RUSTDOC";

/// Stands in for rustdoc if cargo was told that it is it: the JSON is for nightly toolchains, and a variable opens it to
/// the others. It is set for rustdoc alone, because cargo would build half of the dependencies anew for it.
pub fn stand_in() -> Option<ExitCode> {
    let mut rustdoc = Command::new(std::env::var_os(STANDS_FOR)?);
    let status = rustdoc
        .args(std::env::args_os().skip(1))
        .env("RUSTC_BOOTSTRAP", "1")
        .status();
    let succeeded = status.is_ok_and(|status| status.success());
    Some(if succeeded {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use super::without_foreign_methods;

    #[test]
    fn methods_of_foreign_traits_are_left_out_and_no_others() {
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
