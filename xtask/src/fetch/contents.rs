//! The content of the new folder: the fetched pages, and with `--only` the pages that are kept from the old folder.

use anyhow::{Context as _, anyhow, bail, ensure};
use spektrix_v2_codegen::feed::{self, Feed, FeedOperation};
use spektrix_v2_codegen::page::Page;

use super::download::Download;
use super::folder::{Files, Folder};
use super::lock::{self, Entry, Lock};
use super::options::Options;
use super::pages::{FEED_PATH, FetchedFeed, FetchedPage, Role};

/// What is kept of the old folder: nothing if everything is fetched.
#[derive(Default)]
pub(super) struct Kept {
    files: Files,
    entries: Vec<Entry>,
    feed: Option<Feed>,
}

impl Kept {
    /// Reads the pages of all operations that are not fetched again.
    pub(super) fn read(folder: &Folder, options: &Options) -> anyhow::Result<Self> {
        if options.only.is_empty() {
            return Ok(Self::default());
        }
        let Some(lock) = &folder.lock else {
            bail!(
                "--only needs a folder that was fetched before, and this one has no lock.toml; fetch without --only first"
            );
        };
        refuse_other_origin(lock, options)?;
        let mut kept = Self {
            feed: Some(read_feed(folder)?),
            ..Self::default()
        };
        for entry in &lock.pages {
            let is_kept = |operation: &str| !options.only.iter().any(|only| only == operation);
            if entry.operation().is_some_and(is_kept) {
                kept.files.insert(entry.file.clone(), read_unchanged(folder, entry)?);
                kept.entries.push(entry.clone());
            }
        }
        Ok(kept)
    }

    /// Fails if the new feed, which replaces the old one, does not describe the kept pages.
    pub(super) fn check_against(&self, new: &Feed, only: &[String]) -> anyhow::Result<()> {
        let Some(old) = &self.feed else { return Ok(()) };
        let mut changed = differences(new, old, only);
        for name in differences(old, new, only) {
            if !changed.contains(&name) {
                changed.push(name);
            }
        }
        ensure!(
            changed.is_empty(),
            "the feed has changed for other operations too ({}); fetch without --only",
            changed.join(", ")
        );
        Ok(())
    }
}

/// Returns the files of the new folder, including `lock.toml`.
pub(super) fn contents(
    feed: &FetchedFeed,
    pages: &[FetchedPage],
    kept: Kept,
    options: &Options,
) -> anyhow::Result<Files> {
    let date = options.date.to_string();
    let Kept {
        mut files, mut entries, ..
    } = kept;
    let feed = (lock::FEED_FILE.to_owned(), FEED_PATH, &feed.download);
    let pages = pages
        .iter()
        .map(|page| (file_name(page, pages), page.link.path.as_str(), &page.download));
    for (file, path, download) in std::iter::once(feed).chain(pages) {
        entries.push(entry(&file, path, download, &date)?);
        files.insert(file, download.body.clone());
    }
    entries.sort();
    let lock = Lock {
        origin: options.origin.clone(),
        date,
        pages: entries,
    };
    files.insert(lock::FILE.to_owned(), lock.render()?.into_bytes());
    Ok(files)
}

fn entry(file: &str, path: &str, download: &Download, date: &str) -> anyhow::Result<Entry> {
    Ok(Entry {
        path: path.to_owned(),
        file: file.to_owned(),
        content_type: download.content_type.clone(),
        size: download.body.len(),
        sha256: lock::digest(file, &download.body)?,
        date: date.to_owned(),
    })
}

/// Returns the file of a page: `GetEvents/response.xsd`, `.xml`, `.json` or `.txt`.
///
/// If a line of text replaces both the schema and the example, and is the same for both, as it usually is, they share a
/// file.
fn file_name(page: &FetchedPage, all: &[FetchedPage]) -> String {
    let link = &page.link;
    let extension = match &page.page {
        Page::Schema(_) => "xsd",
        Page::Example(_) => "xml",
        Page::Json(_) => "json",
        _ if link.role == Role::Schema || has_equal_schema_page(page, all) => "txt",
        _ => "example.txt",
    };
    format!("{}/{}.{extension}", link.operation, link.side.name())
}

fn has_equal_schema_page(example: &FetchedPage, all: &[FetchedPage]) -> bool {
    all.iter().any(|other| {
        other.link.role == Role::Schema
            && (&other.link.operation, other.link.side) == (&example.link.operation, example.link.side)
            && other.download.body == example.download.body
    })
}

/// Returns the operations of one feed that the other lacks or describes differently.
fn differences<'f>(feed: &'f Feed, other: &Feed, only: &[String]) -> Vec<&'f str> {
    let differs = |operation: &&FeedOperation| !only.contains(&operation.name) && !other.operations.contains(operation);
    feed.operations
        .iter()
        .filter(differs)
        .map(|operation| operation.name.as_str())
        .collect()
}

fn refuse_other_origin(lock: &Lock, options: &Options) -> anyhow::Result<()> {
    ensure!(
        lock.origin == options.origin,
        "the pages in the folder come from \"{}\", the new ones would come from \"{}\"; fetch without --only",
        lock.origin,
        options.origin
    );
    Ok(())
}

fn read_feed(folder: &Folder) -> anyhow::Result<Feed> {
    let bytes = folder.read(lock::FEED_FILE)?;
    let text = String::from_utf8(bytes).map_err(|_| anyhow!("{} is not UTF-8", lock::FEED_FILE))?;
    feed::parse(&text).with_context(|| format!("cannot read {}", lock::FEED_FILE))
}

fn read_unchanged(folder: &Folder, entry: &Entry) -> anyhow::Result<Vec<u8>> {
    let bytes = folder.read(&entry.file)?;
    ensure!(
        lock::digest(&entry.file, &bytes)? == entry.sha256,
        "{} was changed after it was fetched (its digest differs from lock.toml); restore it, or fetch without --only",
        entry.file
    );
    Ok(bytes)
}
