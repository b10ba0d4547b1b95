//! A venue's programme with availability and prices: seven lists, loaded together, whose references are resolved.
//!
//! The service responds with flat lists that refer to each other by identifier. A [`Catalogue`] indexes them, so that it
//! can return the instances of an event, and the plans and prices of an instance.
//!
//! ```no_run
//! # async fn example(client: spektrix_v2::Client) -> Result<(), spektrix_v2::Error> {
//! use spektrix_v2::catalogue::Catalogue;
//! use spektrix_v2::jiff::{Timestamp, civil::date};
//!
//! let mut catalogue = Catalogue::load(&client).await?;
//! for instance in catalogue.on(date(2027, 1, 9)) {
//!     let Some(event) = catalogue.event(instance.event) else { continue };
//!     println!("{} at {}", event.name, instance.starts_at(client.time_zone()).strftime("%H:%M"));
//!     if let Some(availability) = catalogue.availability(instance.id, Timestamp::now()) {
//!         println!("  {:?}, {:?} seats left", availability.state, availability.left);
//!     }
//!     if let Some(price) = catalogue.price_range(instance.id) {
//!         println!("  from {:.2}", price.from);
//!     }
//! }
//!
//! // Every minute, in one request:
//! let changes = catalogue.refresh_statuses(&client).await?;
//! for status in changes.statuses.current() {
//!     println!("instance {}: {} seats left", status.instance, status.available);
//! }
//! // Every few minutes, in seven requests:
//! let changes = catalogue.refresh(&client).await?;
//! println!("{changes}");
//! # Ok(())
//! # }
//! ```

mod availability;
mod changes;
mod dangling;
mod guard;
mod lists;
mod live;
mod load;
mod lookup;
mod object_id;
mod order;
mod prices;
mod refresh;
mod selection;
mod whole_list;

pub use availability::{Availability, SaleState};
pub use changes::{Change, Changed, Changes};
pub use dangling::DanglingReference;
pub use guard::Guard;
pub use lists::{Catalogue, Lists};
pub use live::{LiveCatalogue, LiveCatalogueBuilder, LiveError, LivePart, Subscription};
pub use lookup::ResolvedPrice;
pub use object_id::ObjectId;
pub use prices::PriceRange;
