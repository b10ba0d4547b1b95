//! Long lists: fetched part by part, as they are asked for.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::Call;
use crate::error::Error;
use crate::operation::Paged;

/// A list that is fetched as it is read: a stream of items, or of pages of them.
///
/// Made by [`Call::items`] and [`Call::pages`]. It is a [`Stream`]; [`next`](Self::next) reads it without another crate.
#[must_use = "nothing is fetched until the stream is read"]
pub struct Paging<T>(Pin<Box<dyn Stream<Item = Result<T, Error>> + Send>>);

impl<T> Paging<T> {
    /// The next one; `None` at the end, and after an error.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.0.as_mut().poll_next(context)).await
    }

    pub(super) fn items<O: Paged<Item = T> + 'static>(call: Call<O>) -> Self
    where
        T: Send + 'static,
    {
        let items = pages(call).map_ok(|page| stream::iter(page.into_iter().map(Ok)));
        Self(Box::pin(items.try_flatten()))
    }
}

impl<T: Send + 'static> Paging<Vec<T>> {
    pub(super) fn pages<O: Paged<Item = T> + 'static>(call: Call<O>) -> Self {
        Self(pages(call).boxed())
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
    stream::try_unfold(Some(Position::new(call)), |position| async {
        match position {
            Some(position) => position.next_page().await,
            None => Ok(None),
        }
    })
}

/// How far the reading has come.
struct Position<O> {
    call: Call<O>,
    offset: u32,
    limit: u32,
    /// The fingerprint of the page before.
    before: Option<u64>,
}

/// A page, and where to go on from there if it was not the last.
type Step<O> = (Vec<<O as Paged>::Item>, Option<Position<O>>);

impl<O: Paged> Position<O> {
    const DEFAULT_LIMIT: u32 = 100;

    fn new(call: Call<O>) -> Self {
        let page = call.operation().page();
        Self {
            offset: page.offset.unwrap_or(0),
            limit: page.limit.unwrap_or(Self::DEFAULT_LIMIT),
            before: None,
            call,
        }
    }

    async fn next_page(mut self) -> Result<Option<Step<O>>, Error> {
        let part = self.call.part(self.offset, self.limit);
        let (items, fingerprint) = part.fetch().await?;
        // A server that ignores `offset` would send the first part for ever.
        if !items.is_empty() && self.before == Some(fingerprint) {
            return Err(part.no_progress(self.offset));
        }
        let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
        if count == 0 {
            return Ok(None);
        }
        if count < self.limit {
            return Ok(Some((items, None)));
        }
        // By what came, not by what was asked for: a server may send more than the limit.
        self.offset = self.offset.saturating_add(count);
        self.before = Some(fingerprint);
        Ok(Some((items, Some(self))))
    }
}
