//! `lock.toml`: the file, address and digest of each page, and the origin of all.

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
# The help pages and their files. Written by `cargo xtask fetch`; do not edit.
#
# origin  where the pages come from
# date    the UTC day of the last fetch; each page has one too
# path    the address of the page, below the base address of the service
# sha256  the digest of the file; that of help.atom leaves out the id of the feed and all updated times,
#         which differ in every response

";

/// The content of the file.
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

/// A page. Two pages with the same text may share a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Entry {
    /// The address of the page, below the base.
    pub path: String,
    /// The path of the file, below the folder.
    pub file: String,
    /// The content type in the response.
    pub content_type: String,
    /// The size of the file in bytes.
    pub size: usize,
    /// The digest of the file, in hexadecimal: see [`digest`].
    pub sha256: String,
    /// The UTC day on which the page was fetched.
    pub date: String,
}

impl Lock {
    /// Parses the file.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        // Without the message of the parser, which quotes the file.
        toml::from_str(text).map_err(|error| {
            let line = line_of(text, error.span().map_or(0, |span| span.start));
            anyhow!("lock.toml, line {line}: not written by `cargo xtask fetch`; restore the file from version control")
        })
    }

    /// Writes the file as text.
    pub fn render(&self) -> anyhow::Result<String> {
        let body = toml::to_string(self).context("cannot write lock.toml")?;
        Ok(format!("{HEADER}{body}"))
    }
}

impl Entry {
    /// Returns the operation of the page; `None` for the feed.
    pub fn operation(&self) -> Option<&str> {
        self.path.split('/').nth(1)
    }
}

/// Returns the digest of a file: SHA-256 of its bytes, or, for the feed, of its text without the parts that differ in every
/// response.
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
