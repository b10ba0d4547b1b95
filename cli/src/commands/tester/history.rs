//! What was sent in this sitting, in memory and within limits.

use std::collections::VecDeque;
use std::sync::Arc;

use super::exchange::Exchange;

/// At most so many exchanges are kept.
const MOST: usize = 50;
/// Their bodies have at most so many bytes, except that the newest exchange is always kept.
const MOST_BYTES: usize = 128 * 1024 * 1024;

/// The exchanges of the sitting, newest last.
#[derive(Default)]
pub(super) struct History {
    kept: VecDeque<(u32, Arc<Exchange>)>,
    last: u32,
}

/// What a list of the history shows.
pub(super) struct Row {
    pub(super) number: u32,
    pub(super) exchange: Arc<Exchange>,
}

impl History {
    /// Adds an exchange, and returns its number.
    pub(super) fn add(&mut self, exchange: Exchange) -> u32 {
        self.last += 1;
        self.kept.push_back((self.last, Arc::new(exchange)));
        while self.kept.len() > MOST || (self.kept.len() > 1 && self.bytes() > MOST_BYTES) {
            self.kept.pop_front();
        }
        self.last
    }

    /// Returns the exchange with this number, unless it is no longer kept.
    pub(super) fn get(&self, number: u32) -> Option<Arc<Exchange>> {
        let found = self.kept.iter().find(|(known, _)| *known == number);
        found.map(|(_, exchange)| Arc::clone(exchange))
    }

    /// Returns the newest exchanges, newest first.
    pub(super) fn newest(&self, count: usize) -> Vec<Row> {
        let newest = self.kept.iter().rev().take(count);
        let rows = newest.map(|(number, exchange)| Row {
            number: *number,
            exchange: Arc::clone(exchange),
        });
        rows.collect()
    }

    fn bytes(&self) -> usize {
        self.kept.iter().map(|(_, exchange)| exchange.body.len()).sum()
    }
}
