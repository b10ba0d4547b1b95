//! `--only`: what stays of the folder when only some operations are fetched.

use anyhow::{Context as _, bail, ensure};
use spektrix_v2_codegen::feed::{self, Feed, FeedOperation};

use super::args::Options;
use super::folder::Folder;
use super::layout::Files;
use super::lock::{self, Entry, Lock};

/// What stays of the old folder; nothing when everything is fetched.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) files: Files,
    pub(super) entries: Vec<Entry>,
    feed: Option<Feed>,
}

impl Kept {
    /// Takes from the folder the pages of all operations that are not fetched again.
    pub(super) fn choose(folder: &Folder, options: &Options) -> anyhow::Result<Self> {
        if options.only.is_empty() {
            return Ok(Self::default());
        }
        let Some(lock) = &folder.lock else {
            bail!(
                "--only merges into a folder that was fetched before, and this one has no lock.toml; fetch everything first"
            );
        };
        same_origin(lock, options)?;
        let mut kept = Self {
            feed: Some(old_feed(folder)?),
            ..Self::default()
        };
        for entry in &lock.pages {
            if entry
                .operation()
                .is_some_and(|operation| !options.only.iter().any(|only| only == operation))
            {
                kept.files.insert(entry.file.clone(), intact(folder, entry)?);
                kept.entries.push(entry.clone());
            }
        }
        Ok(kept)
    }

    /// Makes sure that the old pages still belong to the new feed, which replaces the old one.
    pub(super) fn agree(&self, new: &Feed, only: &[String]) -> anyhow::Result<()> {
        let Some(old) = &self.feed else { return Ok(()) };
        let mut changed = differing(new, old, only);
        changed.extend(
            differing(old, new, only)
                .into_iter()
                .filter(|name| !changed.contains(name))
                .collect::<Vec<_>>(),
        );
        ensure!(
            changed.is_empty(),
            "the feed no longer agrees with the folder about {}; fetch everything, without --only",
            changed.join(", ")
        );
        Ok(())
    }
}

/// The operations of the one feed that the other describes otherwise, or not at all.
fn differing<'f>(one: &'f Feed, other: &Feed, only: &[String]) -> Vec<&'f str> {
    let differs = |operation: &&FeedOperation| !only.contains(&operation.name) && !other.operations.contains(operation);
    one.operations
        .iter()
        .filter(differs)
        .map(|operation| operation.name.as_str())
        .collect()
}

fn same_origin(lock: &Lock, options: &Options) -> anyhow::Result<()> {
    ensure!(
        lock.origin == options.origin,
        "the folder's pages come from \"{}\", these would come from \"{}\"; fetch everything, without --only",
        lock.origin,
        options.origin
    );
    Ok(())
}

fn old_feed(folder: &Folder) -> anyhow::Result<Feed> {
    let text = String::from_utf8(folder.read(lock::FEED_FILE)?)
        .with_context(|| format!("{} is not UTF-8", lock::FEED_FILE))?;
    Ok(feed::parse(&text)?)
}

fn intact(folder: &Folder, entry: &Entry) -> anyhow::Result<Vec<u8>> {
    let bytes = folder.read(&entry.file)?;
    ensure!(
        lock::digest(&entry.file, &bytes)? == entry.sha256,
        "{} is not what was fetched (its digest differs from lock.toml); restore it, or fetch everything",
        entry.file
    );
    Ok(bytes)
}
