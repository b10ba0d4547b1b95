//! `cargo xtask fetch`: the service's help pages, byte for byte, into the schemas folder.
//!
//! All or nothing: every page is read and recognised before the folder is touched.

mod args;
mod base;
mod failure;
mod folder;
mod gather;
mod http;
mod layout;
pub mod lock;
mod merge;
mod plan;
mod progress;
mod summary;
mod tls;

use std::io::Write as _;

use anyhow::Context as _;

pub use args::{Args, DEFAULT_BASE, Limits, Options, TlsFiles};
pub use base::BaseUrl;
pub use progress::Progress;
pub use summary::Summary;

/// Runs the command: progress and warnings on standard error, the summary on standard output.
pub async fn run(args: Args) -> anyhow::Result<()> {
    let options = args.into_options()?;
    let summary = fetch(&options, &Progress::on_stderr()).await?;
    writeln!(std::io::stdout(), "{summary}").context("cannot write the summary to standard output")
}

/// Fetches what the options ask for and replaces the folder with it.
pub async fn fetch(options: &Options, progress: &Progress) -> anyhow::Result<Summary> {
    let untouched = || format!("cannot fetch the help pages; {} is as it was", options.out.display());
    let folder = folder::Folder::open(&options.out).with_context(untouched)?;
    let kept = merge::Kept::choose(&folder, options).with_context(untouched)?;
    let pages = gather::gather(options, &kept, progress).await.with_context(untouched)?;
    let contents = layout::contents(&pages, kept, options).with_context(untouched)?;
    folder.replace(&contents)?;
    let summary = Summary::new(options, &pages);
    progress.finish(&summary);
    Ok(summary)
}
