//! Which page goes into which file.

use std::collections::BTreeMap;

use spektrix_v2_codegen::page::Page;

use super::args::Options;
use super::gather::{FEED_PATH, Fetched, Gathered};
use super::http::Reply;
use super::lock::{self, Entry, Lock};
use super::merge::Kept;
use super::plan::Role;

/// The files of the new folder, by path within it.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// Lays out what was read and what is kept, together with the lock file that describes both.
pub(super) fn contents(read: &Gathered, kept: Kept, options: &Options) -> anyhow::Result<Files> {
    let date = options.date.to_string();
    let mut files = kept.files;
    let mut entries = kept.entries;
    let pages = read
        .pages
        .iter()
        .map(|fetched| (file_name(fetched, &read.pages), &fetched.page.path[..], &fetched.reply));
    let feed = (lock::FEED_FILE.to_owned(), FEED_PATH, &read.feed_reply);
    for (file, path, reply) in std::iter::once(feed).chain(pages) {
        entries.push(entry(&file, path, reply, &date)?);
        files.insert(file, reply.body.clone());
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

fn entry(file: &str, path: &str, reply: &Reply, date: &str) -> anyhow::Result<Entry> {
    Ok(Entry {
        path: path.to_owned(),
        file: file.to_owned(),
        content_type: reply.content_type.clone(),
        size: reply.body.len(),
        sha256: lock::digest(file, &reply.body)?,
        date: date.to_owned(),
    })
}

/// `GetEvents/response.xsd`, `.xml`, `.json` or `.txt`. A text in place of an example shares the
/// file of the text in place of the schema when they are equal, as they usually are.
fn file_name(fetched: &Fetched, all: &[Fetched]) -> String {
    let page = &fetched.page;
    let ending = match &fetched.kind {
        Page::Schema(_) => "xsd",
        Page::Example(_) => "xml",
        Page::Json(_) => "json",
        _ if page.role == Role::Schema || has_equal_schema_page(fetched, all) => "txt",
        _ => "example.txt",
    };
    format!("{}/{}.{ending}", page.operation, page.side.name())
}

fn has_equal_schema_page(example: &Fetched, all: &[Fetched]) -> bool {
    all.iter().any(|other| {
        let (page, twin) = (&example.page, &other.page);
        twin.role == Role::Schema
            && (&twin.operation, twin.side) == (&page.operation, page.side)
            && other.reply.body == example.reply.body
    })
}
