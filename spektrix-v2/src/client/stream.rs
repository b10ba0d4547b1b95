//! Lists that are decoded while the response arrives.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::response::{decode_fault, over_limit};
use super::send::OpenResponse;
use super::{Call, Client};
use crate::error::{Error, Fault};
use crate::operation::{Operation, Paged};
use crate::runtime::{DecodeError, ListDecoder};

/// The items of a list, decoded while the response arrives.
///
/// [`Call::stream`] returns it. It is a [`Stream`]; [`next`](Self::next) reads it without another crate.
#[must_use = "nothing is sent until the stream is read"]
pub struct ItemStream<T>(Pin<Box<dyn Stream<Item = Result<T, Error>> + Send>>);

impl<T> ItemStream<T> {
    /// Returns the next item; `None` at the end, and after an error.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.0.as_mut().poll_next(context)).await
    }
}

impl<T: Send + 'static> ItemStream<T> {
    /// Creates the stream of a list that ends with an error after so many bytes.
    pub(super) fn new<O: Paged<Item = T> + 'static>(call: Call<O>, max_bytes: usize) -> Self {
        let items = stream::once(async move {
            let response = call.send_open().await?;
            let list = O::item_decoder(&call.client().0.decode_options);
            Ok(ItemReader::new(response, list, &call, max_bytes).into_items())
        });
        Self(items.try_flatten().boxed())
    }
}

impl<T> Stream for ItemStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ItemStream")
    }
}

/// The number of bytes that the decoder gets at a time. It copies them, so a large chunk is split.
const MAX_PUSH: usize = 64 * 1024;

/// Reads the items of an open response.
struct ItemReader<T> {
    response: OpenResponse,
    list: ListDecoder<T>,
    /// The bytes of the last chunk that the decoder has not received yet.
    pending: Bytes,
    is_at_end: bool,
    bytes: usize,
    max_bytes: usize,
    /// The limit for each wait.
    timeout: Duration,
    client: Client,
}

impl<T: Send + 'static> ItemReader<T> {
    fn new<O: Operation>(response: OpenResponse, list: ListDecoder<T>, call: &Call<O>, max_bytes: usize) -> Self {
        Self {
            response,
            list,
            pending: Bytes::new(),
            is_at_end: false,
            bytes: 0,
            max_bytes,
            timeout: call.time(),
            client: call.client().clone(),
        }
    }

    fn into_items(self) -> impl Stream<Item = Result<T, Error>> + Send {
        // Boxed, because `unfold` moves its state.
        stream::try_unfold(Box::new(self), |mut reader| async {
            match reader.next().await {
                Ok(Some(item)) => Ok(Some((item, reader))),
                Ok(None) => {
                    reader.complete();
                    Ok(None)
                }
                Err(fault) => Err(reader.response.fail(fault)),
            }
        })
    }

    async fn next(&mut self) -> Result<Option<T>, Fault> {
        loop {
            // Items that have arrived are returned before more bytes are read: memory is bounded by one item and one chunk.
            match self.list.next() {
                Some(Ok(item)) => return Ok(Some(item)),
                Some(Err(error)) => return Err(self.decode_fault(&error)),
                None if self.is_at_end => return Ok(None),
                None => self.push_more().await?,
            }
        }
    }

    fn complete(&self) {
        let (unknown, redactor) = (self.list.unknown(), &self.response.redactor);
        self.client
            .0
            .unknown
            .report(self.response.operation(), unknown, redactor);
        self.response.complete(self.bytes);
    }

    /// Gives the decoder more bytes, or the end.
    async fn push_more(&mut self) -> Result<(), Fault> {
        // Nothing is read ahead: a slow reader slows down the server, through the flow control of HTTP/2 or TCP.
        if self.pending.is_empty() {
            let Some(chunk) = self.next_chunk().await? else {
                self.list.finish();
                self.is_at_end = true;
                return Ok(());
            };
            self.bytes += chunk.len();
            if self.bytes > self.max_bytes {
                return Err(over_limit(self.response.response.status, self.max_bytes, self.bytes));
            }
            self.pending = chunk;
        }
        let length = self.pending.len().min(MAX_PUSH);
        self.list.push(&self.pending.split_to(length));
        Ok(())
    }

    async fn next_chunk(&mut self) -> Result<Option<Bytes>, Fault> {
        self.response.next_chunk(self.timeout).await
    }

    fn decode_fault(&self, error: &DecodeError) -> Fault {
        let remaining = self.list.remaining().as_bytes();
        decode_fault(self.response.response.status, error, remaining, &self.response.redactor)
    }
}
