//! Lists: the ways to read them, and fetching them page by page.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::progress::{NoProgress, Progress};
use super::{Call, ItemStream};
use crate::error::{Error, Fault};
use crate::operation::{Page, Paged};

/// Lists. See the [table](Call) of the ways to read them.
impl<O: Paged> Call<O> {
    /// Sets the maximum number of items. For [`items`](Self::items) and [`pages`](Self::pages) it is the number of items per
    /// request.
    pub fn limit(mut self, items: u32) -> Self {
        self.operation_mut().page_mut().limit = Some(items);
        self
    }

    /// Skips the first `items` items.
    pub fn offset(mut self, items: u32) -> Self {
        self.operation_mut().page_mut().offset = Some(items);
        self
    }

    /// Returns all items, in one request. A limit or offset is ignored.
    pub async fn all(self) -> Result<Vec<O::Item>, Error> {
        self.for_all_items().send().await
    }

    fn for_all_items(mut self) -> Self {
        // `all` excludes a limit and an offset.
        *self.operation_mut().page_mut() = Page {
            all: Some(true),
            ..Page::default()
        };
        self
    }

    fn for_page(&self, offset: u32, limit: u32) -> Self {
        let mut call = self.clone();
        *call.operation_mut().page_mut() = Page {
            offset: Some(offset),
            limit: Some(limit),
            all: None,
        };
        call
    }
}

impl<O: Paged + 'static> Call<O>
where
    O::Item: 'static,
{
    /// Returns all items, fetched page by page as they are read.
    ///
    /// Each page is one request for [`limit`](Self::limit) items, 100 by default, until a page is empty. Nothing is fetched
    /// ahead. Dropping the stream stops it, and an error ends it: also if the service sends the same items again and again.
    /// No item is returned twice, if items have identifiers, which are kept in memory for that. If the list changes between
    /// two requests, an item may be missing, because `offset` counts from the start of the list.
    ///
    /// ```no_run
    /// # async fn example(client: spektrix_v2::Client) -> Result<(), spektrix_v2::Error> {
    /// use spektrix_v2::operations::GetEvents;
    ///
    /// let mut events = client.call(GetEvents::new()).items();
    /// while let Some(event) = events.next().await {
    ///     println!("{}", event?.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items(self) -> Paging<O::Item> {
        // A page becomes a stream of its items. `try_flatten` does not fetch the next page before that stream has ended.
        let items = pages(self).map_ok(|page| stream::iter(page.into_iter().map(Ok)));
        Paging(Box::pin(items.try_flatten()))
    }

    /// Returns the same items as [`items`](Self::items), one page at a time. A page has at least one item.
    pub fn pages(self) -> Paging<Vec<O::Item>> {
        Paging(pages(self).boxed())
    }

    /// Returns all items, requested in one request and decoded while the response arrives. A limit or offset is ignored.
    ///
    /// Only the current item is kept in memory, so a list may have any length. Each item may have up to
    /// [`max_item_bytes`](crate::DecodeOptions::max_item_bytes). An error ends the stream, and items may precede it.
    /// Dropping the stream cancels the rest of the response.
    ///
    /// The client's [`timeout`](crate::ClientBuilder::timeout) is the limit for the response headers, and then for each wait
    /// for more data. The stream as a whole may take any time. The time between two reads of the stream does not count, but
    /// the service may close the connection if it is long.
    ///
    /// ```no_run
    /// # async fn example(client: spektrix_v2::Client) -> Result<(), spektrix_v2::Error> {
    /// use spektrix_v2::operations::GetInstances;
    ///
    /// let mut instances = client.call(GetInstances::new()).stream();
    /// while let Some(instance) = instances.next().await {
    ///     println!("{}", instance?.start);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn stream(self) -> ItemStream<O::Item> {
        ItemStream::new(self.for_all_items(), usize::MAX)
    }

    /// Like [`stream`](Self::stream), for items that are kept: the list may be so many times as long as a response that is
    /// decoded as a whole.
    pub(crate) fn stream_within(self, responses: usize) -> ItemStream<O::Item> {
        let max_bytes = self.client().0.decode_options.max_bytes.saturating_mul(responses);
        ItemStream::new(self.for_all_items(), max_bytes)
    }
}

/// A list that is fetched while it is read: a stream of items, or of pages of items.
///
/// [`Call::items`] and [`Call::pages`] return it. It is a [`Stream`]; [`next`](Self::next) reads it without another crate.
#[must_use = "nothing is fetched until the stream is read"]
pub struct Paging<T>(Pin<Box<dyn Stream<Item = Result<T, Error>> + Send>>);

impl<T> Paging<T> {
    /// Returns the next item or page; `None` at the end, and after an error.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.0.as_mut().poll_next(context)).await
    }
}

impl<T> Stream for Paging<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl<T> fmt::Debug for Paging<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Paging")
    }
}

fn pages<O: Paged + 'static>(call: Call<O>) -> impl Stream<Item = Result<Vec<O::Item>, Error>> + Send
where
    O::Item: 'static,
{
    stream::try_unfold(Some(NextPage::first(call)), |next| async {
        match next {
            Some(next) => next.fetch().await,
            None => Ok(None),
        }
    })
}

/// The page that is fetched next.
struct NextPage<O> {
    call: Call<O>,
    offset: u32,
    limit: u32,
    progress: Progress,
}

/// A page, and the one that follows.
type PageAndNext<O> = (Vec<<O as Paged>::Item>, Option<NextPage<O>>);

impl<O: Paged> NextPage<O> {
    const DEFAULT_LIMIT: u32 = 100;

    fn first(call: Call<O>) -> Self {
        let page = call.operation().page();
        Self {
            offset: page.offset.unwrap_or(0),
            limit: page.limit.unwrap_or(Self::DEFAULT_LIMIT),
            progress: Progress::default(),
            call,
        }
    }

    /// Fetches the next page that has new items; `None` after an empty page. A short page is not the last one: the service
    /// may allow fewer items than requested, or leave some out after it has cut the page.
    async fn fetch(mut self) -> Result<Option<PageAndNext<O>>, Error> {
        loop {
            let offset = self.offset;
            let response = self.call.for_page(offset, self.limit).send_complete().await?;
            let items = response.decode_page::<O>(self.call.client(), self.progress.has_items())?;
            let Ok(count @ 1..) = u32::try_from(items.len()) else {
                return Ok(None);
            };
            // The offset counts the items that came, not those that were requested. So it is never ahead of the list, and
            // where it is behind, because items were left out, some come twice.
            self.offset = offset.saturating_add(count);
            let new = self.progress.new_items::<O>(items, count >= self.limit);
            let new = new.map_err(|NoProgress| self.call.error(Fault::NoProgress { offset }))?;
            if !new.is_empty() {
                return Ok(Some((new, Some(self))));
            }
        }
    }
}
