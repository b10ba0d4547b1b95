//! Fetches the feed and the pages that it links, and recognizes the kind of each.

use std::fmt;

use anyhow::bail;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use spektrix_v2_codegen::feed::{self, Feed, FeedBody, FeedOperation};
use spektrix_v2_codegen::lower;
use spektrix_v2_codegen::page::Page;
use spektrix_v2_codegen::printable::visible;

use super::download::{Download, Downloader};
use super::error::{Cause, FetchError};
use super::progress::Progress;

/// The path of the feed below the base.
pub(super) const FEED_PATH: &str = "help";

/// How similar a name must be to be suggested, from 0 to 1 (Jaro-Winkler).
const SIMILAR: f64 = 0.8;

/// How many names are suggested.
const MAX_SUGGESTIONS: usize = 3;

/// The feed, as it was sent and parsed.
pub(super) struct FetchedFeed {
    pub(super) feed: Feed,
    pub(super) download: Download,
}

/// A page that was fetched.
pub(super) struct FetchedPage {
    pub(super) link: PageLink,
    pub(super) download: Download,
    pub(super) page: Page,
}

/// A link of the feed to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageLink {
    pub(super) operation: String,
    pub(super) side: Side,
    pub(super) role: Role,
    /// The path below the base: `help/GetEvents/response/schema`.
    pub(super) path: String,
}

/// The request or the response of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Request,
    Response,
}

/// What a page is linked as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Schema,
    Example,
}

/// Fetches the feed.
pub(super) async fn fetch_feed(downloader: &Downloader<'_>) -> Result<FetchedFeed, FetchError> {
    let download = downloader.get("help feed", FEED_PATH).await?;
    let text = String::from_utf8_lossy(&download.body);
    let feed = feed::parse(&text).map_err(|error| downloader.error("help feed", FEED_PATH, Cause::Feed(error)))?;
    Ok(FetchedFeed { feed, download })
}

/// Fetches the pages of the operations in `only`, or of all operations if it is empty. The first failure ends the fetch.
pub(super) async fn fetch_pages(
    downloader: &Downloader<'_>,
    feed: &Feed,
    only: &[String],
    concurrency: usize,
    progress: &Progress,
) -> anyhow::Result<Vec<FetchedPage>> {
    let links = links(feed, only)?;
    progress.start(links.len());
    let pages = stream::iter(links)
        .map(|link| fetch_page(downloader, link, progress))
        .buffered(concurrency)
        .try_collect()
        .await?;
    Ok(pages)
}

async fn fetch_page(
    downloader: &Downloader<'_>,
    link: PageLink,
    progress: &Progress,
) -> Result<FetchedPage, FetchError> {
    let name = link.to_string();
    let download = downloader.get(&name, &link.path).await?;
    let page =
        recognize(&name, &download.body, link.role).map_err(|cause| downloader.error(&name, &link.path, cause))?;
    progress.page(&name, download.body.len());
    Ok(FetchedPage { link, download, page })
}

fn recognize(name: &str, body: &[u8], role: Role) -> Result<Page, Cause> {
    let page = Page::parse(body).map_err(Cause::NotAPage)?;
    let is_wrong = match role {
        Role::Schema => matches!(page, Page::Example(_) | Page::Json(_)),
        Role::Example => matches!(page, Page::Schema(_)),
    };
    if is_wrong {
        return Err(Cause::WrongKind {
            linked: role.name(),
            kind: page.kind(),
        });
    }
    // The old folder may be good, so it is not replaced by one that codegen refuses.
    if let Page::Schema(text) = &page {
        lower::check_limits(name, text).map_err(Cause::Refused)?;
    }
    Ok(page)
}

fn links(feed: &Feed, only: &[String]) -> anyhow::Result<Vec<PageLink>> {
    refuse_unknown_operations(feed, only)?;
    let operations = feed
        .operations
        .iter()
        .filter(|operation| only.is_empty() || only.contains(&operation.name));
    Ok(operations.flat_map(links_of).collect())
}

fn links_of(operation: &FeedOperation) -> Vec<PageLink> {
    let sides = [
        (Side::Request, &operation.request),
        (Side::Response, &operation.response),
    ];
    let mut links = Vec::new();
    for (side, body) in sides {
        let Some(FeedBody { schema, example, .. }) = body else {
            continue;
        };
        for (role, path) in [(Role::Schema, schema), (Role::Example, example)] {
            links.extend(path.clone().map(|path| PageLink {
                operation: operation.name.clone(),
                side,
                role,
                path,
            }));
        }
    }
    links
}

fn refuse_unknown_operations(feed: &Feed, only: &[String]) -> anyhow::Result<()> {
    let names: Vec<&str> = feed
        .operations
        .iter()
        .map(|operation| operation.name.as_str())
        .collect();
    let unknown = only.iter().filter(|name| !names.contains(&name.as_str()));
    let messages: Vec<String> = unknown.map(|name| unknown_operation(name, &names)).collect();
    if messages.is_empty() {
        return Ok(());
    }
    bail!("--only: {}", messages.join("; "))
}

fn unknown_operation(name: &str, names: &[&str]) -> String {
    let similar = similar(name, names);
    let name = visible(name);
    match similar.as_slice() {
        [] => format!("the feed has no operation {name}; it has {}", names.join(", ")),
        similar => format!(
            "the feed has no operation {name}; similar names: {}",
            similar.join(", ")
        ),
    }
}

/// Returns the most similar names, the best first.
fn similar<'n>(name: &str, names: &[&'n str]) -> Vec<&'n str> {
    let wanted = name.to_ascii_lowercase();
    let score = |other: &str| strsim::jaro_winkler(&other.to_ascii_lowercase(), &wanted);
    let scored = names.iter().map(|other| (score(other), *other));
    let mut similar: Vec<(f64, &str)> = scored.filter(|(score, _)| *score >= SIMILAR).collect();
    similar.sort_by(|a, b| b.0.total_cmp(&a.0));
    similar
        .into_iter()
        .take(MAX_SUGGESTIONS)
        .map(|(_, other)| other)
        .collect()
}

impl Side {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

impl Role {
    fn name(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Example => "example",
        }
    }
}

impl fmt::Display for PageLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.operation, self.side.name(), self.role.name())
    }
}
