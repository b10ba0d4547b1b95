//! Writes that wait for a confirmation. They are kept here, because their bodies may contain passwords, which no page shows.

use std::collections::VecDeque;

use crate::request::Request;

/// At most so many writes wait. The oldest is forgotten.
const MOST: usize = 8;

/// The writes that wait.
#[derive(Default)]
pub(super) struct Pending {
    waiting: VecDeque<(u32, Request)>,
    last: u32,
}

impl Pending {
    /// Adds a write, and returns its number.
    pub(super) fn add(&mut self, request: Request) -> u32 {
        self.last += 1;
        self.waiting.push_back((self.last, request));
        if self.waiting.len() > MOST {
            self.waiting.pop_front();
        }
        self.last
    }

    /// Returns the write with this number.
    pub(super) fn get(&self, number: u32) -> Option<&Request> {
        let found = self.waiting.iter().find(|(known, _)| *known == number);
        found.map(|(_, request)| request)
    }

    /// Removes a write to send it: it is sent once, also if its form is sent twice.
    pub(super) fn take(&mut self, number: u32) -> Option<Request> {
        let at = self.waiting.iter().position(|(known, _)| *known == number)?;
        self.waiting.remove(at).map(|(_, request)| request)
    }
}
