//! A call: an operation on its way, to be refined and then awaited.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use super::answer::Answer;
use super::send::Open;
use super::{Client, ItemStream, Paging};
use crate::error::{Error, Fault, Tried};
use crate::operation::{Operation, Page, Paged};
use crate::retry::Retry;
use crate::session_state::State;

/// An operation together with the client, and perhaps the session, that sends it.
///
/// Nothing is sent until it is awaited. Operations that answer with a list can also be read
/// [at once](Self::all), at once and [item by item](Self::stream), or fetched part by part, as
/// [items](Self::items) or [pages](Self::pages).
///
/// ```no_run
/// # async fn example() -> Result<(), spektrix_v2::Error> {
/// use spektrix_v2::{Client, operations::GetEvents};
///
/// let client = Client::from_env()?;
/// let first = client.call(GetEvents::new()).limit(10).await?;
/// let every = client.call(GetEvents::new()).all().await?;
/// assert!(first.len() <= every.len());
/// # Ok(())
/// # }
/// ```
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<O> {
    client: Client,
    session: Option<Arc<State>>,
    retry: Option<Retry>,
    operation: O,
}

impl<O: Operation> Call<O> {
    pub(super) fn new(client: Client, operation: O) -> Self {
        Self {
            client,
            session: None,
            retry: None,
            operation,
        }
    }

    /// The operation as it would be sent.
    pub fn operation(&self) -> &O {
        &self.operation
    }

    /// Sends it. Awaiting the call does the same.
    pub async fn send(&self) -> Result<O::Response, Error> {
        self.answer().await?.decode::<O>(&self.client)
    }

    async fn answer(&self) -> Result<Answer, Error> {
        let session = self.session.as_deref();
        self.client.exchange(&self.operation, session, self.retry).await
    }

    /// Tries this call again by a policy of its own. See [`Retry`] for what that means for a write.
    pub fn retry(mut self, policy: Retry) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Sends this call once, come what may.
    pub fn no_retry(self) -> Self {
        self.retry(Retry::none())
    }

    /// The same call with another operation in the place of this one.
    pub(crate) fn map(mut self, change: impl FnOnce(O) -> O) -> Self {
        self.operation = change(self.operation);
        self
    }

    pub(crate) fn within(mut self, session: Arc<State>) -> Self {
        self.session = Some(session);
        self
    }
}

/// Lists.
impl<O: Paged> Call<O> {
    /// Asks for at most this many items; of [`items`](Self::items) and [`pages`](Self::pages) it sets how many come
    /// with each request.
    pub fn limit(mut self, items: u32) -> Self {
        self.operation.page_mut().limit = Some(items);
        self
    }

    /// Passes over this many items at the beginning.
    pub fn offset(mut self, items: u32) -> Self {
        self.operation.page_mut().offset = Some(items);
        self
    }

    /// Asks for everything, in one answer, whatever limit or offset was set before.
    pub async fn all(self) -> Result<Vec<O::Item>, Error> {
        self.for_everything().send().await
    }

    fn for_everything(mut self) -> Self {
        *self.operation.page_mut() = Page {
            all: Some(true),
            ..Page::default()
        };
        self
    }

    /// Sends it, and waits for the head of the answer.
    pub(super) async fn open(&self) -> Result<Open, Error> {
        let session = self.session.as_deref();
        self.client.open(&self.operation, session, self.retry).await
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// The same call for one part of the list.
    pub(super) fn part(&self, offset: u32, limit: u32) -> Self {
        let mut operation = self.operation.clone();
        *operation.page_mut() = Page {
            offset: Some(offset),
            limit: Some(limit),
            all: None,
        };
        let client = self.client.clone();
        let session = self.session.clone();
        Self {
            client,
            session,
            retry: self.retry,
            operation,
        }
    }

    /// The items of one part, with a fingerprint of the body that they came in.
    pub(super) async fn fetch(&self) -> Result<(Vec<O::Item>, u64), Error> {
        let answer = self.answer().await?;
        let items = answer.decode::<O>(&self.client)?;
        Ok((items, answer.fingerprint()))
    }

    /// The error for a part that came before.
    pub(super) fn no_progress(&self, offset: u32) -> Error {
        let with_session = self.session.as_ref().is_some_and(|session| session.has_begun());
        let tried = Tried::new(O::INFO, with_session);
        Error::during(tried, Fault::NoProgress { offset })
    }
}

impl<O: Paged + 'static> Call<O>
where
    O::Item: 'static,
{
    /// Every item, fetched page by page as they are asked for.
    ///
    /// Each page is one request for [`limit`](Self::limit) items, 100 unless set. Nothing is fetched ahead;
    /// dropping the stream stops it, and an error ends it. No item comes twice because a request was repeated. Should the
    /// list change between two requests, an item may be missed or come again: `offset` counts from the beginning.
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
        Paging::items(self)
    }

    /// Every item, asked for at once and read while the answer is still on its way, whatever limit or offset was set
    /// before.
    ///
    /// Only the item that is just arriving is held in memory, so that a list may be of any length. Each item may have
    /// up to [`max_item_bytes`](crate::DecodeOptions::max_item_bytes). An error ends the stream; items may have
    /// come before it. Dropping the stream gives up the rest of the answer.
    ///
    /// The client's [`timeout`](crate::ClientBuilder::timeout) is for the head of the answer, and then for each wait
    /// for more of it; a stream may take any time as long as it goes on. The time in which nothing is asked of the
    /// stream does not count, but the service may lose patience.
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
        ItemStream::new(self.for_everything())
    }

    /// The same as [`items`](Self::items), as pages: each with at least one item.
    pub fn pages(self) -> Paging<Vec<O::Item>> {
        Paging::pages(self)
    }
}

impl<O: Operation + 'static> IntoFuture for Call<O> {
    type Output = Result<O::Response, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.send().await })
    }
}

impl<O: Clone> Clone for Call<O> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            session: self.session.clone(),
            retry: self.retry,
            operation: self.operation.clone(),
        }
    }
}

/// Shows which operation, not its values: they may belong to a customer.
impl<O: Operation> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &O::INFO.name)
            .field("session", &self.session)
            .finish_non_exhaustive()
    }
}
