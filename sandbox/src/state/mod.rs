//! The state that changes while a sandbox runs: sessions with baskets, customers, orders, free seats and stock.
//!
//! The data of the venue, in [`crate::venue`], only changes as a whole, by an edit. [`SharedVenue`] has the data and the
//! state, each behind one lock. A request opens it as a [`LiveVenue`].

mod addresses;
mod basket_draft;
mod basket_items;
mod clock;
mod customers;
mod ids;
mod inventory;
mod live_venue;
mod orders;
mod outbox;
#[cfg(test)]
mod property_tests;
mod recalculate;
mod sessions;
mod store;
mod update;
mod venue_index;

pub(crate) use basket_draft::BasketDraft;
pub(crate) use clock::Clock;
pub(crate) use customers::SEEDED_PASSWORD;
pub(crate) use live_venue::{LiveVenue, SharedVenue};
pub(crate) use orders::{PrintAtHomeDocument, check_complete};
pub use outbox::{Mail, MailContent};
pub(crate) use sessions::SEEDED_SESSION_ID;
pub(crate) use store::{NewSession, State};
pub(crate) use venue_index::VenueIndex;
