//! The table: a fault per row, and the expected result for each kind of call.

mod bodies;
mod connections;
mod responses;

use std::ops::RangeInclusive;

use spektrix_v2::ClientBuilder;
use spektrix_v2_sandbox::{Fault, TlsSettings};

use crate::cell::Kind;
use crate::expected::Expected;
use crate::venue::Venue;

/// All rows.
pub(crate) fn all() -> Vec<Row> {
    [responses::rows(), bodies::rows(), connections::rows()]
        .into_iter()
        .flatten()
        .collect()
}

/// A fault, and the expected results.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) cause: Cause,
    read: Expected,
    write: Expected,
    empty_write: Expected,
    stream: Expected,
}

impl Row {
    /// Creates a row. A page and a stream have the result of a read, a write with an empty response that of a write.
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

    /// Sets another result for a stream.
    fn stream(mut self, expected: impl Into<Expected>) -> Self {
        self.stream = expected.into();
        self
    }

    /// Sets another result for a write with an empty response.
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

/// The cause of a fault.
pub(crate) enum Cause {
    /// A response.
    Response(Fault),
    /// A response that is too late.
    LateResponse(Fault),
    /// The TLS settings of the server.
    Server(fn(TlsSettings) -> TlsSettings),
    /// The settings of the client, including its identity.
    Client(fn(&Venue, ClientBuilder) -> ClientBuilder),
}

/// The time limit of a call.
pub(crate) enum TimeLimit {
    Default,
    Short,
}

impl Cause {
    pub(crate) fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Response(fault) | Self::LateResponse(fault) => Some(fault),
            Self::Server(_) | Self::Client(_) => None,
        }
    }

    /// Returns the number of items before the error, given the number per page. With a short time limit, a busy machine may
    /// not receive the first page in time.
    pub(crate) fn items_before(&self, page: u32) -> RangeInclusive<u32> {
        match self {
            Self::Response(_) => page..=page,
            Self::LateResponse(_) => 0..=page,
            Self::Server(_) | Self::Client(_) => 0..=0,
        }
    }

    pub(crate) fn settings(&self, default: TlsSettings) -> TlsSettings {
        match self {
            Self::Server(change) => change(default),
            _ => default,
        }
    }

    pub(crate) fn set_up(&self, venue: &Venue, builder: ClientBuilder) -> ClientBuilder {
        match self {
            Self::Client(change) => change(venue, builder),
            _ => builder.identity(venue.identity()),
        }
    }

    pub(crate) fn time_limit(&self) -> TimeLimit {
        match self {
            Self::LateResponse(_) => TimeLimit::Short,
            _ => TimeLimit::Default,
        }
    }
}
