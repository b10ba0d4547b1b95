//! Sends response bodies: whole, in chunks with pauses, or not to their end.

use std::convert::Infallible;
use std::future::pending;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use http::{HeaderValue, Response, header};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::Frame;
use tokio::sync::watch;

use super::connection_end::{ConnectionEnd, ConnectionHandle};
use super::tasks::stopped;
use crate::api::{ContentCoding, Encoder};
use crate::faults::{Drip, Ending, Padding, ResponseBody};

pub(super) type HyperBody = UnsyncBoxBody<Bytes, Infallible>;

/// The maximum size of a chunk.
const MAX_CHUNK: usize = 64 * 1024;
/// How long to wait before a reset. A reset discards bytes that were written to the socket but not sent yet.
const DELAY_BEFORE_RESET: Duration = Duration::from_millis(50);

/// Converts a response for hyper.
pub(super) fn to_hyper(
    response: Response<ResponseBody>,
    handle: ConnectionHandle,
    stop: watch::Receiver<bool>,
) -> Response<HyperBody> {
    let (mut head, body) = response.into_parts();
    let body = match (body.coding, body.is_ordinary()) {
        (None, true) => Full::new(body.content).boxed_unsync(),
        (Some(coding), true) => Full::new(compressed(&body.content, coding)).boxed_unsync(),
        (None, false) => {
            // Without this, a body in chunks would have other headers than a whole body.
            head.headers
                .insert(header::CONTENT_LENGTH, HeaderValue::from(body.length()));
            in_chunks(BodySender::new(body, handle, stop))
        }
        // The length is only known when the body was sent.
        (Some(_), false) => in_chunks(BodySender::new(body, handle, stop)),
    };
    Response::from_parts(head, body)
}

/// Compresses a whole body.
fn compressed(content: &[u8], coding: ContentCoding) -> Bytes {
    let mut encoder = Encoder::new(coding);
    let chunks = encoder.encode(content).and_then(|start| Ok([start, encoder.finish()?]));
    // Writing to memory does not fail.
    chunks.map(|chunks| chunks.concat().into()).unwrap_or_default()
}

fn in_chunks(sender: BodySender) -> HyperBody {
    let chunks = stream::unfold(sender, |mut sender| async {
        let chunk = sender.next().await?;
        Some((Ok(Frame::data(chunk)), sender))
    });
    StreamBody::new(chunks).boxed_unsync()
}

/// A body that is being sent.
struct BodySender {
    source: Source,
    encoder: Option<Encoder>,
    drip: Option<Drip>,
    ending: Ending,
    /// What is ready to be sent.
    ready: Bytes,
    sent: u64,
    handle: ConnectionHandle,
    stop: watch::Receiver<bool>,
}

impl BodySender {
    fn new(body: ResponseBody, handle: ConnectionHandle, stop: watch::Receiver<bool>) -> Self {
        Self {
            encoder: body.coding.map(Encoder::new),
            drip: body.drip,
            ending: body.ending,
            ready: Bytes::new(),
            sent: 0,
            handle,
            stop,
            source: Source::new(body),
        }
    }

    /// Returns the next chunk after its pause. Returns `None` at the end of the body, and never returns after a reset.
    async fn next(&mut self) -> Option<Bytes> {
        let is_first = self.sent == 0;
        let Some(chunk) = self.take_chunk() else {
            return self.end().await;
        };
        if let Some(drip) = self.drip.filter(|_| !is_first) {
            tokio::time::sleep(drip.pause).await;
        }
        Some(chunk)
    }

    async fn end(&mut self) -> Option<Bytes> {
        match self.ending {
            Ending::Complete => return None,
            // The reset ends the connection, so that a server that stops does not wait for it.
            Ending::Stall(_) => stopped(&mut self.stop).await,
            Ending::Reset(_) => tokio::time::sleep(DELAY_BEFORE_RESET).await,
        }
        self.handle.end(ConnectionEnd::Reset);
        pending().await
    }

    /// Returns the next chunk, or `None` where sending ends.
    fn take_chunk(&mut self) -> Option<Bytes> {
        let remaining = match self.ending {
            Ending::Complete => u64::MAX,
            Ending::Stall(after) | Ending::Reset(after) => to_u64(after).saturating_sub(self.sent),
        };
        let max = self.drip.map_or(MAX_CHUNK, |drip| drip.chunk.min(MAX_CHUNK));
        let max = max.min(to_usize(remaining));
        if max == 0 || !self.prepare() {
            return None;
        }
        let chunk = self.ready.split_to(max.min(self.ready.len()));
        self.sent += to_u64(chunk.len());
        Some(chunk)
    }

    /// Makes the next bytes ready. Returns `false` at the end of the body.
    fn prepare(&mut self) -> bool {
        while self.ready.is_empty() {
            // Writing to memory does not fail. If it did, the body would end early.
            self.ready = match (self.source.next_chunk(), &mut self.encoder) {
                (Some(chunk), None) => chunk,
                (Some(chunk), Some(encoder)) => encoder.encode(&chunk).unwrap_or_default(),
                (None, encoder) => match encoder.take() {
                    Some(encoder) => encoder.finish().unwrap_or_default(),
                    None => return false,
                },
            };
        }
        true
    }
}

/// A body before it is compressed.
struct Source {
    content: Bytes,
    padding: Option<Padding>,
    length: u64,
    position: u64,
}

impl Source {
    fn new(body: ResponseBody) -> Self {
        Self {
            length: body.length(),
            content: body.content,
            padding: body.padding,
            position: 0,
        }
    }

    /// Returns the next chunk: from the content before the padding, from the padding, or from the content after it.
    fn next_chunk(&mut self) -> Option<Bytes> {
        if self.position >= self.length {
            return None;
        }
        let chunk = self.chunk();
        self.position += to_u64(chunk.len());
        Some(chunk)
    }

    fn chunk(&self) -> Bytes {
        let content = &self.content;
        let slice = |start: usize, end: usize| content.slice(start..end.min(start.saturating_add(MAX_CHUNK)));
        let Some(padding) = self.padding else {
            return slice(to_usize(self.position), content.len());
        };
        let start = to_u64(padding.at);
        let remaining_letters = start.saturating_add(padding.letters).saturating_sub(self.position);
        if self.position < start {
            slice(to_usize(self.position), padding.at)
        } else if remaining_letters > 0 {
            Bytes::from(vec![b'x'; MAX_CHUNK.min(to_usize(remaining_letters))])
        } else {
            slice(to_usize(self.position - padding.letters), content.len())
        }
    }
}

fn to_u64(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

fn to_usize(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::option;
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::{BodySender, Bytes, ConnectionHandle, Drip, Duration, Ending, Padding, ResponseBody, watch};

    fn chunks(body: ResponseBody) -> Vec<Vec<u8>> {
        let mut sender = BodySender::new(body, ConnectionHandle::new(), watch::Sender::new(false).subscribe());
        std::iter::from_fn(|| sender.take_chunk().map(|chunk| chunk.to_vec())).collect()
    }

    #[test]
    fn a_body_is_sent_in_the_requested_chunks() {
        let plain = ResponseBody::from(Bytes::from("abcdefg"));
        let drip = |chunk| {
            Some(Drip {
                chunk,
                pause: Duration::ZERO,
            })
        };
        let padding = |at, letters| Some(Padding { at, letters });
        let cases = [
            (plain.clone(), vec!["abcdefg"]),
            (
                ResponseBody {
                    drip: drip(3),
                    ..plain.clone()
                },
                vec!["abc", "def", "g"],
            ),
            (
                ResponseBody {
                    padding: padding(2, 3),
                    ..plain.clone()
                },
                vec!["ab", "xxx", "cdefg"],
            ),
            (
                ResponseBody {
                    padding: padding(0, 1),
                    ..plain.clone()
                },
                vec!["x", "abcdefg"],
            ),
            (
                ResponseBody {
                    padding: padding(7, 3),
                    drip: drip(2),
                    ..plain.clone()
                },
                vec!["ab", "cd", "ef", "g", "xx", "x"],
            ),
            (
                ResponseBody {
                    ending: Ending::Stall(4),
                    drip: drip(3),
                    ..plain.clone()
                },
                vec!["abc", "d"],
            ),
            (
                ResponseBody {
                    ending: Ending::Reset(0),
                    ..plain.clone()
                },
                vec![],
            ),
            (
                ResponseBody {
                    ending: Ending::Reset(4),
                    padding: padding(2, 3),
                    ..plain.clone()
                },
                vec!["ab", "xx"],
            ),
            (
                ResponseBody {
                    ending: Ending::Reset(99),
                    ..plain
                },
                vec!["abcdefg"],
            ),
        ];
        for (body, expected) in cases {
            let description = format!("{body:?}");
            let chunks = chunks(body);
            let chunks: Vec<_> = chunks
                .iter()
                .map(|chunk| str::from_utf8(chunk).expect("UTF-8"))
                .collect();
            assert_eq!(chunks, expected, "{description}");
        }
    }

    /// Generates bodies with padding and an ending at any position, and chunks of any size.
    fn bodies() -> impl Strategy<Value = ResponseBody> {
        let content = proptest::collection::vec(any::<u8>(), 0..40);
        let padding = option::of((any::<Index>(), 0_u64..20));
        let ending = (0_usize..3, 0_usize..70);
        let drip = option::of(1_usize..9);
        (content, padding, ending, drip).prop_map(|(content, padding, (ending, after), chunk)| ResponseBody {
            padding: padding.map(|(at, letters)| Padding {
                at: at.index(content.len() + 1),
                letters,
            }),
            content: content.into(),
            drip: chunk.map(|chunk| Drip {
                chunk,
                pause: Duration::ZERO,
            }),
            ending: [Ending::Complete, Ending::Stall(after), Ending::Reset(after)][ending],
            coding: None,
        })
    }

    /// Returns the bytes that should arrive. A reference implementation that builds the whole body in memory.
    fn expected(body: &ResponseBody) -> Vec<u8> {
        let mut bytes = body.content.to_vec();
        if let Some(Padding { at, letters }) = body.padding {
            bytes.splice(at..at, (0..letters).map(|_| b'x'));
        }
        if let Ending::Stall(after) | Ending::Reset(after) = body.ending {
            bytes.truncate(after);
        }
        bytes
    }

    proptest! {
        #[test]
        fn all_chunks_together_are_the_body(body in bodies()) {
            let expected = expected(&body);
            let max = body.drip.map_or(usize::MAX, |drip| drip.chunk);
            let chunks = chunks(body);
            prop_assert!(chunks.iter().all(|chunk| (1..=max).contains(&chunk.len())));
            prop_assert_eq!(chunks.concat(), expected);
        }
    }
}
