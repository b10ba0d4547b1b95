//! Everything that is needed to show what is on: seven lists, loaded together, whose references are resolved.
//!
//! The service answers with flat lists that refer to each other by identifier. A [`Catalogue`] holds them by their
//! identifiers, and knows which instances an event has, and what they cost.
//!
//! ```no_run
//! # async fn example(client: spektrix_v2::Client) -> Result<(), spektrix_v2::Error> {
//! use spektrix_v2::catalogue::Catalogue;
//!
//! let mut catalogue = Catalogue::load(&client).await?;
//! for event in catalogue.events() {
//!     for instance in catalogue.instances_of(event.id) {
//!         let cheapest = catalogue.prices_of(instance.id).map(|price| price.amount).min();
//!         println!("{} on {}: from {cheapest:?}", event.name, instance.start);
//!     }
//! }
//! for missing in catalogue.missing() {
//!     eprintln!("{missing}");
//! }
//!
//! // Later:
//! let changes = catalogue.refresh(&client).await?;
//! for sold_out in changes.statuses.changed {
//!     println!("{sold_out:?}");
//! }
//! # Ok(())
//! # }
//! ```

mod changes;
mod load;
mod look_up;
mod missing;
mod object;
mod order;
mod prices;

use std::ops::RangeBounds;

use serde::{Deserialize, Serialize, Serializer};

use crate::client::Client;
use crate::error::Error;
use crate::generated::types::{Band, Event, Instance, InstancePlanStatus, Plan, PriceList, TicketType};
use crate::operation::QueryDate;

pub use changes::{Changed, Changes};
pub use missing::Missing;
pub use object::Object;
pub use prices::PriceOf;

/// The events of a venue with everything that they refer to, by identifier.
///
/// It is a picture of one moment, and never asks the service again by itself: see [`refresh`](Self::refresh). serde
/// writes it as its [`Lists`], to keep it over a restart; a range that it was loaded for is not kept with it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(from = "Lists")]
pub struct Catalogue {
    season: load::Season,
    /// In the order of their identifiers, each object once.
    lists: Lists,
    /// Where the instances stand in their list, by event and by the time at which they start.
    by_start: Vec<usize>,
}

/// The lists of a catalogue, as the service sends them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Lists {
    pub events: Vec<Event>,
    pub instances: Vec<Instance>,
    pub statuses: Vec<InstancePlanStatus>,
    pub plans: Vec<Plan>,
    pub price_lists: Vec<PriceList>,
    pub bands: Vec<Band>,
    pub ticket_types: Vec<TicketType>,
}

impl Serialize for Catalogue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.lists.serialize(serializer)
    }
}

impl Catalogue {
    /// Loads everything that the venue offers.
    ///
    /// These are seven requests at a time, each for a whole list. If one of them fails, the others are given up.
    pub async fn load(client: &Client) -> Result<Self, Error> {
        load::Season::default().load(client).await
    }

    /// Loads what has to do with instances that start within this range. Without its end, as ranges are in Rust.
    pub async fn load_starting<D: Into<QueryDate> + Clone>(
        client: &Client,
        range: impl RangeBounds<D>,
    ) -> Result<Self, Error> {
        load::Season::of(&range).load(client).await
    }

    /// Loads the same again, and says what has changed since.
    ///
    /// If that fails, the catalogue stays as it was.
    pub async fn refresh(&mut self, client: &Client) -> Result<Changes, Error> {
        let now = self.season.load(client).await?;
        let changes = now.changes_since(self);
        *self = now;
        Ok(changes)
    }

    /// What is new, different or gone, compared with an earlier catalogue.
    pub fn changes_since(&self, earlier: &Self) -> Changes {
        Changes::between(earlier, self)
    }

    /// Every reference to an object that is not in the catalogue, in order.
    ///
    /// There are honest reasons: the lists are taken at slightly different moments, a range leaves objects out, and the
    /// service does not list what cannot be booked online.
    pub fn missing(&self) -> Vec<Missing> {
        missing::missing(self)
    }
}
