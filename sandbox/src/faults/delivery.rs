//! How the body of an answer is sent: what it holds, at which pace, and how far it gets.

use std::time::Duration;

use bytes::Bytes;

/// A body, and how it is sent. The ordinary one goes out whole, as fast as it can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Delivery {
    pub(crate) content: Bytes,
    /// Where so many letters stand in the content that are not worth keeping in memory.
    pub(crate) padding: Option<Padding>,
    pub(crate) drip: Option<Drip>,
    pub(crate) ending: Ending,
}

/// Letters that are made while they are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Padding {
    /// Before this byte of the content.
    pub(crate) at: usize,
    pub(crate) letters: u64,
}

/// Small pieces with pauses between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Drip {
    pub(crate) piece: usize,
    pub(crate) pause: Duration,
}

/// How far a body gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    Whole,
    /// Nothing more comes after so many bytes.
    Stall(usize),
    /// The connection is reset after so many bytes.
    Reset(usize),
}

impl From<Bytes> for Delivery {
    fn from(content: Bytes) -> Self {
        Self {
            content,
            padding: None,
            drip: None,
            ending: Ending::Whole,
        }
    }
}

impl Delivery {
    /// How long the body is, were it sent whole.
    pub(crate) fn length(&self) -> u64 {
        let letters = self.padding.map_or(0, |padding| padding.letters);
        u64::try_from(self.content.len())
            .unwrap_or(u64::MAX)
            .saturating_add(letters)
    }

    /// Whether it is sent whole, at once, and from memory.
    pub(crate) fn is_ordinary(&self) -> bool {
        self.padding.is_none() && self.drip.is_none() && self.ending == Ending::Whole
    }
}
