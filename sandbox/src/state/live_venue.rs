//! The venue while the sandbox runs: its data, its state behind a lock, and its clock.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::clock::Clock;
use super::store::State;
use super::venue_index::VenueIndex;
use crate::venue::Venue;

/// The venue with its current state and time.
#[derive(Debug)]
pub(crate) struct LiveVenue {
    pub(crate) index: VenueIndex,
    clock: Clock,
    state: Mutex<State>,
}

impl LiveVenue {
    pub(crate) fn new(venue: Venue, clock: Clock) -> Self {
        let index = VenueIndex::new(venue);
        let state = Mutex::new(State::new(&index, clock.noon()));
        Self { index, clock, state }
    }

    /// Returns the data of the venue, which does not change.
    pub(crate) fn venue(&self) -> &Venue {
        &self.index.venue
    }

    /// Locks the current state. Expired sessions have been removed from it.
    ///
    /// The lock is held while a change is calculated, which takes some microseconds. Do not hold it across an await.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.lock();
        state.expire_sessions(self.now());
        state
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Resets the state and the clock to those at the start.
    pub(crate) fn reset(&self) {
        let mut state = self.lock();
        *state = State::new(&self.index, self.clock.noon());
        self.clock.reset();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic in one request must not make all later ones fail.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
