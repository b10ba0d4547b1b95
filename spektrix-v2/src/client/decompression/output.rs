//! What comes out of a decoder: limited in relation to what went in.

use std::io;

/// No body below this size is refused, whatever its ratio.
const ALWAYS_ALLOWED: u64 = 8 * 1024 * 1024;
/// How many bytes may come out for a byte that went in. Lists of this service come to about 20, and gzip reaches 1,030.
const MAX_RATIO: u64 = 250;

/// Collects decompressed bytes, and refuses more than the limit.
#[derive(Debug, Default)]
pub(super) struct Output {
    bytes: Vec<u8>,
    received: u64,
    written: u64,
    has_too_much: bool,
}

impl Output {
    /// Counts compressed bytes before they are decompressed.
    pub(super) fn receive(&mut self, bytes: usize) {
        self.received = self.received.saturating_add(bytes as u64);
    }

    /// Adds decompressed bytes. Returns whether they are within the limit.
    pub(super) fn add(&mut self, bytes: &[u8]) -> bool {
        self.written = self.written.saturating_add(bytes.len() as u64);
        self.has_too_much |= self.written > ALWAYS_ALLOWED.max(self.received.saturating_mul(MAX_RATIO));
        if !self.has_too_much {
            self.bytes.extend_from_slice(bytes);
        }
        !self.has_too_much
    }

    /// Returns whether the limit was reached.
    pub(super) fn has_too_much(&self) -> bool {
        self.has_too_much
    }

    /// Takes what was collected.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }
}

impl io::Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.add(bytes) {
            Ok(bytes.len())
        } else {
            Err(io::Error::other("the limit was reached"))
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
