//! The table: a fault a row, and what comes of it for each kind of call.

mod answers;
mod bodies;
mod connections;

use std::ops::RangeInclusive;

use spektrix_v2::ClientBuilder;
use spektrix_v2_sandbox::{Fault, TlsSettings};

use crate::cell::Kind;
use crate::expected::Expected;
use crate::venue::Venue;

/// All rows.
pub(crate) fn all() -> Vec<Row> {
    [answers::rows(), bodies::rows(), connections::rows()]
        .into_iter()
        .flatten()
        .collect()
}

/// A fault, and what comes of it.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) cause: Cause,
    read: Expected,
    write: Expected,
    empty_write: Expected,
    stream: Expected,
}

impl Row {
    /// A page and a stream fare like any read, a write with an empty response like any write.
    fn new(name: &'static str, cause: Cause, read: impl Into<Expected>, write: impl Into<Expected>) -> Self {
        let (read, write) = (read.into(), write.into());
        Self {
            name,
            cause,
            stream: read.clone(),
            read,
            empty_write: write.clone(),
            write,
        }
    }

    /// A stream fares in another way.
    fn stream(mut self, expected: impl Into<Expected>) -> Self {
        self.stream = expected.into();
        self
    }

    /// A write with an empty response fares in another way.
    fn empty_write(mut self, expected: impl Into<Expected>) -> Self {
        self.empty_write = expected.into();
        self
    }

    pub(crate) fn expected(&self, kind: Kind) -> &Expected {
        match kind {
            Kind::Read | Kind::Page => &self.read,
            Kind::Write => &self.write,
            Kind::EmptyWrite => &self.empty_write,
            Kind::Stream => &self.stream,
        }
    }

    pub(crate) fn fails(&self) -> bool {
        matches!(self.read, Expected::Failure(_))
    }
}

/// What is wrong.
pub(crate) enum Cause {
    /// An answer.
    Answer(Fault),
    /// An answer that does not come in time.
    Late(Fault),
    /// How the server meets its clients.
    Server(fn(TlsSettings) -> TlsSettings),
    /// How the client is set up, after everything but its identity.
    Client(fn(&Venue, ClientBuilder) -> ClientBuilder),
}

/// How long a call may take.
pub(crate) enum Time {
    Usual,
    Short,
}

impl Cause {
    pub(crate) fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Answer(fault) | Self::Late(fault) => Some(fault),
            Self::Server(_) | Self::Client(_) => None,
        }
    }

    /// How many items come before it, if so many come with each page. Where time is short, a busy machine may not even
    /// get so far.
    pub(crate) fn items_before(&self, page: u32) -> RangeInclusive<u32> {
        match self {
            Self::Answer(_) => page..=page,
            Self::Late(_) => 0..=page,
            Self::Server(_) | Self::Client(_) => 0..=0,
        }
    }

    pub(crate) fn settings(&self, usual: TlsSettings) -> TlsSettings {
        match self {
            Self::Server(change) => change(usual),
            _ => usual,
        }
    }

    pub(crate) fn set_up(&self, venue: &Venue, builder: ClientBuilder) -> ClientBuilder {
        match self {
            Self::Client(change) => change(venue, builder),
            _ => builder.identity(venue.identity()),
        }
    }

    pub(crate) fn time(&self) -> Time {
        match self {
            Self::Late(_) => Time::Short,
            _ => Time::Usual,
        }
    }
}
