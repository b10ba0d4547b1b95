//! Long lists: asked for at once, and read item by item from the connection.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::answer::decode_fault;
use super::attempt::transport_fault;
use super::send::Open;
use super::{Call, Client};
use crate::error::{Error, Fault};
use crate::operation::Paged;
use crate::runtime::{DecodeError, ListDecoder};

/// The items of a list, read while its answer is still on its way.
///
/// Made by [`Call::stream`]. It is a [`Stream`]; [`next`](Self::next) reads it without another crate.
#[must_use = "nothing is sent until the stream is read"]
pub struct ItemStream<T>(Pin<Box<dyn Stream<Item = Result<T, Error>> + Send>>);

impl<T> ItemStream<T> {
    /// The next item; `None` at the end, and after an error.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.0.as_mut().poll_next(context)).await
    }
}

impl<T: Send + 'static> ItemStream<T> {
    pub(super) fn new<O: Paged<Item = T> + 'static>(call: Call<O>) -> Self {
        let reading = stream::once(async move {
            let answer = call.open().await?;
            let list = O::item_decoder(&call.client().0.decode_options);
            Ok(Reading::new(answer, list, call.client()).into_items())
        });
        Self(reading.try_flatten().boxed())
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

/// The list copies what it is given: of a large piece it is given a part at a time.
const PART: usize = 64 * 1024;

/// An answer being read.
struct Reading<T> {
    answer: Open,
    list: ListDecoder<T>,
    /// What has arrived and is not given to the list yet.
    waiting: Bytes,
    is_at_end: bool,
    bytes: usize,
    client: Client,
}

impl<T: Send + 'static> Reading<T> {
    fn new(answer: Open, list: ListDecoder<T>, client: &Client) -> Self {
        Self {
            answer,
            list,
            waiting: Bytes::new(),
            is_at_end: false,
            bytes: 0,
            client: client.clone(),
        }
    }

    fn into_items(self) -> impl Stream<Item = Result<T, Error>> + Send {
        stream::try_unfold(Box::new(self), |mut reading| async {
            match reading.next().await {
                Ok(Some(item)) => Ok(Some((item, reading))),
                Ok(None) => {
                    reading.end();
                    Ok(None)
                }
                Err(fault) => Err(reading.answer.fail(fault)),
            }
        })
    }

    async fn next(&mut self) -> Result<Option<T>, Fault> {
        loop {
            match self.list.next() {
                Some(Ok(item)) => return Ok(Some(item)),
                Some(Err(error)) => return Err(self.decode_fault(&error)),
                None if self.is_at_end => return Ok(None),
                None => self.feed().await?,
            }
        }
    }

    fn end(&self) {
        let unknown = &self.client.0.unknown;
        unknown.tell(self.answer.operation(), self.list.unknown(), &self.answer.redactor);
        self.answer.end(self.bytes);
    }

    async fn feed(&mut self) -> Result<(), Fault> {
        if self.waiting.is_empty() {
            let Some(piece) = self.next_piece().await? else {
                self.list.finish();
                self.is_at_end = true;
                return Ok(());
            };
            self.bytes += piece.len();
            self.waiting = piece;
        }
        let len = self.waiting.len().min(PART);
        self.list.push(&self.waiting.split_to(len));
        Ok(())
    }

    async fn next_piece(&mut self) -> Result<Option<Bytes>, Fault> {
        let piece = tokio::time::timeout(self.client.0.timeout, self.answer.response.body.try_next()).await;
        let piece = piece.map_err(|_| Fault::Stalled(self.client.0.timeout))?;
        piece.map_err(|error| transport_fault(&error, &self.answer.redactor))
    }

    fn decode_fault(&self, error: &DecodeError) -> Fault {
        let unread = self.list.remaining().as_bytes();
        decode_fault(self.answer.response.status, error, unread, &self.answer.redactor)
    }
}
