//! A call: an operation with the client that sends it, configured and then awaited.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::Client;
use super::call_options::CallOptions;
use super::response::CompleteResponse;
use super::send::OpenResponse;
use crate::error::{Error, ErrorContext, Fault};
use crate::operation::Operation;
use crate::retry::Retry;
use crate::session_state::SessionState;

/// An operation together with the client, and possibly the session, that sends it.
///
/// Nothing is sent before the call is awaited. Operations that return lists have several ways to read them:
///
/// | you want | call | requests | type |
/// |---|---|---|---|
/// | the first items (10 unless [`limit`](Self::limit) is set) | `.await` | 1 | `Vec` of items |
/// | all items in memory | [`all()`](Self::all)`.await` | 1 | `Vec` of items |
/// | all items, one at a time, fetched page by page | [`items()`](Self::items) | 1 per page | [`Paging`](crate::Paging) of items |
/// | all items, one page at a time | [`pages()`](Self::pages) | 1 per page | [`Paging`](crate::Paging) of pages |
/// | all items, one at a time, decoded while the response arrives | [`stream()`](Self::stream) | 1 | [`ItemStream`](crate::ItemStream) |
///
/// ```no_run
/// # async fn example() -> Result<(), spektrix_v2::Error> {
/// use spektrix_v2::{Client, operations::GetEvents};
///
/// let client = Client::from_env()?;
/// let first = client.call(GetEvents::new()).limit(20).await?;
/// let all = client.call(GetEvents::new()).all().await?;
/// assert!(first.len() <= all.len());
/// # Ok(())
/// # }
/// ```
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<O> {
    client: Client,
    session: Option<Arc<SessionState>>,
    options: CallOptions,
    operation: O,
}

impl<O: Operation> Call<O> {
    pub(super) fn new(client: Client, operation: O) -> Self {
        Self {
            client,
            session: None,
            options: CallOptions::default(),
            operation,
        }
    }

    /// Returns the operation that will be sent.
    pub fn operation(&self) -> &O {
        &self.operation
    }

    /// Sends the operation. Awaiting the call does the same.
    pub async fn send(&self) -> Result<O::Response, Error> {
        // Only the decoding depends on the operation. The rest is compiled once for all operations.
        self.send_complete().await?.decode::<O>(&self.client)
    }

    /// Sets the retry policy of this call. See [`Retry`] for what it means for a write.
    pub fn retry(mut self, policy: Retry) -> Self {
        self.options.retry = Some(policy);
        self
    }

    /// Sets how long this call may take, instead of the client's [`timeout`](crate::ClientBuilder::timeout).
    ///
    /// ```no_run
    /// # async fn example(client: spektrix_v2::Client) -> Result<(), spektrix_v2::Error> {
    /// use std::time::Duration;
    ///
    /// let instances = client.instances().timeout(Duration::from_secs(120)).all().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn timeout(mut self, time: Duration) -> Self {
        self.options.timeout = Some(time);
        self
    }

    /// Sends this call without retries.
    pub fn no_retry(self) -> Self {
        self.retry(Retry::none())
    }

    /// Changes the operation.
    pub(crate) fn map(mut self, change: impl FnOnce(O) -> O) -> Self {
        self.operation = change(self.operation);
        self
    }

    /// Makes the call in a session.
    pub(crate) fn within(mut self, session: Arc<SessionState>) -> Self {
        self.session = Some(session);
        self
    }

    pub(super) fn operation_mut(&mut self) -> &mut O {
        &mut self.operation
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the policy of retries of a read.
    pub(crate) fn retry_policy(&self) -> Retry {
        self.options.retry.unwrap_or(self.client.0.retry)
    }

    /// Returns how long the call may take, or each wait of a stream.
    pub(super) fn time(&self) -> Duration {
        self.options.timeout.unwrap_or(self.client.0.timeout)
    }

    /// Sends the operation, and waits for the complete response.
    pub(super) async fn send_complete(&self) -> Result<CompleteResponse, Error> {
        let session = self.session.as_deref();
        self.client.send_complete(&self.operation, session, self.options).await
    }

    /// Sends the operation, and waits for the headers of the response.
    pub(super) async fn send_open(&self) -> Result<OpenResponse, Error> {
        let session = self.session.as_deref();
        self.client.send_open(&self.operation, session, self.options).await
    }

    /// Returns the error for a fault after the response was decoded.
    pub(super) fn error(&self, fault: Fault) -> Error {
        let with_session = self.session.as_ref().is_some_and(|session| session.has_started());
        Error::during(ErrorContext::new(O::INFO, with_session), fault)
    }
}

impl<O: Operation + 'static> IntoFuture for Call<O> {
    type Output = Result<O::Response, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        // In a box, because the type of an `async fn` has no name.
        Box::pin(async move { self.send().await })
    }
}

impl<O: Clone> Clone for Call<O> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            session: self.session.clone(),
            options: self.options,
            operation: self.operation.clone(),
        }
    }
}

/// Shows the name of the operation, not its values: they may be a customer's data.
impl<O: Operation> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &O::INFO.name)
            .field("session", &self.session)
            .finish_non_exhaustive()
    }
}
