//! `cargo xtask fetch`: stores the help pages of the service in the schemas folder, byte for byte.
//!
//! All or nothing: every page is fetched and recognized before the folder is touched.

mod address;
mod api_key;
mod content_encoding;
mod contents;
mod download;
mod error;
mod folder;
pub mod lock;
mod options;
mod pages;
mod progress;
mod tls;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use anyhow::{Context as _, anyhow, ensure};
use spektrix_v2_codegen::feed::Feed;
use spektrix_v2_codegen::page::Page;
use spektrix_v2_codegen::printable::one_line;

use crate::output;

pub use address::BaseUrl;
pub use api_key::ApiKey;
pub use options::{Args, DEFAULT_BASE, Limits, Options, ServiceArgs, TlsFiles};
pub use progress::Progress;

use contents::{Kept, contents};
use download::Downloader;
use folder::{Files, Folder};
use pages::{FetchedPage, fetch_feed, fetch_pages};

/// How many characters of a message of the service are printed.
const LONGEST_MESSAGE: usize = 300;

/// Runs the command. Progress and warnings are printed to standard error, the summary to standard output.
pub async fn run(args: Args) -> anyhow::Result<()> {
    let options = args.into_options()?;
    let summary = fetch(&options, &Progress::on_stderr()).await?;
    output::print_line(&summary.to_string())
}

/// Fetches the pages and replaces the folder.
pub async fn fetch(options: &Options, progress: &Progress) -> anyhow::Result<Summary> {
    let result = fetch_into_folder(options, progress).await;
    // Strings from the server were searched for the key where they arrived. This covers everything else in an error.
    result.map_err(|error| match &options.api_key {
        Some(key) if key.is_in(format!("{error:?} {error:#}").as_bytes()) => {
            anyhow!("cannot fetch the help pages; the error is not shown, because it contains the API key")
        }
        _ => error,
    })
}

async fn fetch_into_folder(options: &Options, progress: &Progress) -> anyhow::Result<Summary> {
    let unchanged = || format!("cannot fetch the help pages; {} is unchanged", options.out.display());
    let folder = Folder::open(&options.out).with_context(unchanged)?;
    let (files, summary) = fetch_files(&folder, options, progress).await.with_context(unchanged)?;
    folder.replace(&files)?;
    progress.finish(summary.faults());
    Ok(summary)
}

async fn fetch_files(folder: &Folder, options: &Options, progress: &Progress) -> anyhow::Result<(Files, Summary)> {
    let kept = Kept::read(folder, options)?;
    let downloader = Downloader::new(options, progress)?;
    let feed = fetch_feed(&downloader).await?;
    kept.check_against(&feed.feed, &options.only)?;
    let concurrency = options.limits.concurrency;
    let pages = fetch_pages(&downloader, &feed.feed, &options.only, concurrency, progress).await?;
    let files = contents(&feed, &pages, kept, options)?;
    refuse_key(&files, options)?;
    Ok((files, Summary::new(options, &feed.feed, &pages)))
}

/// Fails if a file contains the API key for any reason, because the folder is committed.
fn refuse_key(files: &Files, options: &Options) -> anyhow::Result<()> {
    let Some(key) = &options.api_key else { return Ok(()) };
    for (file, bytes) in files {
        ensure!(
            !key.is_in(bytes),
            "{file} would contain the API key, so nothing is stored"
        );
    }
    Ok(())
}

/// The result of a fetch, in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    out: PathBuf,
    fetched: usize,
    operations: usize,
    pages: usize,
    kinds: BTreeMap<&'static str, usize>,
    faults: Vec<String>,
}

impl Summary {
    fn new(options: &Options, feed: &Feed, pages: &[FetchedPage]) -> Self {
        let is_fetched = |name| options.only.is_empty() || options.only.contains(name);
        let fetched = feed.operations.iter().filter(|operation| is_fetched(&operation.name));
        let mut kinds = BTreeMap::new();
        for page in pages {
            *kinds.entry(page.page.kind()).or_default() += 1;
        }
        Self {
            out: options.out.clone(),
            fetched: fetched.count(),
            operations: feed.operations.len(),
            pages: pages.len(),
            kinds,
            faults: pages.iter().filter_map(fault).collect(),
        }
    }

    /// Returns the pages that the service could not generate, each with the message of the service.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }
}

fn fault(page: &FetchedPage) -> Option<String> {
    match &page.page {
        // The message can be of any length, and hold characters that a terminal obeys.
        Page::Fault(text) => {
            let text = one_line(text, LONGEST_MESSAGE);
            Some(format!("{}: the service reports: {text}", page.link))
        }
        _ => None,
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.out.display(), self.fetched)?;
        if self.fetched != self.operations {
            write!(f, " of {}", self.operations)?;
        }
        write!(f, " operations, {} pages", self.pages)?;
        let kinds: Vec<String> = self
            .kinds
            .iter()
            .map(|(kind, count)| format!("{count} {kind}"))
            .collect();
        if !kinds.is_empty() {
            write!(f, " ({})", kinds.join(", "))?;
        }
        match self.faults.len() {
            0 => f.write_str(", no faults"),
            count => write!(f, ", faults: {count} (see the warnings)"),
        }
    }
}
