//! `lock.toml`: which page stands in which file, where the pages come from, and their digests.

use std::fmt::Write as _;

use anyhow::{Context as _, anyhow};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use spektrix_v2_codegen::feed;

use crate::help_pages::line_of;

/// The name of the file.
pub const FILE: &str = "lock.toml";

/// The name of the feed's file.
pub const FEED_FILE: &str = "help.atom";

const HEADER: &str = "\
# Which help page stands in which file. Written by `cargo xtask fetch`; do not edit.
#
# origin  where the pages come from
# date    the UTC day of the last fetch; each page has its own
# path    the page's address, relative to the base address of the service
# sha256  of the file's bytes; that of help.atom leaves out the feed's id and every updated time,
#         which the service makes up anew each time it is asked

";

/// The content of `lock.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Lock {
    /// Where the pages come from.
    pub origin: String,
    /// The UTC day of the last fetch.
    pub date: String,
    /// The pages, by path.
    #[serde(rename = "page")]
    pub pages: Vec<Entry>,
}

/// One page. Two pages with the same text may share a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Entry {
    /// The page's address, relative to the base.
    pub path: String,
    /// The file, relative to the folder.
    pub file: String,
    /// The content type that the service gave.
    pub content_type: String,
    /// The size of the file in bytes.
    pub size: usize,
    /// The digest of the file, in hexadecimal; see [`digest`].
    pub sha256: String,
    /// The UTC day on which the page was fetched.
    pub date: String,
}

impl Lock {
    /// Reads the text of `lock.toml`.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        // Without the parser's own words, which quote the file.
        toml::from_str(text).map_err(|error| {
            let line = line_of(text, error.span().map_or(0, |span| span.start));
            anyhow!("lock.toml is not what `cargo xtask fetch` writes (line {line}); restore it from version control")
        })
    }

    /// The text of `lock.toml`.
    pub fn render(&self) -> anyhow::Result<String> {
        let body = toml::to_string(self).context("cannot write lock.toml")?;
        Ok(format!("{HEADER}{body}"))
    }
}

impl Entry {
    /// The operation whose page this is; `None` for the feed.
    pub fn operation(&self) -> Option<&str> {
        self.path.split('/').nth(1)
    }
}

/// The digest of a file: SHA-256 of its bytes, or, for the feed, of its text without what changes
/// on its own.
pub fn digest(file: &str, bytes: &[u8]) -> anyhow::Result<String> {
    if file != FEED_FILE {
        return Ok(hexadecimal(bytes));
    }
    let text = std::str::from_utf8(bytes).with_context(|| format!("{FEED_FILE} is not UTF-8"))?;
    Ok(hexadecimal(feed::stable_text(text)?.as_bytes()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
