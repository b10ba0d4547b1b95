//! What stores of both kinds use: an entry, and how long a command may take.

use std::time::Duration;

use bytes::Bytes;

/// A key and its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) value: Bytes,
}

/// A command that takes longer has failed.
pub(super) const TIMEOUT: Duration = Duration::from_secs(10);
