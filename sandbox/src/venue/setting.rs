//! What decides how the venue is.

use jiff::civil::Date;

/// The same setting gives the same venue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    /// The day that the season is laid around, of a year that the calendar has some centuries around.
    pub(crate) today: Date,
    /// Decides what looks like chance: how well things sell, and what is special about a performance.
    pub(crate) seed: u64,
    /// How many instances there are at least. The ordinary venue comes first, whatever the number.
    pub(crate) instances: usize,
}

impl Setting {
    /// The ordinary one on some day.
    pub(crate) fn on(today: Date) -> Self {
        Self {
            today,
            seed: 0,
            instances: 0,
        }
    }
}
