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

use super::reset::ResetHandle;
use super::tasks::stopped;
use crate::faults::{Ending, ResponseBody};

pub(super) type HyperBody = UnsyncBoxBody<Bytes, Infallible>;

/// The maximum size of a chunk.
const MAX_CHUNK: usize = 64 * 1024;
/// How long to wait before a reset. A reset discards bytes that were written to the socket but not sent yet.
const DELAY_BEFORE_RESET: Duration = Duration::from_millis(50);

/// Converts a response for hyper.
pub(super) fn to_hyper(
    response: Response<ResponseBody>,
    reset: ResetHandle,
    stop: watch::Receiver<bool>,
) -> Response<HyperBody> {
    let (mut head, body) = response.into_parts();
    let body = if body.is_ordinary() {
        Full::new(body.content).boxed_unsync()
    } else {
        // Without this, a body in chunks would have other headers than a whole body.
        head.headers
            .insert(header::CONTENT_LENGTH, HeaderValue::from(body.length()));
        in_chunks(BodySender::new(body, reset, stop))
    };
    Response::from_parts(head, body)
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
    body: ResponseBody,
    /// The number of bytes to send before the ending.
    remaining: u64,
    sent: u64,
    reset: ResetHandle,
    stop: watch::Receiver<bool>,
}

impl BodySender {
    fn new(body: ResponseBody, reset: ResetHandle, stop: watch::Receiver<bool>) -> Self {
        let remaining = match body.ending {
            Ending::Complete => body.length(),
            Ending::Stall(after) | Ending::Reset(after) => body.length().min(to_u64(after)),
        };
        Self {
            body,
            remaining,
            sent: 0,
            reset,
            stop,
        }
    }

    /// Returns the next chunk after its pause. Returns `None` at the end of the body, and never returns after a reset.
    async fn next(&mut self) -> Option<Bytes> {
        if self.remaining == 0 {
            return self.end().await;
        }
        if let Some(drip) = self.body.drip.filter(|_| self.sent > 0) {
            tokio::time::sleep(drip.pause).await;
        }
        let chunk = self.chunk();
        self.remaining -= to_u64(chunk.len());
        self.sent += to_u64(chunk.len());
        Some(chunk)
    }

    async fn end(&mut self) -> Option<Bytes> {
        match self.body.ending {
            Ending::Complete => return None,
            // The reset ends the connection, so that a server that stops does not wait for it.
            Ending::Stall(_) => stopped(&mut self.stop).await,
            Ending::Reset(_) => tokio::time::sleep(DELAY_BEFORE_RESET).await,
        }
        self.reset.reset();
        pending().await
    }

    /// Returns the next chunk: from the content before the padding, from the padding, or from the content after it.
    fn chunk(&self) -> Bytes {
        let max = self.body.drip.map_or(MAX_CHUNK, |drip| drip.chunk.min(MAX_CHUNK));
        let max = max.min(to_usize(self.remaining));
        let content = &self.body.content;
        let slice = |start: usize, end: usize| content.slice(start..end.min(start.saturating_add(max)));
        let Some(padding) = self.body.padding else {
            return slice(to_usize(self.sent), content.len());
        };
        let start = to_u64(padding.at);
        let remaining_letters = start.saturating_add(padding.letters).saturating_sub(self.sent);
        if self.sent < start {
            slice(to_usize(self.sent), padding.at)
        } else if remaining_letters > 0 {
            Bytes::from(vec![b'x'; max.min(to_usize(remaining_letters))])
        } else {
            slice(to_usize(self.sent - padding.letters), content.len())
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

    use super::{BodySender, Bytes, Duration, Ending, ResetHandle, ResponseBody, watch};
    use crate::faults::{Drip, Padding};

    async fn chunks(body: ResponseBody) -> Vec<Vec<u8>> {
        let mut sender = BodySender::new(body, ResetHandle::new(), watch::Sender::new(false).subscribe());
        let mut chunks = Vec::new();
        while sender.remaining > 0 {
            let chunk = sender.next().await.expect("a chunk");
            chunks.push(chunk.to_vec());
        }
        chunks
    }

    #[tokio::test]
    async fn a_body_is_sent_in_the_requested_chunks() {
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
            let chunks = chunks(body).await;
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
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
            let expected = expected(&body);
            let max = body.drip.map_or(usize::MAX, |drip| drip.chunk);
            let chunks = runtime.block_on(chunks(body));
            prop_assert!(chunks.iter().all(|chunk| (1..=max).contains(&chunk.len())));
            prop_assert_eq!(chunks.concat(), expected);
        }
    }
}
