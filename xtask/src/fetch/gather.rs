//! Reads the feed and the wanted pages, and recognises each.

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use spektrix_v2_codegen::feed::{self, Feed};
use spektrix_v2_codegen::page::Page;

use super::args::Options;
use super::failure::{Cause, Failure};
use super::http::{Reply, Site};
use super::merge::Kept;
use super::plan::{self, PageRef, Role};
use super::progress::Progress;

/// Where the feed is, relative to the base.
pub(super) const FEED_PATH: &str = "help";

/// Everything that one run read.
pub(super) struct Gathered {
    pub(super) feed: Feed,
    pub(super) feed_reply: Reply,
    pub(super) pages: Vec<Fetched>,
}

/// A page that was read and recognised.
pub(super) struct Fetched {
    pub(super) page: PageRef,
    pub(super) reply: Reply,
    pub(super) kind: Page,
}

/// Reads the feed and the pages of the operations that were asked for.
pub(super) async fn gather(options: &Options, kept: &Kept, progress: &Progress) -> anyhow::Result<Gathered> {
    let site = Site::new(options, progress)?;
    let (feed, feed_reply) = read_feed(&site).await?;
    let wanted = plan::wanted(&feed, &options.only)?;
    kept.agree(&feed, &options.only)?;
    progress.start(wanted.len());
    let pages = stream::iter(wanted)
        .map(|page| read_page(&site, page, progress))
        .buffered(options.limits.at_once)
        .try_collect()
        .await?;
    Ok(Gathered {
        feed,
        feed_reply,
        pages,
    })
}

async fn read_feed(site: &Site<'_>) -> Result<(Feed, Reply), Failure> {
    let reply = site.get("help feed", FEED_PATH).await?;
    let text = String::from_utf8_lossy(&reply.body);
    let feed = feed::parse(&text).map_err(|e| site.failure("help feed", FEED_PATH, Cause::Feed(e)))?;
    Ok((feed, reply))
}

async fn read_page(site: &Site<'_>, page: PageRef, progress: &Progress) -> Result<Fetched, Failure> {
    let what = page.to_string();
    let reply = site.get(&what, &page.path).await?;
    let kind = recognise(&reply.body, page.role).map_err(|cause| site.failure(&what, &page.path, cause))?;
    progress.page(&page, reply.body.len());
    Ok(Fetched { page, reply, kind })
}

fn recognise(body: &[u8], role: Role) -> Result<Page, Cause> {
    let page = Page::parse(body).map_err(Cause::NotAPage)?;
    let misplaced = match role {
        Role::Schema => matches!(page, Page::Example(_) | Page::Json(_)),
        Role::Example => matches!(page, Page::Schema(_)),
    };
    if misplaced {
        return Err(Cause::WrongKind {
            linked: role.name(),
            kind: page.kind(),
        });
    }
    Ok(page)
}
