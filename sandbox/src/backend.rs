//! Where the responses of a venue come from: recorded bodies, or the fictional venue.

use std::sync::{Arc, OnceLock};

use spektrix_v2::Effect;

use crate::api::{Call, Refusal, Reply};
use crate::custom_data::{EditError, VenueData};
use crate::replay::Replay;
use crate::state::{Clock, LiveVenue, SharedVenue};
use crate::venue::{Venue, VenueSettings};
use crate::{reads, writes};

/// Where responses come from.
pub(crate) enum Backend {
    /// Recorded bodies.
    Replay(Replay),
    /// The fictional venue.
    Venue(Box<LazyVenue>),
}

impl Backend {
    pub(crate) fn respond(&self, call: &Call<'_>) -> Result<Reply, Refusal> {
        match self {
            Self::Replay(replay) => replay.respond(call),
            Self::Venue(venue) if call.operation.effect == Effect::Write => {
                writes::respond(&venue.shared().open(), call)
            }
            Self::Venue(venue) => reads::respond(&venue.shared().open(), call),
        }
    }

    /// Opens the venue, unless the backend is a replay.
    pub(crate) fn venue(&self) -> Option<LiveVenue<'_>> {
        self.shared().map(SharedVenue::open)
    }

    /// Edits the venue.
    pub(crate) fn edit(&self, change: impl FnOnce(&mut VenueData) -> Result<(), EditError>) -> Result<(), EditError> {
        match self {
            Self::Replay(replay) => replay.edit(change),
            Self::Venue(venue) => venue.shared().edit(change),
        }
    }

    /// Returns the lists of the venue.
    pub(crate) fn data(&self) -> Result<VenueData, EditError> {
        match self {
            Self::Replay(replay) => replay.data(),
            Self::Venue(venue) => Ok(VenueData::of(venue.shared().open().venue())),
        }
    }

    /// Resets the venue to how it was at the start.
    pub(crate) fn reset(&self) {
        match self {
            Self::Replay(replay) => replay.reset(),
            Self::Venue(venue) => venue.reset(),
        }
    }

    fn shared(&self) -> Option<&SharedVenue> {
        match self {
            Self::Replay(_) => None,
            Self::Venue(venue) => Some(venue.shared()),
        }
    }
}

/// A venue that is created when it is used for the first time, so that starting hundreds of venues is fast and cheap.
pub(crate) struct LazyVenue {
    settings: VenueSettings,
    clock: Arc<Clock>,
    venue: OnceLock<SharedVenue>,
}

impl LazyVenue {
    pub(crate) fn new(settings: VenueSettings, clock: Arc<Clock>) -> Self {
        Self {
            settings,
            clock,
            venue: OnceLock::new(),
        }
    }

    /// Returns a venue that was created already.
    pub(crate) fn created(settings: VenueSettings, venue: Venue, clock: Arc<Clock>) -> Self {
        Self {
            settings,
            venue: OnceLock::from(SharedVenue::new(venue, Arc::clone(&clock))),
            clock,
        }
    }

    pub(crate) fn shared(&self) -> &SharedVenue {
        self.venue
            .get_or_init(|| SharedVenue::new(Venue::new(self.settings), Arc::clone(&self.clock)))
    }

    /// Resets the venue, unless nothing has used it. The clock is reset as well, because all venues share it.
    pub(crate) fn reset(&self) {
        self.clock.reset();
        if let Some(venue) = self.venue.get() {
            venue.reset();
        }
    }
}
