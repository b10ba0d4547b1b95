//! `cargo xtask fetch`: the service's help pages, byte for byte, into the schemas folder.
//!
//! All or nothing: every page is read and recognised before the folder is touched.

mod api_key;
mod args;
mod base;
mod failure;
mod folder;
mod gather;
mod http;
mod layout;
pub mod lock;
mod merge;
mod pem;
mod plan;
mod progress;
mod summary;
mod tls;

use anyhow::{Context as _, anyhow, ensure};

use crate::output;

pub use api_key::ApiKey;
pub use args::{Args, DEFAULT_BASE, Limits, Options, ServiceArgs, TlsFiles};
pub use base::BaseUrl;
pub use progress::Progress;
pub use summary::Summary;

/// Runs the command: progress and warnings on standard error, the summary on standard output.
pub async fn run(args: Args) -> anyhow::Result<()> {
    let options = args.into_options()?;
    let summary = fetch(&options, &Progress::on_stderr()).await?;
    output::print_line(&summary.to_string())
}

/// Fetches what the options ask for and replaces the folder with it.
pub async fn fetch(options: &Options, progress: &Progress) -> anyhow::Result<Summary> {
    let result = fetch_all(options, progress).await;
    // What is known to repeat a server's words has been checked; this holds for whatever else is in an error.
    result.map_err(|error| match &options.api_key {
        Some(key) if key.is_in(format!("{error:?} {error:#}").as_bytes()) => {
            anyhow!("cannot fetch the help pages, and the error is not shown, because it repeats the API key")
        }
        _ => error,
    })
}

async fn fetch_all(options: &Options, progress: &Progress) -> anyhow::Result<Summary> {
    let untouched = || format!("cannot fetch the help pages; {} is as it was", options.out.display());
    let folder = folder::Folder::open(&options.out).with_context(untouched)?;
    let kept = merge::Kept::choose(&folder, options).with_context(untouched)?;
    let pages = gather::gather(options, &kept, progress).await.with_context(untouched)?;
    let contents = layout::contents(&pages, kept, options).with_context(untouched)?;
    refuse_key(&contents, options).with_context(untouched)?;
    folder.replace(&contents)?;
    let summary = Summary::new(options, &pages);
    progress.finish(&summary);
    Ok(summary)
}

/// Fails if a file would hold the API key, whichever way it got there: the folder is committed.
fn refuse_key(files: &layout::Files, options: &Options) -> anyhow::Result<()> {
    let Some(key) = &options.api_key else { return Ok(()) };
    for (file, bytes) in files {
        ensure!(
            !key.is_in(bytes),
            "{file} would hold the API key, so nothing was stored"
        );
    }
    Ok(())
}
