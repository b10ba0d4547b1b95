//! Sends a body as its delivery says: at once, in pieces, or not to the end.

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

use super::accept::stop;
use super::cut::Cut;
use crate::faults::{Delivery, Ending};

pub(super) type SentBody = UnsyncBoxBody<Bytes, Infallible>;

/// As large as a piece gets that is made while it is sent.
const PIECE: usize = 64 * 1024;
/// What was handed to the connection is given this long to leave it before a reset, which would overtake it.
const GRACE: Duration = Duration::from_millis(50);

/// The response as hyper takes it.
pub(super) fn sent(response: Response<Delivery>, cut: Cut, stopped: watch::Receiver<bool>) -> Response<SentBody> {
    let (mut head, delivery) = response.into_parts();
    let body = if delivery.is_ordinary() {
        Full::new(delivery.content).boxed_unsync()
    } else {
        // A body that comes in pieces has the same head as one that comes whole.
        head.headers
            .insert(header::CONTENT_LENGTH, HeaderValue::from(delivery.length()));
        in_pieces(Sending::new(delivery, cut, stopped))
    };
    Response::from_parts(head, body)
}

fn in_pieces(sending: Sending) -> SentBody {
    let pieces = stream::unfold(sending, |mut sending| async {
        let piece = sending.next().await?;
        Some((Ok(Frame::data(piece)), sending))
    });
    StreamBody::new(pieces).boxed_unsync()
}

/// A body on its way.
struct Sending {
    delivery: Delivery,
    /// How many bytes are still to come before the end, whichever end it is.
    left: u64,
    sent: u64,
    cut: Cut,
    stopped: watch::Receiver<bool>,
}

impl Sending {
    fn new(delivery: Delivery, cut: Cut, stopped: watch::Receiver<bool>) -> Self {
        let left = match delivery.ending {
            Ending::Whole => delivery.length(),
            Ending::Stall(after) | Ending::Reset(after) => delivery.length().min(count(after)),
        };
        Self {
            delivery,
            left,
            sent: 0,
            cut,
            stopped,
        }
    }

    async fn next(&mut self) -> Option<Bytes> {
        if self.left == 0 {
            return self.end().await;
        }
        if let Some(drip) = self.delivery.drip.filter(|_| self.sent > 0) {
            tokio::time::sleep(drip.pause).await;
        }
        let piece = self.piece();
        self.left -= count(piece.len());
        self.sent += count(piece.len());
        Some(piece)
    }

    async fn end(&mut self) -> Option<Bytes> {
        match self.delivery.ending {
            Ending::Whole => return None,
            // A server that stops need not wait for it.
            Ending::Stall(_) => stop(&mut self.stopped).await,
            Ending::Reset(_) => tokio::time::sleep(GRACE).await,
        }
        self.cut.now();
        pending().await
    }

    /// What comes next: from the content, or from the letters within it.
    fn piece(&self) -> Bytes {
        let most = self.delivery.drip.map_or(PIECE, |drip| drip.piece.min(PIECE));
        let most = most.min(size(self.left));
        let content = &self.delivery.content;
        let from = |at: usize, until: usize| content.slice(at..until.min(at.saturating_add(most)));
        let Some(padding) = self.delivery.padding else {
            return from(size(self.sent), content.len());
        };
        let start = count(padding.at);
        let letters_left = start.saturating_add(padding.letters).saturating_sub(self.sent);
        if self.sent < start {
            from(size(self.sent), padding.at)
        } else if letters_left > 0 {
            Bytes::from(vec![b'x'; most.min(size(letters_left))])
        } else {
            from(size(self.sent - padding.letters), content.len())
        }
    }
}

fn count(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

fn size(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::option;
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::{Bytes, Cut, Delivery, Duration, Ending, Sending, watch};
    use crate::faults::{Drip, Padding};

    async fn pieces(delivery: Delivery) -> Vec<Vec<u8>> {
        let mut sending = Sending::new(delivery, Cut::new(), watch::Sender::new(false).subscribe());
        let mut pieces = Vec::new();
        while sending.left > 0 {
            let piece = sending.next().await.expect("a piece");
            pieces.push(piece.to_vec());
        }
        pieces
    }

    #[tokio::test]
    async fn a_body_comes_in_the_pieces_that_were_asked_for() {
        let plain = Delivery::from(Bytes::from("abcdefg"));
        let drip = |piece| {
            Some(Drip {
                piece,
                pause: Duration::ZERO,
            })
        };
        let padding = |at, letters| Some(Padding { at, letters });
        let cases = [
            (plain.clone(), vec!["abcdefg"]),
            (
                Delivery {
                    drip: drip(3),
                    ..plain.clone()
                },
                vec!["abc", "def", "g"],
            ),
            (
                Delivery {
                    padding: padding(2, 3),
                    ..plain.clone()
                },
                vec!["ab", "xxx", "cdefg"],
            ),
            (
                Delivery {
                    padding: padding(0, 1),
                    ..plain.clone()
                },
                vec!["x", "abcdefg"],
            ),
            (
                Delivery {
                    padding: padding(7, 3),
                    drip: drip(2),
                    ..plain.clone()
                },
                vec!["ab", "cd", "ef", "g", "xx", "x"],
            ),
            (
                Delivery {
                    ending: Ending::Stall(4),
                    drip: drip(3),
                    ..plain.clone()
                },
                vec!["abc", "d"],
            ),
            (
                Delivery {
                    ending: Ending::Reset(0),
                    ..plain.clone()
                },
                vec![],
            ),
            (
                Delivery {
                    ending: Ending::Reset(4),
                    padding: padding(2, 3),
                    ..plain.clone()
                },
                vec!["ab", "xx"],
            ),
            (
                Delivery {
                    ending: Ending::Reset(99),
                    ..plain
                },
                vec!["abcdefg"],
            ),
        ];
        for (delivery, expected) in cases {
            let said = format!("{delivery:?}");
            let pieces = pieces(delivery).await;
            let pieces: Vec<_> = pieces
                .iter()
                .map(|piece| str::from_utf8(piece).expect("text"))
                .collect();
            assert_eq!(pieces, expected, "{said}");
        }
    }

    /// Content of these bytes, padding and an ending somewhere in it, and pieces of some size.
    fn deliveries() -> impl Strategy<Value = Delivery> {
        let content = proptest::collection::vec(any::<u8>(), 0..40);
        let padding = option::of((any::<Index>(), 0_u64..20));
        let ending = (0_usize..3, 0_usize..70);
        let drip = option::of(1_usize..9);
        (content, padding, ending, drip).prop_map(|(content, padding, (ending, after), piece)| Delivery {
            padding: padding.map(|(at, letters)| Padding {
                at: at.index(content.len() + 1),
                letters,
            }),
            content: content.into(),
            drip: piece.map(|piece| Drip {
                piece,
                pause: Duration::ZERO,
            }),
            ending: [Ending::Whole, Ending::Stall(after), Ending::Reset(after)][ending],
        })
    }

    /// What should arrive, worked out the simple way.
    fn expected(delivery: &Delivery) -> Vec<u8> {
        let mut bytes = delivery.content.to_vec();
        if let Some(Padding { at, letters }) = delivery.padding {
            bytes.splice(at..at, (0..letters).map(|_| b'x'));
        }
        if let Ending::Stall(after) | Ending::Reset(after) = delivery.ending {
            bytes.truncate(after);
        }
        bytes
    }

    proptest! {
        #[test]
        fn whatever_the_pieces_it_is_the_same_body(delivery in deliveries()) {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
            let expected = expected(&delivery);
            let most = delivery.drip.map_or(usize::MAX, |drip| drip.piece);
            let pieces = runtime.block_on(pieces(delivery));
            prop_assert!(pieces.iter().all(|piece| (1..=most).contains(&piece.len())));
            prop_assert_eq!(pieces.concat(), expected);
        }
    }
}
