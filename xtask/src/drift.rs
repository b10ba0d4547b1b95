//! `cargo xtask drift`: whether other help pages say what the vendored ones say.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use jiff::tz::Offset;
use spektrix_v2_codegen::diff::{self, Drift};

use crate::codegen::read_sources;
use crate::fetch::{self, Limits, Options, Progress, TlsFiles};
use crate::{report, workspace};

/// Compare the vendored help pages with others: fetched now, or fetched before
#[derive(clap::Args)]
pub struct Args {
    /// The address whose /help is the feed to compare with
    #[arg(long, value_name = "URL", default_value = fetch::DEFAULT_BASE, conflicts_with = "schemas")]
    base_url: String,
    /// A folder of pages that were fetched before, to compare with instead
    #[arg(long, value_name = "DIR")]
    schemas: Option<PathBuf>,
    /// Trust the certificates in this PEM file instead of the system's
    #[arg(long, value_name = "PEM")]
    ca: Option<PathBuf>,
    /// The client certificate, followed by any intermediate ones
    #[arg(long, value_name = "PEM", requires = "key")]
    cert: Option<PathBuf>,
    /// The unencrypted private key of the client certificate
    #[arg(long, value_name = "PEM", requires = "cert")]
    key: Option<PathBuf>,
    /// How the differences are printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How differences are printed.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// A line for each
    #[default]
    Text,
    /// A table for an issue
    Markdown,
    /// For programs
    Json,
}

/// Compares, prints, and answers whether there was any difference.
pub async fn run(args: Args) -> anyhow::Result<bool> {
    let format = args.format;
    let drift = match args.schemas.clone() {
        Some(folder) => compare(&folder)?,
        None => {
            let room = tempfile::tempdir().context("cannot make a folder for the fetched pages")?;
            let folder = room.path().join("schemas");
            fetch::fetch(&args.into_options(&folder)?, &Progress::on_stderr()).await?;
            compare(&folder)?
        }
    };
    for note in &drift.notes {
        writeln!(std::io::stderr(), "note: {note}")?;
    }
    let text = match format {
        Format::Text => diff::text(&drift),
        Format::Markdown => diff::markdown(&drift),
        Format::Json => diff::json(&drift),
    };
    let mut stdout = std::io::stdout();
    stdout
        .write_all(text.as_bytes())
        .context("cannot write to standard output")?;
    Ok(!drift.is_none())
}

/// 0 when the pages say the same, 1 when they differ, 2 when they could not be compared.
pub fn exit_code(outcome: anyhow::Result<bool>) -> ExitCode {
    match outcome {
        Ok(false) => ExitCode::SUCCESS,
        Ok(true) => ExitCode::from(1),
        Err(error) => {
            report::error(&error.context("the pages could not be compared"));
            ExitCode::from(2)
        }
    }
}

fn compare(others: &Path) -> anyhow::Result<Drift> {
    let overlay = workspace::path("codegen/overlay.toml");
    let overlay = fs::read_to_string(&overlay).with_context(|| format!("cannot read {}", overlay.display()))?;
    let vendored = read_sources(&workspace::path("schemas"))?;
    Ok(diff::drift(&vendored, &read_sources(others)?, &overlay)?)
}

impl Args {
    fn into_options(self, out: &Path) -> anyhow::Result<Options> {
        Ok(Options {
            base: self.base_url.parse()?,
            out: out.to_owned(),
            origin: "for comparison".to_owned(),
            only: Vec::new(),
            tls: TlsFiles {
                ca: self.ca,
                identity: self.cert.zip(self.key),
            },
            limits: Limits::default(),
            date: Offset::UTC.to_datetime(jiff::Timestamp::now()).date(),
        })
    }
}
