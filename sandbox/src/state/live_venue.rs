//! The venue while the sandbox runs: what all requests share, how it is edited and reset, and what one request sees.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use jiff::Timestamp;

use super::clock::Clock;
use super::store::State;
use super::venue_index::VenueIndex;
use crate::custom_data::{EditError, VenueData};
use crate::venue::Venue;

/// The venue while the sandbox runs. Requests [open](Self::open) it, and an edit replaces its data.
#[derive(Debug)]
pub(crate) struct SharedVenue {
    initial: Arc<VenueIndex>,
    /// Locked before the state, by requests for reading, and by edits for writing.
    current: RwLock<Arc<VenueIndex>>,
    /// Held while an edit is prepared, so that no edit is based on data that another one replaces.
    edits: Mutex<()>,
    clock: Arc<Clock>,
    state: Mutex<State>,
}

impl SharedVenue {
    pub(crate) fn new(venue: Venue, clock: Arc<Clock>) -> Self {
        let initial = Arc::new(VenueIndex::new(venue));
        Self {
            current: RwLock::new(Arc::clone(&initial)),
            edits: Mutex::default(),
            state: Mutex::new(State::new(&initial, clock.noon())),
            initial,
            clock,
        }
    }

    /// Opens the venue for one request. An edit waits until it is dropped.
    pub(crate) fn open(&self) -> LiveVenue<'_> {
        // A panic in one request must not make all later ones fail, here and below.
        let index = self.current.read().unwrap_or_else(PoisonError::into_inner);
        LiveVenue { index, shared: self }
    }

    /// Changes the data of the venue. Either the whole change is applied between two requests, or nothing changes.
    ///
    /// The change is prepared on a copy, so that requests do not wait for it.
    pub(crate) fn edit(&self, change: impl FnOnce(&mut VenueData) -> Result<(), EditError>) -> Result<(), EditError> {
        let _edit = self.edits.lock().unwrap_or_else(PoisonError::into_inner);
        let before = Arc::clone(&self.open().index);
        let mut data = VenueData::of(&before.venue);
        change(&mut data)?;
        let index = Arc::new(VenueIndex::new(data.apply_to(&before.venue)?));
        let mut current = self.lock_index();
        self.lock_state().follow_edit(&index);
        *current = index;
        Ok(())
    }

    /// Resets the data and the state to those at the start.
    pub(crate) fn reset(&self) {
        let _edit = self.edits.lock().unwrap_or_else(PoisonError::into_inner);
        let mut current = self.lock_index();
        let mut state = self.lock_state();
        *current = Arc::clone(&self.initial);
        *state = State::new(&self.initial, self.clock.noon());
    }

    fn lock_index(&self) -> RwLockWriteGuard<'_, Arc<VenueIndex>> {
        self.current.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock_state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The venue with its current state and time.
///
/// Its data do not change while this exists, because an edit waits until all requests are done. So do not keep it longer
/// than a request needs, and do not open the venue again while it exists.
#[derive(Debug)]
pub(crate) struct LiveVenue<'a> {
    pub(crate) index: RwLockReadGuard<'a, Arc<VenueIndex>>,
    shared: &'a SharedVenue,
}

impl LiveVenue<'_> {
    /// Returns the data of the venue.
    pub(crate) fn venue(&self) -> &Venue {
        &self.index.venue
    }

    /// Locks the current state. Expired sessions have been removed from it.
    ///
    /// The lock is held while a change is calculated, which takes some microseconds. Do not hold it across an await.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.shared.lock_state();
        state.expire_sessions(self.now());
        state
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.shared.clock.now()
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.shared.clock.advance(by);
    }
}
